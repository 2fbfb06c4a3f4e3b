import numpy as np
import pytest

from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY, Flag, Marks


@pytest.fixture
def marks() -> Marks:
    flags = [Flag.USER, Flag.PREDICTED, Flag.PREDICTED | Flag.UNTRACKED, Flag.NEGATIVE]
    marks = Marks(np.array([10, 11, 12, 30]), np.array(flags, np.uint8), anchored=np.array([50]))
    marks.set_suggested(np.array([5, 10, 11, 30, 31]))
    return marks


def test_suggestions_tell_what_is_on_their_frames(marks: Marks) -> None:
    assert marks.states.tolist() == [OPEN, DONE, PREDICTED_ONLY, DONE, OPEN]
    assert marks.state_at(5) == OPEN
    assert marks.state_at(6) == 0
    marks.set_flags(5, Flag.USER)
    assert marks.state_at(5) == DONE
    marks.set_flags(5, None)
    assert marks.state_at(5) == OPEN


def test_flags_are_set_where_news(marks: Marks) -> None:
    assert not marks.set_flags(10, Flag.USER)
    assert not marks.set_flags(99, None)
    assert marks.set_flags(20, Flag.USER)
    assert marks.labeled.tolist() == [10, 11, 12, 20, 30]
    assert marks.flags_at(20) == Flag.USER
    assert marks.set_flags(20, None)
    assert marks.flags_at(20) is None


def test_frames_without_animals_are_known(marks: Marks) -> None:
    assert [marks.is_negative(one) for one in (30, 50, 10, 29)] == [True, True, False, False]


@pytest.mark.parametrize(
    ("frame_idx", "reach", "expected"),
    [(6, 2, 5), (8, 2, 10), (8, 1, 8), (29, 5, 30), (48, 2, 50), (100, 3, 100), (12, 1, 11)],
)
def test_the_nearest_mark_in_reach_is_snapped_to(
    marks: Marks, frame_idx: int, reach: int, expected: int
) -> None:
    assert marks.nearest(frame_idx, reach) == expected


def test_predictions_alone_are_not_snapped_to() -> None:
    marks = Marks(np.array([10]), np.array([Flag.PREDICTED], np.uint8))
    assert marks.nearest(9, 5) == 9


def test_a_run_is_of_marks_without_a_gap(marks: Marks) -> None:
    assert marks.run(11) == (10, 12)
    assert marks.run(30) == (30, 31)
    assert marks.run(5) == (5, 5)
    assert marks.run(7) is None


def test_a_run_of_frames_without_marks_is_of_labeled_ones() -> None:
    n = 5000
    marks = Marks(np.arange(100, 100 + n), np.full(n, Flag.PREDICTED, np.uint8))
    assert marks.run(2000) == (100, 99 + n)
    assert marks.run(100) == (100, 99 + n)
