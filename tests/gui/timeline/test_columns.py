import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.gui.timeline.columns import boxes, in_columns, strokes, widen


@given(st.sets(st.integers(0, 499)), st.integers(1, 60))
def test_every_mark_is_in_a_column_from_afar(frames: set[int], n_columns: int) -> None:
    marked = np.array(sorted(frames), np.int64)
    found = in_columns(marked, np.ones(len(marked), np.uint8), np.linspace(0, 500, n_columns + 1))
    expected = np.zeros(n_columns, np.uint8)
    expected[np.minimum((marked * n_columns) // 500, n_columns - 1)] = 1
    hit = np.flatnonzero(expected)
    near = np.maximum.reduce([found, np.r_[found[1:], 0], np.r_[0, found[:-1]]])
    assert near[hit].all()
    assert bool(found.any()) == bool(frames)


def test_flags_in_a_column_are_joined() -> None:
    frames, flags = np.array([0, 4, 9]), np.array([1, 4, 2], np.uint8)
    assert in_columns(frames, flags, np.array([0.0, 5.0, 10.0])).tolist() == [5, 2]


def test_near_by_a_frame_takes_up_its_columns() -> None:
    found = in_columns(np.array([1]), np.array([3], np.uint8), np.linspace(0, 3, 13))
    assert found.tolist() == [0] * 4 + [3] * 4 + [0] * 4


def test_marks_are_widened_the_greater_state_above() -> None:
    states = np.array([0, 1, 0, 0, 2, 0], np.uint8)
    assert widen(states, 1, 1).tolist() == [1, 1, 1, 2, 2, 2]
    assert widen(states, 0, 2).tolist() == [0, 1, 1, 1, 2, 2]


def test_columns_of_a_state_are_a_box() -> None:
    assert boxes(np.array([0, 1, 1, 2, 0, 2], np.uint8)) == [(1, 3, 1), (3, 4, 2), (5, 6, 2)]
    assert boxes(np.zeros(3, np.uint8)) == []
    assert boxes(np.ones(3, np.uint8)) == [(0, 3, 1)]


def test_a_line_is_drawn_without_holes() -> None:
    values = np.array([0.0, 10.0, 0.0, np.nan, 5.0])
    picture = strokes(values, values, 0.0, 10.0, 11)
    line = picture == 2
    for left in (0, 1):
        rows = [set(np.flatnonzero(line[:, column])) for column in (left, left + 1)]
        near = {row + shift for row in rows[0] for shift in (-1, 0, 1)}
        assert near & rows[1]
    assert line[0, 1] and line[10, 0] and line[10, 2]
    assert not picture[:, 3].any()
    assert line[5, 4] and (picture[6:, 4] == 1).all()


def test_extremes_are_on_the_line() -> None:
    picture = strokes(np.array([2.0]), np.array([8.0]), 0.0, 10.0, 11)
    assert np.flatnonzero(picture[:, 0] == 2).tolist() == list(range(2, 9))
