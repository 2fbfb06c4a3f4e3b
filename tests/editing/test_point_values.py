import numpy as np
import pytest

from sleap import Skeleton
from sleap.core.points import make_points
from sleap.core.tables import POINTS, PRED_POINTS
from sleap.editing.point_values import as_points
from sleap.errors import LabelsError

SKELETON = Skeleton(["a", "b", "c"])
OLD = make_points(SKELETON, {"a": (1, 2), "b": (3, 4)}, POINTS)


def test_named_nodes_only() -> None:
    nodes, points = as_points(SKELETON, OLD, {"c": (5, 6), "a": (7, 8, False, True)})
    assert nodes.tolist() == [2, 0]
    assert points.tolist() == [(5, 6, True, False), (7, 8, False, True)]


def test_numbered_nodes() -> None:
    nodes, points = as_points(SKELETON, OLD, {1: (5, 6)})
    assert nodes.tolist() == [1]
    assert points["x"].tolist() == [5]


def test_an_occluded_point_that_moves_stays_occluded() -> None:
    old = OLD.copy()
    old["visible"][0] = False
    _, points = as_points(SKELETON, old, {"a": (9, 9)})
    assert not points["visible"][0]


def test_a_point_that_goes_missing_is_not_visible() -> None:
    _, points = as_points(SKELETON, OLD, {"a": (np.nan, np.nan)})
    assert not points["visible"][0]


def test_arrays() -> None:
    nodes, points = as_points(SKELETON, OLD, [[0, 0], [np.nan, np.nan], [1, 1]])
    assert nodes.tolist() == [0, 1, 2]
    assert points["visible"].tolist() == [True, False, True]


def test_structured_rows_keep_what_they_do_not_name() -> None:
    old = make_points(SKELETON, None, PRED_POINTS)
    old["score"] = 0.5
    _, points = as_points(SKELETON, old, OLD)
    assert points["x"][:2].tolist() == [1, 3]
    assert points["score"].tolist() == [0.5] * 3


@pytest.mark.parametrize(
    "points", [{"a": (1,)}, {"a": (1, 2, True, False, 3)}, np.zeros((2, 2)), OLD[:1], {"z": (1, 2)}]
)
def test_points_that_do_not_fit(points: object) -> None:
    with pytest.raises(LabelsError):
        as_points(SKELETON, OLD, points)
