"""Measures of labeled animals."""

import numpy as np
import pytest

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.nn.planning.animals import Animals

NAN = (np.nan, np.nan)


def labels_of(*frames: list[list[tuple[float, float]]], edges: bool = True) -> Labels:
    pairs = [("a", "b"), ("b", "c")] if edges else []
    skeleton = Skeleton(["a", "b", "c"], pairs)
    video = Video("v.mp4", shape=(50, 80, 120, 3))
    labels = Labels(videos=[video], skeletons=[skeleton])
    for number, animals in enumerate(frames):
        frame = labels.add_frame(video, number)
        for points in animals:
            frame.append(Instance(skeleton, np.array(points)))
    return labels


def test_lengths_gaps_and_counts() -> None:
    measured = Animals.measure(
        labels_of([[(0, 0), (3, 4), (3, 14)], [(50, 50), NAN, (50, 70)]], [[(0, 0), (30, 0), NAN]])
    )
    assert (measured.n_frames, measured.n_instances, measured.most) == (2, 3, 2)
    assert measured.image_shape == (80, 120)
    assert measured.channels == 3
    assert sorted(measured.lengths) == [14, 20, 30]
    assert (measured.length, measured.longest) == (20, 30)
    assert sorted(measured.edge_lengths) == [5, 10, 30]
    assert measured.node_gap == 20  # of 5, 20 and 30


@pytest.mark.parametrize("edges", [True, False])
def test_animals_that_lie_alike_are_aligned(edges: bool) -> None:
    right = [(0.0, 0.0), (5.0, 0.0), (9.0, 0.0)]
    left = [(9.0, 0.0), (5.0, 0.0), (0.0, 0.0)]
    same = Animals.measure(labels_of([right], [right], edges=edges))
    both = Animals.measure(labels_of([right], [left], edges=edges))
    assert same.alignment == pytest.approx(1)
    assert both.alignment == pytest.approx(0, abs=1e-9)


def test_a_lone_point_has_neither_length_nor_direction() -> None:
    measured = Animals.measure(labels_of([[(5, 5), NAN, NAN]]))
    assert measured.longest == 0
    assert np.isnan(measured.node_gap)
    assert np.isnan(measured.alignment)


def test_predictions_are_no_labels() -> None:
    labels = labels_of([])
    frame = labels.add_frame(labels.videos[0], 7)
    frame.append(PredictedInstance(labels.skeleton, np.ones((3, 2)), score=1.0))
    with pytest.raises(LabelsError, match="nothing to learn from"):
        Animals.measure(labels)
