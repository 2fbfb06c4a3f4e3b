import numpy as np
import pytest

from sleap.suggestions.shapes import LEAST_POSES, best_swaps, fit_shape, radii, rarities
from tests.suggestions.planted import BODY, PAIRS, make_poses, swap


def test_the_usual_shape_is_found_whatever_place_size_and_direction() -> None:
    shape = fit_shape(make_poses(80))
    assert shape is not None
    nodes = np.stack((shape.nodes.real, shape.nodes.imag), axis=-1)
    usual = np.linalg.norm(nodes[:, None] - nodes, axis=-1)
    true = np.linalg.norm(BODY[:, None] - BODY, axis=-1)
    scale = usual.sum() / true.sum()
    np.testing.assert_allclose(usual, true * scale, atol=0.06)


def test_wrong_poses_do_not_change_what_is_usual() -> None:
    poses = make_poses(80)
    clean = fit_shape(poses)
    wrong = poses.copy()
    wrong[0] = swap(wrong[0], PAIRS)
    wrong[1:12, 5] += 60
    wrong[20:30, 7] = np.nan
    shape = fit_shape(wrong)
    assert clean is not None and shape is not None
    turn = np.vdot(shape.nodes, clean.nodes)
    assert np.abs(shape.nodes * turn / abs(turn) - clean.nodes).max() < 0.06
    far = shape.distances(wrong)
    assert (far[1:12].argmax(axis=1) == 5).all() and far[1:12, 5].min() > 10
    assert np.isnan(far[20:30, 7]).all() and not np.isnan(far[30:]).any()


def test_what_occurs_repeatedly_is_not_rare() -> None:
    poses = make_poses(100)
    poses[:8, 7] = 2 * poses[:8, 7] - poses[:8, 1]
    poses[8, 8] = 2 * poses[8, 8] - poses[8, 1]
    shape = fit_shape(poses)
    assert shape is not None
    far, rare = shape.distances(poses), rarities(shape, poses)
    assert far[:8, 7].min() > 6 and far[8, 8] > 6
    quick = rarities(shape, poses, 3.0)
    assert np.array_equal(quick[rare >= 3], rare[rare >= 3]) and np.sum(quick == 0) > 400
    assert rare[:8, 7].max() < 6 < rare[8, 8]


def test_swapped_sides_are_found_and_which() -> None:
    poses = make_poses(80)
    poses[3] = swap(poses[3], PAIRS)
    poses[5] = swap(poses[5], PAIRS[1:2])
    poses[7, [3, 4, 5, 6]] = np.nan
    poses[7] = swap(poses[7], PAIRS)
    shape = fit_shape(poses)
    assert shape is not None
    gains, which = best_swaps(shape, poses, PAIRS)
    assert np.flatnonzero(gains >= 2).tolist() == [3, 5, 7]
    assert which[[3, 5]].tolist() == [-1, 1]
    assert not np.delete(gains, [3, 5, 7]).any()
    assert not best_swaps(shape, poses, [])[0].any()


def test_too_few_points_tell_nothing() -> None:
    poses = make_poses(20)
    assert fit_shape(poses[: LEAST_POSES - 1]) is None
    assert fit_shape(poses[:, :2]) is None
    assert fit_shape(np.empty((0, 3, 2))) is None
    poses[0, 2:] = np.nan
    poses[1] = 7.0
    poses[2] = np.nan
    poses[:, 8] = np.nan
    shape = fit_shape(poses)
    assert shape is not None and np.isnan(shape.nodes[8])
    assert np.isnan(shape.distances(poses)[:3]).all()
    assert np.isnan(rarities(shape, poses)[:, 8]).all()
    gains, _ = best_swaps(shape, poses, PAIRS)
    assert np.isfinite(gains).all()


def test_radii() -> None:
    square = np.array([[0.0, 0], [2, 0], [2, 2], [0, 2]])
    one = np.full((4, 2), np.nan)
    one[0] = 1
    assert radii(np.array([square, one])) == pytest.approx([2**0.5, np.nan], nan_ok=True)
