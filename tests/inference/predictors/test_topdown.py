from typing import Any

import numpy as np
import pytest

from sleap.inference.centroids import CentroidFinder
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictors.topdown import TopDownPredictor
from sleap.inference.timings import BusyClock


@pytest.fixture
def make_predictor(skeleton: Any, make_stage: Any) -> Any:
    def make(
        *,
        side: int = 80,
        scale: float = 1.0,
        stride: int = 2,
        centroid_scale: float = 0.5,
        batch_size: int = 3,
        limit: int | None = None,
    ) -> TopDownPredictor:
        centroids = CentroidFinder(make_stage("centroids", scale=centroid_scale), PeakFinder(0.3))
        stage = make_stage("topdown", scale=scale, stride=stride, batch_size=batch_size)
        return TopDownPredictor(
            skeleton, centroids, stage, PeakFinder(0.3), side, BusyClock(), limit
        )

    return make


@pytest.mark.parametrize("stride", [1, 2, 4])
@pytest.mark.parametrize(("scale", "sides"), [(0.25, (24, 31)), (0.5, (48, 45)), (1.0, (80, 83))])
def test_points_are_exact_for_odd_and_even_crops(
    make_world: Any,
    make_predictor: Any,
    check_poses: Any,
    scale: float,
    sides: tuple[int, int],
    stride: int,
) -> None:
    world = make_world(2, n_frames=3)
    for side in sides:
        predictor = make_predictor(side=side, scale=scale, stride=stride)
        check_poses(predictor.predict(world.reader), world)


def test_crops_of_several_frames_share_batches(make_world: Any, make_predictor: Any) -> None:
    world = make_world(2, n_frames=5)
    predictor = make_predictor(batch_size=4)
    assert len(list(predictor.predict(world.reader))) == 5
    assert [shape[0] for shape in predictor.stages[1].engine.shapes] == [4, 4, 2]


def test_frames_without_animals_keep_their_place(make_world: Any, make_predictor: Any) -> None:
    world = make_world(2, n_frames=40)
    world.reader.images[3:36] = 0
    found = list(make_predictor().predict(world.reader))
    assert [poses.frame_idx for poses in found] == list(range(40))
    assert [len(poses) for poses in found] == [2] * 3 + [0] * 33 + [2] * 4


def test_animals_at_the_border_are_found(make_world: Any, make_predictor: Any) -> None:
    world = make_world(1, n_frames=1)
    world.reader.images = world.reader.images[:, 90:, 155:]
    (poses,) = make_predictor().predict(world.reader)
    inside = (world.points[0, 0] > [155, 90]).all(axis=1)
    assert len(poses) == 1
    found = poses.points[0][inside]
    assert np.abs(found + np.array([155, 90]) - world.points[0, 0][inside]).max() < 2


def test_no_more_than_the_limit(make_world: Any, make_predictor: Any) -> None:
    world = make_world(3, n_frames=2, size=(203, 401))
    assert [len(p) for p in make_predictor().predict(world.reader)] == [3, 3]
    assert [len(p) for p in make_predictor(limit=2).predict(world.reader)] == [2, 2]


def test_an_animal_with_two_centroids_is_kept_once(
    make_world: Any, make_predictor: Any, check_poses: Any
) -> None:
    world = make_world(2, n_frames=2)
    predictor = make_predictor()
    finder = predictor._centroids
    locate = finder.find

    class Twice:
        def find(self, frames: Any, timings: Any) -> Any:
            for frame, points, values in locate(frames, timings):
                yield (
                    frame,
                    np.repeat(points, 2, axis=0) + [[0, 0], [5, 3]] * len(points),
                    (np.repeat(values, 2)),
                )

    predictor._centroids = Twice()
    check_poses(predictor.predict(world.reader), world)
