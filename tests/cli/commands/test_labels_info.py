import subprocess
import sys
from pathlib import Path

import pytest

import sleap
from sleap.cli import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    sleap.Labels(videos=[sleap.Video("video.mp4")]).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def test_the_text_is_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.labels_info([str(project)]) == 0
    assert capsys.readouterr().out.startswith("Labeled frames: 0\nTracks: 0\nVideos: 1\n")


def test_the_documented_door_opens(project: Path) -> None:
    command = [sys.executable, "-m", "sleap.info.labels", str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "  video.mp4\n    no labeled frames\n" in done.stdout
