from typing import Any

import numpy as np

from sleap.inference.batches import Frame
from sleap.inference.centroids import CentroidFinder, whole_frames
from sleap.inference.peaks import PeakFinder
from sleap.inference.timings import Timings


def frames_of(world: Any) -> list[Frame]:
    return [Frame(index, image) for index, image in enumerate(world.reader.images)]


def test_centroids_are_in_pixels_of_the_frame(make_world: Any, make_stage: Any) -> None:
    world = make_world(2, n_frames=5)
    finder = CentroidFinder(make_stage("centroids", scale=0.5), PeakFinder(0.3))
    found = list(finder.find(frames_of(world), Timings()))
    assert [frame.frame_idx for frame, _, _ in found] == list(range(5))
    for (_, points, values), truth in zip(found, world.points, strict=True):
        order = np.argsort(points[:, 0])
        np.testing.assert_allclose(points[order], truth[:, 1], atol=0.05)
        assert (np.diff(values) <= 0).all()


def test_no_more_than_the_limit(make_world: Any, make_stage: Any) -> None:
    world = make_world(3, n_frames=1, size=(203, 401))
    finder = CentroidFinder(make_stage("centroids"), PeakFinder(0.3), limit=2)
    ((_, points, values),) = finder.find(frames_of(world), Timings())
    assert len(points) == len(values) == 2


def test_batches_of_whole_frames(make_world: Any, make_stage: Any) -> None:
    timings = Timings()
    stage = make_stage("centroids", scale=0.5, batch_size=3)
    batches = list(whole_frames(frames_of(make_world(1, n_frames=4)), stage, timings))
    assert [len(batch.frames) for batch in batches] == [3, 1]
    assert batches[0].images.shape == (3, 104, 168, 3)
    assert timings.prepare > 0
