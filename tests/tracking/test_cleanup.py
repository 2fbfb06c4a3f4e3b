import numpy as np

from sleap.core.poses import Poses
from sleap.tracking.cleanup import BreakConnector, clean


def connect(rows: list[list[int]], target: int = 2) -> list[list[int]]:
    connector = BreakConnector(target)
    return [connector.connect(np.array(row, np.int64)).tolist() for row in rows]


def test_a_single_break_is_joined_for_good() -> None:
    assert connect([[0, 1], [0, 2], [2], [2, 0]]) == [[0, 1], [0, 1], [1], [1, 0]]


def test_breaks_of_breaks_are_joined() -> None:
    assert connect([[0, 1], [0], [0, 2], [0], [3, 0]])[-1] == [1, 0]


def test_two_breaks_at_once_stay() -> None:
    assert connect([[0, 1], [2, 3], [2, 4]]) == [[0, 1], [2, 3], [2, 3]]


def test_too_many_tracks_are_not_good() -> None:
    assert connect([[0, 1], [0, 1, 2], [0, 2]]) == [[0, 1], [0, 1, 2], [0, 1]]


def test_untracked_poses_stay_untracked() -> None:
    assert connect([[0, 1], [-1, 0, 2]]) == [[0, 1], [-1, 0, 1]]


def test_a_joined_track_is_not_given_twice() -> None:
    # Track 2 became 1 where 1 was gone; where both are there, 2 can only be 0.
    assert connect([[0, 1], [0, 2], [1, 2]]) == [[0, 1], [0, 1], [1, 0]]


def test_clean_keeps_the_best() -> None:
    points = np.zeros((3, 1, 2))
    first = Poses(0, points[:2], np.ones((2, 1)), np.ones(2), [0, 1])
    second = Poses(1, points, np.ones((3, 1)), np.array([0.9, 0.1, 0.8]), [0, 3, 2])
    result = list(clean([first, second], 2))
    assert [poses.tracks.tolist() for poses in result] == [[0, 1], [0, 1]]
    assert second.tracks.tolist() == [0, 3, 2]
