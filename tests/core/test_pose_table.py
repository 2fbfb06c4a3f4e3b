import numpy as np
import pytest

from sleap.core.pose_table import PoseTable


def make_table() -> PoseTable:
    """Three instances out of order: two predictions, and one by the user on frame 4."""
    points = np.arange(12, dtype=float).reshape(3, 2, 2)
    points[1, 0] = np.nan
    return PoseTable(
        [7, 4, 4],
        [0, 1, 0],
        points,
        [[0.1, 0.2], [np.nan, np.nan], [0.5, 0.6]],
        [0.9, np.nan, 0.8],
        [0.3, np.nan, np.nan],
    )


def test_what_has_no_score_is_the_users() -> None:
    assert make_table().is_user.tolist() == [False, True, False]


def test_tables_are_joined() -> None:
    joined = PoseTable.join([make_table(), make_table()], 2)
    assert len(joined) == 6
    assert joined.frames.tolist() == [7, 4, 4, 7, 4, 4]
    assert joined.is_user.tolist() == [False, True, False] * 2


def test_no_tables_make_an_empty_one() -> None:
    empty = PoseTable.join([], 2)
    assert (len(empty), empty.n_nodes) == (0, 2)


def test_arrays_must_fit() -> None:
    with pytest.raises(ValueError, match="columns"):
        PoseTable([1, 2], [0], np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match="point_scores"):
        PoseTable([1], [0], np.zeros((1, 2, 2)), np.zeros((1, 3)))
