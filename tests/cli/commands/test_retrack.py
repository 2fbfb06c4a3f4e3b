from pathlib import Path

import numpy as np
import pytest

import sleap
from sleap.cli import main


def test_predictions_get_tracks_and_the_path_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    skeleton = sleap.Skeleton(["a", "b"])
    video = sleap.Video("video.mp4", shape=(10, 64, 64, 1))
    left, right = np.array([[5.0, 5], [9, 9]]), np.array([[40.0, 40], [50, 45]])
    frames = [
        sleap.LabeledFrame(
            video, i, [sleap.PredictedInstance(skeleton, xy + i) for xy in (left, right)]
        )
        for i in range(4)
    ]
    sleap.Labels(frames).save(tmp_path / "p.h5")
    assert main.retrack([str(tmp_path / "p.h5"), "--tracker", "simple", "--match", "greedy"]) == 0
    name = "p.h5.SimpleCandidateMaker.instance_similarity.greedy_matching.h5"
    assert capsys.readouterr().out == f"{tmp_path / name}\n"
    tracked = sleap.load_file(tmp_path / name)
    assert [track.name for track in tracked.tracks] == ["track_0", "track_1"]


def test_without_a_tracker_there_is_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.retrack([str(tmp_path / "p.h5")]) == 2
    assert "--tracker" in capsys.readouterr().err
