from pathlib import Path

import pytest

import sleap
from sleap.cli import main


def test_the_documented_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skeleton, video = sleap.Skeleton(["head"]), sleap.Video("video.mp4", shape=(10, 8, 8, 1))
    tracks = [sleap.Track(name) for name in "abc"]
    frames = [
        sleap.LabeledFrame(
            video,
            index,
            [sleap.PredictedInstance(skeleton, [[1.0, 2]], track=track) for track in chosen],
        )
        for index, chosen in enumerate([tracks[:2], tracks[1:]])
    ]
    sleap.Labels(frames).save(tmp_path / "p.h5")
    assert main.clean_tracks([str(tmp_path / "p.h5"), "-c", "2"]) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{tmp_path / 'p.cleaned.h5'}\n"
    assert "3 tracks became 2; 0 instances dropped." in printed.err
    cleaned = sleap.load_file(tmp_path / "p.cleaned.h5")
    assert [track.name for track in cleaned.tracks] == ["a", "b"]


def test_no_animals_are_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.clean_tracks([str(tmp_path / "p.h5"), "--instance_count", "0"]) == 2
    assert "at least 1" in capsys.readouterr().err
