"""Pixels of frames, as painted."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.picture import Picture
from sleap.gui.overlays.view import View

BACKDROP = QColor(1, 2, 3)


def paint(picture: Picture, view: View) -> QImage:
    image = QImage(
        round(view.size[0] * view.ratio),
        round(view.size[1] * view.ratio),
        QImage.Format.Format_RGB32,
    )
    image.setDevicePixelRatio(view.ratio)
    painter = QPainter(image)
    picture.paint(painter, view, BACKDROP)
    painter.end()
    return image


def gray(image: QImage, x: float, y: float) -> int:
    return image.pixelColor(int(x), int(y)).red()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("zoom", [1.0, 3.0, 7.7, 64.0])
def test_enlarged_pixels_are_squares_where_the_view_says(
    qtbot: QtBot, zoom: float, ratio: float
) -> None:
    frame = np.random.default_rng(0).integers(0, 255, (40, 60), dtype=np.uint8)
    picture = Picture()
    picture.show(frame)
    view = View((60, 40), (300, 200), centre=(33.3, 21.7), ratio=ratio).zoomed(zoom)
    image = paint(picture, view)
    for x in range(60):
        for y in range(40):
            left, top = (view.place([x, y]) - view.scale / 2) * ratio
            side = view.scale * ratio
            for share in (0.1, 0.5, 0.9):
                at_x, at_y = left + share * side, top + share * side
                if 0 <= at_x < image.width() and 0 <= at_y < image.height():
                    assert gray(image, at_x, at_y) == frame[y, x]


def test_at_one_to_one_every_pixel_is_one_of_the_screen(qtbot: QtBot) -> None:
    frame = np.random.default_rng(1).integers(0, 255, (50, 70, 1), dtype=np.uint8)
    picture = Picture()
    picture.show(frame)
    image = paint(picture, View((70, 50), (70, 50)))
    seen = [[gray(image, x, y) for x in range(70)] for y in range(50)]
    np.testing.assert_array_equal(seen, frame[..., 0])


def test_shrunk_pixels_are_averaged(qtbot: QtBot) -> None:
    frame = np.indices((256, 256)).sum(axis=0) % 2 * 255
    picture = Picture()
    picture.show(frame.astype(np.uint8))
    image = paint(picture, View((256, 256), (64, 64)))
    assert all(100 < gray(image, x, x) < 155 for x in range(4, 60))


def test_around_the_frame_is_the_backdrop(qtbot: QtBot) -> None:
    picture = Picture()
    picture.show(np.zeros((10, 10), np.uint8))
    image = paint(picture, View((10, 10), (40, 20)))
    assert image.pixelColor(2, 10) == BACKDROP
    assert image.pixelColor(20, 10) == QColor(0, 0, 0)


def test_a_lens_shows_all_pixels_of_a_frame_that_is_shrunk(qtbot: QtBot) -> None:
    frame = np.random.default_rng(2).integers(0, 255, (80, 80), dtype=np.uint8)
    picture = Picture()
    picture.show(frame)
    paint(picture, View((80, 80), (40, 40)))
    image = QImage(160, 160, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    picture.paint_part(painter, View((80, 80), (160, 160)))
    painter.end()
    seen = [[gray(image, 2 * x + 1, 2 * y + 1) for x in range(80)] for y in range(80)]
    np.testing.assert_array_equal(seen, frame)


def test_what_was_developed_is_painted_again(qtbot: QtBot) -> None:
    picture, view = Picture(), View((80, 80), (40, 40))
    frame = np.zeros((80, 80), np.uint8)
    picture.show(frame)
    paint(picture, view)
    first = picture.darkroom.develop(frame)
    paint(picture, view)
    assert picture.darkroom.develop(frame) is first
    picture.adjust(0.5, 1.0)
    assert gray(paint(picture, view), 20, 20) == 128


def test_colors_are_as_they_were(qtbot: QtBot) -> None:
    frame = np.full((10, 10, 3), (10, 20, 30), np.uint8)
    frame.flags.writeable = False
    picture = Picture()
    picture.show(frame)
    image = paint(picture, View((10, 10), (10, 10)))
    assert image.pixelColor(4, 4).getRgb()[:3] == (10, 20, 30)
