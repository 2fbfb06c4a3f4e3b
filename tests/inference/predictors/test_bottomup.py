from typing import Any

import pytest

from sleap.inference.options import PafOptions
from sleap.inference.parts import Grouper, PartFinder
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictors.bottomup import BottomUpPredictor
from sleap.inference.timings import BusyClock


@pytest.fixture
def make_predictor(skeleton: Any, make_stage: Any) -> Any:
    def make(
        *, scale: float = 1.0, stride: int = 2, paf_scale: float = 1.0, limit: int | None = None
    ) -> BottomUpPredictor:
        parts = PartFinder(
            make_stage("confmaps", scale=scale, stride=stride),
            make_stage("pafs", scale=paf_scale, stride=2, sigma=3.0),
            PeakFinder(0.3),
            Grouper(skeleton, PafOptions()),
        )
        return BottomUpPredictor(skeleton, parts, BusyClock(), limit)

    return make


@pytest.mark.parametrize("stride", [1, 2, 4])
@pytest.mark.parametrize(("scale", "paf_scale"), [(0.25, 0.5), (0.5, 0.5), (1.0, 1.0), (1.0, 0.5)])
def test_points_are_exact_at_every_scale_and_stride(
    make_world: Any,
    make_predictor: Any,
    check_poses: Any,
    scale: float,
    paf_scale: float,
    stride: int,
) -> None:
    world = make_world(2, n_frames=3)
    predictor = make_predictor(scale=scale, stride=stride, paf_scale=paf_scale)
    check_poses(predictor.predict(world.reader), world)


def test_frames_without_animals_have_no_poses(make_world: Any, make_predictor: Any) -> None:
    world = make_world(2, n_frames=4)
    world.reader.images[1] = 0
    assert [len(poses) for poses in make_predictor().predict(world.reader)] == [2, 0, 2, 2]


def test_no_more_than_the_limit(make_world: Any, make_predictor: Any) -> None:
    world = make_world(3, n_frames=1, size=(203, 401))
    (poses,) = make_predictor(limit=2).predict(world.reader)
    assert len(poses) == 2
