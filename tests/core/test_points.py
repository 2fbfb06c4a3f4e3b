import numpy as np
import pytest

from sleap.core.points import make_points
from sleap.core.skeleton import Skeleton
from sleap.core.tables import POINTS, PRED_POINTS
from sleap.errors import LabelsError


def test_points_by_name_leave_the_rest_missing(skeleton: Skeleton) -> None:
    rows = make_points(skeleton, {"left": (3, 4)}, POINTS)
    assert rows["visible"].tolist() == [False, False, True, False]
    assert (rows["x"][2], rows["y"][2]) == (3, 4) and np.isnan(rows["x"][[0, 1, 3]]).all()


def test_points_by_array_and_none(skeleton: Skeleton) -> None:
    assert make_points(skeleton, np.ones((4, 2)), PRED_POINTS)["visible"].all()
    assert np.isnan(make_points(skeleton, None, POINTS)["y"]).all()


def test_misfits_are_refused(skeleton: Skeleton) -> None:
    with pytest.raises(LabelsError, match=r"expected \(4, 2\)"):
        make_points(skeleton, np.ones((3, 2)), POINTS)
    with pytest.raises(LabelsError, match="Did you mean 'left'"):
        make_points(skeleton, {"lefft": (0, 0)}, POINTS)
