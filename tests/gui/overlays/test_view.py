"""Where pixels of a frame are in the widget."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qtpy.QtCore import QPointF

from sleap.gui.overlays.view import MAX_ZOOM, View


def test_at_one_to_one_the_first_pixel_is_the_first_of_the_widget() -> None:
    view = View((100, 80), (100, 80))
    assert view.scale == 1
    np.testing.assert_allclose(view.place([0, 0]), [0.5, 0.5])
    assert view.unplace(QPointF(0.5, 0.5)) == (0, 0)


def test_the_middle_of_the_first_pixel_is_in_the_middle_of_its_square() -> None:
    view = View((10, 10), (400, 400)).zoomed(2, QPointF(0, 0))
    assert view.scale == 80
    np.testing.assert_allclose(view.place([0, 0]), [40, 40])


@given(st.floats(1, MAX_ZOOM), st.floats(0, 99), st.floats(0, 79), st.sampled_from([1.0, 1.5, 2.0]))
def test_unplace_is_the_inverse_of_place(zoom: float, x: float, y: float, ratio: float) -> None:
    view = View((100, 80), (640, 480), ratio=ratio).zoomed(zoom, QPointF(123, 45))
    assert view.unplace(QPointF(*view.place([x, y]))) == pytest.approx((x, y), abs=1e-6)


def test_zooming_keeps_what_is_under_the_cursor() -> None:
    view = View((1000, 800), (640, 480)).zoomed(5, QPointF(300, 200))
    at = QPointF(210, 333)
    before = view.unplace(at)
    after = view.zoomed(1.1, at).unplace(at)
    assert after == pytest.approx(before, abs=1 / view.scale)


def test_zoom_is_held_between_the_whole_frame_and_the_largest() -> None:
    view = View((1000, 800), (640, 480))
    assert view.zoomed(0.1).zoom == 1
    assert view.zoomed(1e9).zoom == MAX_ZOOM
    assert view.zoomed(7).whole() == view


def test_an_enlarged_frame_cannot_be_lost_from_sight() -> None:
    view = View((1000, 800), (640, 480)).zoomed(4).moved(1e6, 1e6)
    left, top = view.origin
    assert 0 <= left < 100 and 0 <= top < 100
    far = view.moved(-1e6, -1e6).rectangle
    assert 540 < far.right() <= 640


def test_showing_a_box_fits_it() -> None:
    view = View((1000, 800), (640, 480)).showing(700, 300, 500, 200)
    box = view.place_box(500, 200, 700, 300)
    assert box.left() >= -1 and box.right() <= 641
    assert box.top() >= -1 and box.bottom() <= 481
    assert box.width() == pytest.approx(640, abs=2)


def test_a_resized_widget_keeps_its_middle() -> None:
    view = View((1000, 800), (640, 480)).zoomed(4).moved(120, 30)
    assert view.resized((800, 700), 2.0).centre == pytest.approx(view.centre)
