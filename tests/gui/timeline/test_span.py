import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.gui.timeline.span import N_LEAST, Span

WHOLE = Span.whole(1000, 10.0, 500.0)


def test_frames_lie_from_left_to_right() -> None:
    assert WHOLE.x(0) == 10
    assert WHOLE.x(1000) == 510
    assert WHOLE.frame_at(10) == 0
    assert WHOLE.frame_at(10 + 250.1) == 500
    assert WHOLE.frame_at(-50) == 0
    assert WHOLE.frame_at(9999) == 999
    assert not WHOLE.is_zoomed


@given(st.integers(1, 10**6), st.floats(20, 3000), st.data())
def test_the_middle_of_a_frame_is_that_frame(n: int, width: float, data: st.DataObject) -> None:
    span = Span.whole(n, 12.0, width)
    frame_idx = data.draw(st.integers(0, n - 1))
    assert span.frame_at(span.x(frame_idx + 0.5)) == frame_idx


def test_zoomed_places_beside_the_span_are_its_first_and_last_frames() -> None:
    span = WHOLE.shown(100, 200)
    assert span.is_zoomed
    assert (span.frame_at(-5), span.frame_at(9999)) == (100, 199)


@given(st.floats(-500, 2000), st.floats(0, 3000))
def test_what_is_shown_lies_within_the_video(first: float, size: float) -> None:
    span = WHOLE.shown(first, first + size)
    assert 0 <= span.first < span.last <= 1000 + 1e-6
    assert span.last - span.first >= N_LEAST - 1e-6


def test_zooming_leaves_the_place_under_the_mouse() -> None:
    span = WHOLE.zoomed(260.0, 4.0)
    assert span.last - span.first == pytest.approx(250)
    assert span.x(500) == pytest.approx(260)
    assert WHOLE.zoomed(260.0, 0.5) == WHOLE


def test_moving_stops_at_the_ends() -> None:
    span = WHOLE.shown(100, 200)
    assert span.moved(-500).first == 0
    assert span.moved(5000).last == 1000


def test_a_frame_is_revealed_by_moving_as_little_as_needed() -> None:
    span = WHOLE.shown(100, 200)
    assert span.revealing(150) == span
    later = span.revealing(220)
    assert later.first < 220 < later.last <= 230
    earlier = span.revealing(90)
    assert 80 <= earlier.first < 90 < earlier.last
    assert span.revealing(999).last == 1000


def test_resizing_keeps_what_is_shown() -> None:
    assert WHOLE.resized(1000, 10, 800).width == 800
    zoomed = WHOLE.shown(100, 200)
    assert (zoomed.resized(1000, 10, 800).first, zoomed.resized(1000, 10, 800).last) == (100, 200)
    assert not zoomed.resized(150, 10, 800).is_zoomed
    assert WHOLE.resized(2000, 10, 500).last == 2000


def test_a_video_shorter_than_the_closest_zoom_is_shown_whole() -> None:
    span = Span.whole(3, 0, 100)
    assert span.shown(1, 2) == span
    assert span.zoomed(50, 10) == span
