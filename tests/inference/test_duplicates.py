import numpy as np

from sleap.inference.duplicates import best_first, distinct

NAN = np.nan


def test_the_pose_with_more_points_is_kept() -> None:
    whole = [[0, 0], [10, 0], [20, 0], [30, 0]]
    part = [[1, 0], [11, 0], [NAN, NAN], [NAN, NAN]]
    points = np.array([part, whole], dtype=float)
    assert distinct(points, np.array([0.9, 0.5]), 3.0).tolist() == [1]


def test_of_two_whole_poses_the_better_is_kept() -> None:
    pose = np.array([[0, 0], [10, 0], [20, 0]], dtype=float)
    points = np.stack([pose, pose + 1])
    assert distinct(points, np.array([0.4, 0.5]), 3.0).tolist() == [1]


def test_animals_that_touch_at_one_point_are_both_kept() -> None:
    points = np.array([[[0, 0], [10, 0], [20, 0]], [[0, 1], [-10, 40], [-20, 50]]], dtype=float)
    assert sorted(distinct(points, np.array([0.4, 0.5]), 3.0)) == [0, 1]


def test_the_same_place_on_other_nodes_is_no_duplicate() -> None:
    pose = np.array([[0, 0], [10, 0], [20, 0]], dtype=float)
    assert (
        len(distinct(np.stack([pose, pose[::-1] + np.array([0, 1])]), np.array([1.0, 1.0]), 3.0))
        == 2
    )


def test_poses_without_points_are_dropped() -> None:
    points = np.full((2, 3, 2), NAN)
    assert distinct(points, np.zeros(2), 3.0).tolist() == []
    assert distinct(points[:1], np.zeros(1), 3.0).tolist() == []
    assert distinct(points[:0], np.zeros(0), 3.0).tolist() == []


def test_best_first() -> None:
    rows, scores = np.array([0, 2, 3]), np.array([0.1, 9.0, 0.7, 0.7])
    assert best_first(rows, scores, None).tolist() == [2, 3, 0]
    assert best_first(rows, scores, 1).tolist() == [2]
