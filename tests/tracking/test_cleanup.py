import numpy as np

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
    frames, tracks = np.array([0, 0, 4, 4, 4, 5]), np.array([0, 1, 0, 3, 2, 2])
    kept, joined = clean(frames, tracks, np.array([1, 1, 0.9, 0.1, 0.8, np.nan]), 2)
    assert kept.tolist() == [True, True, True, False, True, True]
    assert joined[kept].tolist() == [0, 1, 0, 1, 1]
    assert tracks.tolist() == [0, 1, 0, 3, 2, 2]


def test_an_infinite_score_is_always_kept() -> None:
    scores = np.array([np.inf, 0.9, np.inf, np.inf])
    kept, joined = clean(np.zeros(4, int), np.array([0, 1, 2, -1]), scores, 1)
    assert kept.tolist() == [True, False, True, True]
    assert joined.tolist() == [0, 1, 2, -1]


def test_nothing_is_clean() -> None:
    kept, joined = clean(np.empty(0, int), np.empty(0, int), np.empty(0), 2)
    assert (len(kept), len(joined)) == (0, 0)
