from typing import Any

import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.inference.batches import Placement
from sleap.inference.options import PafOptions
from sleap.inference.parts import Grouper, PartFinder
from sleap.inference.peaks import PeakFinder
from sleap.nn.codecs.part_affinity_fields import encode

PLACE = Placement((64, 64), (64, 64))
POINTS = np.array([[[10.0, 10.0], [40.0, 12.0]], [[10.0, 50.0], [40.0, 48.0]]])


def group(skeleton: Skeleton, **options: Any) -> Any:
    fields = encode(POINTS, np.array([[0, 1]]), (64, 64), sigma=4, stride=2)
    return Grouper(skeleton, PafOptions(**options)).group(
        POINTS.reshape(4, 2), np.full(4, 0.9), np.array([0, 1, 0, 1]), fields, 2, PLACE
    )


@pytest.fixture
def pair() -> Skeleton:
    return Skeleton(["a", "b"], [("a", "b")])


def test_peaks_are_joined_along_the_fields(pair: Skeleton) -> None:
    animals = group(pair)
    order = np.argsort(animals.points[:, 0, 1])
    np.testing.assert_allclose(animals.points[order], POINTS)
    assert animals.scores == pytest.approx([(1 + 0.9 + 0.9) / 3] * 2, abs=0.03)


def test_long_edges_lose_score(pair: Skeleton) -> None:
    short, long = group(pair).scores[0], group(pair, max_edge_length=20.0).scores[0]
    length = np.hypot(30, 2)
    assert short - long == pytest.approx((1 - 20 / length) / 3, abs=1e-6)


def test_options_that_drop_everything(pair: Skeleton) -> None:
    assert len(group(pair, min_pair_distance=50.0)) == 0
    assert len(group(pair, min_edge_score=1.1)) == 0
    assert len(group(pair, min_instance_peaks=3)) == 0


def test_the_share_of_agreeing_samples_counts(pair: Skeleton) -> None:
    fields = encode(POINTS, np.array([[0, 1]]), (64, 64), sigma=4, stride=2)
    fields[:, :7] = 0  # the first of five samples finds nothing
    grouped = [
        Grouper(pair, PafOptions(min_edge_samples_correct=share)).group(
            POINTS.reshape(4, 2), np.full(4, 0.9), np.array([0, 1, 0, 1]), fields, 2, PLACE
        )
        for share in (0.8, 0.9)
    ]
    assert [len(animals) for animals in grouped] == [2, 0]


def test_networks_of_one_path_share_their_images(skeleton: Skeleton, make_stage: Any) -> None:
    def make(scale: float) -> PartFinder:
        return PartFinder(
            make_stage("confmaps"),
            make_stage("pafs", scale=scale),
            PeakFinder(0.3),
            Grouper(skeleton, PafOptions()),
        )

    assert make(1.0).is_shared
    assert not make(0.5).is_shared
