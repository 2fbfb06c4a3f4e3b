import numpy as np
import pytest

from sleap.core.poses import Poses
from sleap.tracking.culling import best_first, choose_best, suppress_overlapping

BOXES = np.array([[10.0, 10, 20, 20], [10, 10, 15, 15], [30, 30, 40, 40], [32, 32, 42, 42]])


@pytest.mark.parametrize(
    ("scores", "target", "kept"),
    [
        ([1, 0.3, 1, 0.5], 0, [0, 2]),
        ([1, 0.3, 1, 0.5], 3, [0, 2, 3]),
        ([1, 0.5, 1, 0.3], 3, [0, 1, 2]),
        ([1, 0.3, 1, 0.5], 1, [0, 2]),
        ([1, 0.3, 1, 0.5], 9, [0, 1, 2, 3]),
    ],
)
def test_suppression_goldens(scores: list[float], target: int, kept: list[int]) -> None:
    result = suppress_overlapping(BOXES, np.array(scores), threshold=0.5, target_count=target)
    assert result.tolist() == kept


def poses_in(boxes: np.ndarray, scores: list[float]) -> Poses:
    points = boxes.reshape(-1, 2, 2)
    return Poses(0, points, np.ones(points.shape[:2]), np.array(scores))


def test_lowest_scores_go() -> None:
    poses = poses_in(BOXES, [1, 0.9, 0.8, 0.95])
    assert choose_best(poses, 2).tolist() == [0, 3]
    assert choose_best(poses, 4).tolist() == [0, 1, 2, 3]
    assert choose_best(poses, 0).tolist() == []


def test_overlapping_ones_go_first() -> None:
    poses = poses_in(BOXES, [1, 0.9, 0.8, 0.7])
    assert choose_best(poses, 2).tolist() == [0, 1]
    assert choose_best(poses, 2, 0.5).tolist() == [0, 2]
    assert choose_best(poses, 1, 0.5).tolist() == [0]


def test_unknown_scores_are_worst() -> None:
    assert best_first(np.array([np.nan, 0.1, 0.5, 0.5])).tolist() == [2, 3, 1, 0]
