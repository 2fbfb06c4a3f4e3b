import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.errors import OptionError
from sleap.workflows.frame_ranges import format_frames, parse_frames


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("1,2,3", [1, 2, 3]),
        ("123-126", [123, 124, 125, 126]),
        ("5,-10", [5, 6, 7, 8, 9, 10]),
        ("1-3,7", [1, 2, 3, 7]),
        (" 4 , 8 - 9 ", [4, 8, 9]),
        ("0", [0]),
    ],
)
def test_all_forms(text: str, frames: list[int]) -> None:
    assert [frame for part in parse_frames(text) for frame in part] == frames


@pytest.mark.parametrize("text", ["a", "1,,2", "1-", "-5", "1.5", "1:5", "", "1--5"])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(OptionError, match="expected numbers and ranges"):
        parse_frames(text)


def test_a_range_that_ends_before_it_begins() -> None:
    with pytest.raises(OptionError, match="9-3"):
        parse_frames("1,9-3")


@given(st.sets(st.integers(0, 300), min_size=1))
def test_what_is_written_can_be_read(frames: set[int]) -> None:
    text = format_frames(frames, limit=1000)
    assert {frame for part in parse_frames(text) for frame in part} == frames


def test_long_lists_are_shortened() -> None:
    assert format_frames([1, 3, 5, 7], limit=2) == "1,3,…"
    assert format_frames([]) == ""
