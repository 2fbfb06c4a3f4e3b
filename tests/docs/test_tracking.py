"""The how-to about tracking shows programs that run."""

import re
from pathlib import Path

import pytest

import sleap
from sleap.cli import main

REPOSITORY = Path(__file__).parent.parent.parent
PAGE = (REPOSITORY / "docs" / "how-tos" / "tracking.md").read_text(encoding="utf-8")


def test_proofreading_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    skeleton, video = sleap.Skeleton(["head"]), sleap.Video("video.mp4", shape=(40, 300, 300, 1))
    a, b = sleap.Track("a"), sleap.Track("b")
    frames = []
    for index in range(40):
        tracks = (a, b) if index < 20 else (b, a)
        instances = [
            sleap.PredictedInstance(skeleton, [place], track=track)
            for place, track in zip([(index, 10.0), (index, 200.0)], tracks, strict=True)
        ]
        frames.append(sleap.LabeledFrame(video, index, instances[: 1 if index == 30 else 2]))
    sleap.Labels(frames).save(tmp_path / "video.mp4.predictions.h5")
    monkeypatch.chdir(tmp_path)

    (line,) = re.findall(r"python -m sleap\.info\.trackcleaner (.*?) +#", PAGE)
    assert main.clean_tracks(line.split()) == 0
    capsys.readouterr()
    names: dict[str, object] = {}
    for program in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(program, names)
    assert re.fullmatch(r"frame 20: a and b, score \d\.\d\n", capsys.readouterr().out)
    filled = sleap.load_file("video.mp4.predictions.filled.slp")
    assert len(filled[(filled.videos[0], 30)].instances) == 2
