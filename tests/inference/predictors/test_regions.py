from typing import Any

import numpy as np
import pytest

from sleap.inference.centroids import CentroidFinder
from sleap.inference.options import PafOptions, RegionOptions
from sleap.inference.parts import Grouper, PartFinder
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictors.regions import RegionPredictor
from sleap.inference.timings import BusyClock


@pytest.fixture
def make_predictor(skeleton: Any, make_stage: Any) -> Any:
    def make(
        *, length: int = 80, scale: float = 1.0, paf_scale: float = 1.0, **options: Any
    ) -> RegionPredictor:
        parts = PartFinder(
            make_stage("confmaps", scale=scale, batch_size=3),
            make_stage("pafs", scale=paf_scale, sigma=3.0),
            PeakFinder(0.3),
            Grouper(skeleton, PafOptions()),
        )
        centroids = CentroidFinder(make_stage("centroids", scale=0.5), PeakFinder(0.3))
        return RegionPredictor(
            skeleton, centroids, parts, RegionOptions(**options), length, BusyClock()
        )

    return make


@pytest.mark.parametrize(("scale", "paf_scale"), [(0.5, 0.5), (1.0, 1.0), (1.0, 0.5)])
@pytest.mark.parametrize("length", [80, 91])
def test_points_are_exact(
    make_world: Any,
    make_predictor: Any,
    check_poses: Any,
    length: int,
    scale: float,
    paf_scale: float,
) -> None:
    world = make_world(2, n_frames=4)
    predictor = make_predictor(length=length, scale=scale, paf_scale=paf_scale)
    check_poses(predictor.predict(world.reader), world)


def test_animals_in_overlapping_regions_are_kept_once(
    make_world: Any, make_predictor: Any, check_poses: Any
) -> None:
    world = make_world(3, n_frames=3, size=(203, 331))
    predictor = make_predictor(length=150, merge_iou_threshold=1.0, nms_iou_threshold=1.0)
    check_poses(predictor.predict(world.reader), world)
    assert sum(shape[0] for shape in predictor.stages[1].engine.shapes) == 9


def test_near_animals_get_a_common_region(
    make_world: Any, make_predictor: Any, check_poses: Any
) -> None:
    world = make_world(2, n_frames=2, size=(203, 211))
    predictor = make_predictor(length=120)
    check_poses(predictor.predict(world.reader), world)
    assert {shape[1] for shape in predictor.stages[1].engine.shapes} == {240}


def test_frames_without_animals_keep_their_place(make_world: Any, make_predictor: Any) -> None:
    world = make_world(2, n_frames=20)
    world.reader.images[2:17] = 0
    found = list(make_predictor().predict(world.reader))
    assert [poses.frame_idx for poses in found] == list(range(20))
    assert np.array_equal([len(poses) for poses in found], [2] * 2 + [0] * 15 + [2] * 3)
