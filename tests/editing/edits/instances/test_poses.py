import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.tables import FloatArray
from sleap.editing.edits.instances.poses import MAX_STRETCH, average_pose, fit_pose, is_missing

POSE = np.array([(0.0, 0), (10, 0), (10, 5), (-4, 3)])


def turned(pose: FloatArray, degrees: float, scale: float = 1, to: object = (0, 0)) -> FloatArray:
    angle = np.deg2rad(degrees)
    turn = np.array([(np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))])
    result: FloatArray = scale * pose @ turn + np.asarray(to)
    return result


def distances(pose: FloatArray) -> FloatArray:
    result: FloatArray = np.linalg.norm(pose[:, None] - pose[None], axis=2)
    return result


def test_the_mean_of_turned_poses_is_the_pose() -> None:
    poses = np.array([turned(POSE, 30 * step, to=(step, 90)) for step in range(12)])
    mean = average_pose(poses)
    np.testing.assert_allclose(distances(mean), distances(POSE), atol=1e-9)
    np.testing.assert_allclose(mean.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(mean, POSE - POSE.mean(axis=0), atol=1e-9)  # as the first looks


def test_the_mean_has_the_mean_size_and_all_nodes_of_any() -> None:
    poses = np.array([turned(POSE, 10, 1), turned(POSE, 100, 3)])
    np.testing.assert_allclose(distances(average_pose(poses)), 2 * distances(POSE), atol=1e-9)
    poses = np.array([POSE] * 3)
    poses[0, 0] = poses[1, 3] = np.nan
    poses[:, 1] = np.nan
    assert is_missing(average_pose(poses)).tolist() == [False, True, False, False]


def test_nothing_has_no_mean() -> None:
    assert is_missing(average_pose(np.empty((0, 3, 2)))).all()
    assert is_missing(average_pose(np.full((2, 3, 2), np.nan))).all()
    one = np.full((1, 2, 2), np.nan)
    one[0, 1] = 5, 6
    np.testing.assert_array_equal(average_pose(one), [(np.nan, np.nan), (0, 0)])


@given(st.floats(-180, 180), st.floats(1 / MAX_STRETCH, MAX_STRETCH), st.integers(0, 3))
def test_a_pose_is_fitted_to_what_is_known(degrees: float, scale: float, missing: int) -> None:
    whole = turned(POSE, degrees, scale, (100, -50))
    known = whole.copy()
    known[missing] = np.nan
    np.testing.assert_allclose(fit_pose(POSE, known), whole, atol=1e-6)


def test_with_one_point_a_pose_is_moved_and_with_none_it_stays() -> None:
    known = np.full_like(POSE, np.nan)
    np.testing.assert_array_equal(fit_pose(POSE, known), POSE)
    known[1] = 50, 60
    np.testing.assert_allclose(fit_pose(POSE, known), POSE + np.array((40, 60)))


@pytest.mark.parametrize(("size", "stretch"), [(1000.0, MAX_STRETCH), (0.01, 1 / MAX_STRETCH)])
def test_a_pose_is_not_stretched_beyond_reason(size: float, stretch: float) -> None:
    known = np.full_like(POSE, np.nan)
    known[0], known[1] = (0, 0), (size, 0)
    np.testing.assert_allclose(distances(fit_pose(POSE, known)), stretch * distances(POSE))
    known[1] = 0, 0  # two nodes at one place
    assert not is_missing(fit_pose(POSE, known)).any()
