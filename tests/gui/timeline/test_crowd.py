import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.gui.timeline.crowd import KINDS, are_alone, count, heights, paint, window
from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY


@given(st.sets(st.integers(0, 300)), st.integers(2, 40), st.integers(0, 300))
def test_marks_are_counted_around_a_place(frames: set[int], n_frames: int, place: int) -> None:
    marked = np.array(sorted(frames), np.int64)
    states = np.array([KINDS[frame % 3] for frame in sorted(frames)], np.uint8)
    found = count(marked, states, np.array([place + 0.5]), n_frames)[:, 0].tolist()
    first = place - n_frames // 2
    near = [frame for frame in frames if first <= frame < first + n_frames]
    assert found == [sum(frame % 3 == kind for frame in near) for kind in range(3)]


@given(st.sets(st.integers(0, 300)), st.integers(2, 40))
def test_a_mark_is_alone_if_no_other_is_near(frames: set[int], n_frames: int) -> None:
    found = are_alone(np.array(sorted(frames), np.int64), n_frames)
    expected = [
        all(abs(one - other) >= n_frames for other in frames - {one}) for one in sorted(frames)
    ]
    assert found.tolist() == expected


def test_heights_tell_the_share_of_frames() -> None:
    counts = np.zeros((3, 6), np.int64)
    counts[1] = [0, 1, 10, 100, 1000, 5000]
    found = heights(counts, 5000, (12, 40), 4)
    assert (found[[0, 2]] == 0).all()
    assert found[1, 0] == 0 and found[1, 1] == 12 and found[1, 5] == 40
    assert (np.diff(found[1]) >= 2).all()


@given(st.lists(st.integers(0, 5000), min_size=3, max_size=3))
def test_every_kind_in_a_column_is_seen(counts: list[int]) -> None:
    found = heights(np.array(counts)[:, None], 15_000, (6, 13), 2)[:, 0]
    assert [bool(one) for one in found] == [bool(one) for one in counts]
    assert all(one >= 2 for one in found if one)
    assert found.sum() <= 13
    assert not any(counts) or found.sum() >= 6


def test_columns_are_drawn_from_the_bottom_with_a_line_around() -> None:
    inks, edges = np.arange(16.0).reshape(4, 4), 100 + np.arange(12.0).reshape(3, 4)
    parts = np.array([[0, 2, 2, 2, 0], [0, 3, 3, 3, 0], [0, 0, 0, 0, 0]])
    pixels = paint(parts, 7, inks, edges, 1)[..., 0].tolist()
    assert pixels == [
        [12] * 5,
        [12] * 5,
        [12, 104, 104, 104, 12],
        [12, 104, 4, 104, 12],
        [12, 104, 4, 104, 12],
        [12, 100, 0, 100, 12],
        [12, 100, 100, 100, 12],
    ]


@pytest.mark.parametrize(("scale", "expected"), [(0.001, 5000), (1.0, 5), (3.0, 2), (20.0, 2)])
def test_a_column_speaks_for_the_frames_that_a_mark_hides(scale: float, expected: int) -> None:
    assert window(5, scale) == expected


def test_kinds_are_those_of_suggestions() -> None:
    assert set(KINDS) == {OPEN, PREDICTED_ONLY, DONE}
