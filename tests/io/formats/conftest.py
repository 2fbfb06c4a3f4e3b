"""Labels whose tracks an analysis file tells apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

import sleap

Found = Callable[..., sleap.PredictedInstance]

FLY = sleap.Skeleton(["head", "thorax", "tail"], [("thorax", "head"), ("thorax", "tail")])
XY = np.array([[1.0, 2], [3, 4], [np.nan, np.nan]])


@pytest.fixture
def found() -> Found:
    """Return what makes a prediction: its points moved by a value, and its track."""

    def make(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
        return sleap.PredictedInstance(
            FLY, XY + value, track, point_scores=[0.1, 0.2, 0], score=0.75, tracking_score=0.5
        )

    return make


@pytest.fixture
def tracked(found: Found) -> sleap.Labels:
    """Five frames: two tracks with an untracked instance, a user instance, a gap."""
    a, b = sleap.Track("a"), sleap.Track("mouse β")
    video = sleap.Video("clips/day 1.mp4", shape=(5, 48, 64, 1))
    frames = {
        1: [found(10, a), found(20, b), found(30)],
        2: [found(11, b)],
        4: [sleap.Instance(FLY, XY + 0.125, a)],
    }
    return sleap.Labels(
        [sleap.LabeledFrame(video, index, instances) for index, instances in frames.items()],
        tracks=[a, b],
        provenance={"model_paths": ["m"], "n": 1},
    )


@pytest.fixture
def contents() -> Callable[[Path], dict[str, Any]]:
    """Return what reads all datasets of a file."""

    def read_all(path: Path) -> dict[str, Any]:
        with h5py.File(path) as file:
            return {name: dataset[()] for name, dataset in file.items()}

    return read_all
