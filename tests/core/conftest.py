"""Small labels to try things on."""

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video


@pytest.fixture
def skeleton() -> Skeleton:
    return Skeleton(["head", "thorax", "left", "right"], [(1, 0), (1, 2), (1, 3)], [(2, 3)])


@pytest.fixture
def video() -> Video:
    return Video("flies.mp4", shape=(10, 48, 64, 1))


@pytest.fixture
def labels(skeleton: Skeleton, video: Video) -> Labels:
    """Frames 7 (a user instance made from a prediction, and another prediction), 2 (one user)."""
    tracks = [Track("a"), Track("b")]
    origin = PredictedInstance(
        skeleton, np.full((4, 2), 3.0), tracks[0], point_scores=[0.1, 0.2, 0.3, 0.4], score=0.8
    )
    made = Instance(skeleton, {"head": (1, 2)}, tracks[0], from_predicted=origin)
    other = PredictedInstance(skeleton, np.full((4, 2), 5.0), tracks[1], score=0.4)
    alone = Instance(skeleton, np.arange(8.0).reshape(4, 2))
    return Labels(
        [LabeledFrame(video, 7, [origin, made, other]), LabeledFrame(video, 2, [alone])],
        tracks=tracks,
    )
