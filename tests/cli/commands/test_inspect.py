import json
from pathlib import Path

import pytest

import sleap
from sleap.cli import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    video = sleap.Video("video.mp4", shape=(10, 64, 64, 1))
    skeleton = sleap.Skeleton(["a", "b"], [("a", "b")])
    frame = sleap.LabeledFrame(video, 4, [sleap.Instance(skeleton, [[1, 2], [3, 4]])])
    sleap.Labels([frame]).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def test_it_is_told_as_text_and_as_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.inspect([str(project)]) == 0
    text = capsys.readouterr().out
    assert "Frames: 1 (1 with user instances" in text
    assert "video.mp4  MISSING" in text
    assert main.inspect([str(project), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["kind"] == "labels"
    assert facts["totals"]["user_instances"] == 1


def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.inspect([str(tmp_path / "lost.slp")]) == 2
    assert "no such file" in capsys.readouterr().err
