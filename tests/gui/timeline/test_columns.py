import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.gui.timeline.columns import between, boxes, in_columns, strokes, widen


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
    line, ground = strokes(values, values, 0.0, 10.0, (11, 1.0))
    for left in (0, 1):
        rows = [set(np.flatnonzero(line[:, column])) for column in (left, left + 1)]
        near = {row + shift for row in rows[0] for shift in (-1, 0, 1)}
        assert near & rows[1]
    assert line[0, 1] == line[10, 0] == line[10, 2] == 1
    assert not line[:, 3].any() and not ground[:, 3].any()
    assert line[5, 4] == 1 and (ground[5:, 4] == 1).all() and not ground[:5, 4].any()


def test_extremes_are_on_the_line() -> None:
    line, _ = strokes(np.array([2.0]), np.array([8.0]), 0.0, 10.0, (11, 1.0))
    assert np.flatnonzero(line[:, 0]).tolist() == list(range(2, 9))


def test_a_line_between_pixels_is_shared_by_them() -> None:
    line, _ = strokes(np.array([4.5]), np.array([4.5]), 0.0, 10.0, (11, 1.0))
    assert line[[5, 6], 0].tolist() == [0.5, 0.5]
    assert line.sum() == 1


def test_near_by_the_line_goes_from_value_to_value() -> None:
    values = np.array([0.0, 4.0, 4.0, 0.0])
    lowest, highest = between(values, np.linspace(0, 4, 17))
    assert np.isnan(lowest[0])
    np.testing.assert_allclose(lowest[2:6], [0, 1, 2, 3])
    np.testing.assert_allclose(highest[2:6], [1, 2, 3, 4])
    assert (lowest[6:10] == 4).all()


def test_near_by_gaps_stay_gaps_and_lone_values_are_seen() -> None:
    values = np.array([1.0, np.nan, 5.0, np.nan, 1.0])
    lowest, _ = between(values, np.linspace(0, 5, 51))
    assert np.flatnonzero(lowest == 5).tolist() == [24, 25, 26]
    assert np.isnan(lowest[10:20]).all()


@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 9))
def test_near_by_no_peak_is_lost(n: int, n_columns: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=n)
    lowest, highest = between(values, np.linspace(0, n, n * n_columns + 1))
    assert np.nanmax(highest) == values.max()
    assert np.nanmin(lowest) == values.min()
