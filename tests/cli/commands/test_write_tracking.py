from pathlib import Path

import h5py
import pytest

import sleap
from sleap.cli import main


def test_the_documented_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    video = sleap.Video("video.mp4", shape=(10, 8, 8, 1))
    instance = sleap.PredictedInstance(sleap.Skeleton(["head"]), [[1.0, 2]])
    sleap.Labels([sleap.LabeledFrame(video, 4, [instance])]).save(tmp_path / "p.h5")
    written = tmp_path / "p.tracking.h5"
    for words, n_frames in (([], 1), (["--all-frames"], 10)):
        assert main.write_tracking([str(tmp_path / "p.h5"), *words]) == 0
        assert capsys.readouterr().out == f"{written}\n"
        with h5py.File(written) as file:
            assert file["tracks"].shape == (1, 2, 1, n_frames)


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.write_tracking([str(tmp_path / "p.h5")]) == 2
    assert "p.h5" in capsys.readouterr().err
