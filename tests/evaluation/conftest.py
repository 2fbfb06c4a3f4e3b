"""Labels of a few moving animals, as truth and as predictions."""

from collections.abc import Callable

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video

NODES = ["head", "thorax", "tail"]
SHAPE = np.array([[0.0, 0], [30, 10], [60, 20]])
PLACES = np.array([[50.0, 50], [300, 50]])

MakeLabels = Callable[..., Labels]


def make_labels(
    *,
    user: bool = True,
    n_frames: int = 3,
    offset: tuple[float, float] = (0, 0),
    nodes: list[str] = NODES,
    tracks: bool = False,
    swap_at: int | None = None,
    leave_out: tuple[tuple[int, int], ...] = (),
    video: Video | None = None,
) -> Labels:
    """Make labels of two animals that walk on; ``leave_out`` are (frame, animal) not there."""
    skeleton = Skeleton(nodes)
    order = [NODES.index(name) if name in NODES else -1 for name in nodes]
    names = [Track("a"), Track("b")]
    video = video or Video("day1/clip.mp4", shape=(100, 400, 500, 1))
    frames = []
    for index in range(n_frames):
        instances: list[Instance] = []
        for animal, place in enumerate(PLACES):
            if (index, animal) in leave_out:
                continue
            points = (SHAPE + place + offset + 5.0 * index)[order]
            points[np.array(order) < 0] = np.nan
            is_swapped = swap_at is not None and index >= swap_at
            track = names[animal ^ is_swapped] if tracks else None
            if user:
                instances.append(Instance(skeleton, points, track=track))
            else:
                instances.append(PredictedInstance(skeleton, points, track=track, score=0.9))
        if instances:
            frames.append(LabeledFrame(video, index, instances))
    return Labels(frames, videos=[video], skeletons=[skeleton])


@pytest.fixture
def make() -> MakeLabels:
    return make_labels
