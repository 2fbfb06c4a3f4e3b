from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.cli import main


def write_labels(path: Path, shift: float) -> None:
    """Write labels of one animal on five frames, moved to the right by ``shift`` pixels."""
    skeleton = sleap.Skeleton(["a", "b"])
    video = sleap.Video("video.mp4", shape=(10, 64, 64, 1))
    points = np.array([[10.0 + shift, 10.0], [30.0 + shift, 20.0]])
    kind = sleap.PredictedInstance if shift else sleap.Instance
    frames = [sleap.LabeledFrame(video, index, [kind(skeleton, points)]) for index in range(5)]
    sleap.Labels(frames).save(path)


def test_figures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_labels(tmp_path / "truth.slp", 0.0)
    write_labels(tmp_path / "predicted.slp", 1.5)
    argv = [str(tmp_path / "truth.slp"), str(tmp_path / "predicted.slp")]
    assert main.evaluate(argv) == 0
    output = capsys.readouterr().out
    assert "5 of 5 animals" in output
    assert "median 1.50 px" in output


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.evaluate([str(tmp_path / "no.slp"), str(tmp_path / "no.slp")]) == 2
    assert "no.slp" in capsys.readouterr().err
