import subprocess
import sys
from pathlib import Path

import pytest

import sleap
from sleap.cli import main


@pytest.fixture
def project(tmp_path: Path) -> Path:
    sleap.Labels(videos=[sleap.Video("video.mp4", shape=(50, 8, 8, 1))]).save(tmp_path / "p.slp")
    return tmp_path / "p.slp"


def test_the_method_and_its_options_are_chosen(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--method", "chunk", "--chunk.frame_from", "3", "--chunk.frame_to", "4"]
    assert main.suggest([str(project), *words]) == 0
    output = project.with_name("p.suggested.slp")
    assert capsys.readouterr().out == (
        f"video.mp4: 2 new suggestions\n2 suggestions in all\n{output}\n"
    )
    assert [one.frame_idx for one in sleap.load_file(output).suggestions] == [2, 3]


def test_a_wrong_value_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.suggest([str(project), "--sample.per_video", "0"]) == 2
    assert "per_video is 0; expected at least 1" in capsys.readouterr().err


def test_the_door_opens(project: Path) -> None:
    command = [sys.executable, "-m", "sleap.suggestions", str(project), "--sample.per_video", "5"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("video.mp4: 5 new suggestions\n")
