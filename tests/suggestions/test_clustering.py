import numpy as np
import pytest

from sleap.errors import CancelledError
from sleap.progress import Progress
from sleap.suggestions.clustering import k_means, nearest, pick_spread, principal_components


def make_blobs(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    centers = np.array([[0.0, 0], [20, 0], [0, 20]])
    truth = np.repeat([0, 1, 2], [50, 30, 20])
    return centers[truth] + random.normal(0, 1, (100, 2)), truth


def test_principal_components_are_those_of_the_singular_values() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=(60, 200)) * np.r_[30, 20, 10, np.ones(197)]
    values = values.astype(np.float32)
    centered = values - values.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centered, full_matrices=False)
    found = principal_components(values.copy(), 3, random)
    assert found.shape == (60, 3)
    np.testing.assert_allclose(np.abs(found), np.abs(left * sizes)[:, :3], atol=0.05)


def test_few_images_or_values_have_few_components() -> None:
    random = np.random.default_rng(1)
    assert principal_components(np.ones((1, 9), np.float32), 5, random).shape == (1, 1)
    assert principal_components(np.eye(4, 2, dtype=np.float32), 5, random).shape == (4, 2)


def test_blobs_are_found_the_largest_first() -> None:
    points, truth = make_blobs()
    groups, centers = k_means(points, 3, np.random.default_rng(0))
    np.testing.assert_array_equal(groups, truth)
    np.testing.assert_allclose(centers, [[0, 0], [20, 0], [0, 20]], atol=0.7)
    np.testing.assert_array_equal(nearest(points, centers)[0], groups)


def test_equal_points_make_fewer_groups() -> None:
    groups, centers = k_means(np.array([[1.0], [1], [4]]), 5, np.random.default_rng(0))
    assert groups.tolist() == [0, 0, 1] and centers.tolist() == [[1], [4]]


def test_the_typical_one_first_then_the_farthest() -> None:
    points = np.array([[0.0], [1], [2], [10], [-7]])
    assert pick_spread(points, np.array([1.2]), 3).tolist() == [1, 3, 4]
    assert sorted(pick_spread(points, np.array([1.2]), 9).tolist()) == [0, 1, 2, 3, 4]
    assert len(pick_spread(np.zeros((4, 1)), np.zeros(1), 3)) == 3


def test_both_can_be_stopped() -> None:
    progress = Progress()
    progress.is_cancelled = True
    points, random = make_blobs()[0], np.random.default_rng(0)
    with pytest.raises(CancelledError):
        k_means(points, 3, random, progress)
    with pytest.raises(CancelledError):
        principal_components(points.astype(np.float32), 2, random, progress)
