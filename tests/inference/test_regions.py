import numpy as np
import pytest

from sleap.inference.options import RegionOptions
from sleap.inference.regions import (
    MAX_REGIONS,
    Regions,
    intersection_over_union,
    merge,
    propose,
    suppress,
)

CENTRES = np.array([[10, 10], [12, 10], [10, 20], [30, 10]], dtype=float)


@pytest.fixture
def regions() -> Regions:
    return Regions(CENTRES, np.full(4, 10), np.ones(4))


def test_boxes_lie_around_their_centres() -> None:
    boxes = Regions(np.array([[10.0, 10.0]]), np.array([5]), np.ones(1)).boxes()
    assert boxes.tolist() == [[7.5, 7.5, 12.5, 12.5]]


def test_borders_count_as_overlap() -> None:
    overlap = intersection_over_union(np.array([[0, 0, 9, 9], [9, 0, 18, 9]], dtype=float))
    assert overlap[0, 1] == pytest.approx(10 / 190)
    assert overlap[0, 0] == 1


def test_classic_merging(regions: Regions) -> None:
    merged = merge(regions, 0.1, 20)
    assert merged.sides.tolist() == [10, 10, 10, 10, 20]
    assert merged.centres[-1].tolist() == [11, 10]
    assert merged.scores[-1] == 2


def test_classic_suppression(regions: Regions) -> None:
    assert len(suppress(regions.boxes(), regions.scores, 0.6)) == 3
    assert len(suppress(regions.boxes(), regions.scores, 0.8)) == 4


def test_the_better_box_is_kept() -> None:
    boxes = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [50, 0, 60, 10]], dtype=float)
    assert suppress(boxes, np.array([0.4, 0.6, 0.5]), 0.25).tolist() == [1, 2]


def test_near_animals_share_a_region() -> None:
    chosen = propose(CENTRES, np.full(4, 0.9), RegionOptions(), 10)
    assert chosen.sides.tolist() == [20, 10, 10]
    assert propose(CENTRES, np.full(4, 0.9), RegionOptions(merged_box_length=30), 10).sides[0] == 30


def test_no_centroids_no_regions() -> None:
    assert len(propose(np.empty((0, 2)), np.empty(0), RegionOptions(), 10).sides) == 0


def test_there_are_not_too_many() -> None:
    centres = np.stack([np.arange(200.0) * 50, np.zeros(200)], axis=1)
    assert len(propose(centres, np.ones(200), RegionOptions(), 10).sides) == MAX_REGIONS
