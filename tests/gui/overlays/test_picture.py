"""Pixels of frames, as painted."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.picture import Picture, to_qimage
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


def test_brightness_and_contrast(qtbot: QtBot) -> None:
    frame = np.array([[0, 100, 127, 200, 255]], np.uint8)
    plain = [to_qimage(frame).pixelColor(x, 0).red() for x in range(5)]
    brighter = [to_qimage(frame, 0.2).pixelColor(x, 0).red() for x in range(5)]
    flat = [to_qimage(frame, 0.0, 0.0).pixelColor(x, 0).red() for x in range(5)]
    assert plain == frame[0].tolist()
    assert brighter == [51, 151, 178, 251, 255]
    assert set(flat) == {128}


def test_colors_are_kept_and_the_frame_is_not_written_to(qtbot: QtBot) -> None:
    frame = np.zeros((2, 3, 3), np.uint8)
    frame[1, 2] = 10, 20, 30
    frame.flags.writeable = False
    assert to_qimage(frame).pixelColor(2, 1).getRgb()[:3] == (10, 20, 30)


def test_what_was_painted_is_kept_until_something_changes(qtbot: QtBot) -> None:
    picture, view = Picture(), View((10, 10), (40, 40))
    picture.show(np.zeros((10, 10), np.uint8))
    paint(picture, view)
    ground = picture._ground
    paint(picture, view)
    assert picture._ground is ground
    paint(picture, view.zoomed(2))
    assert picture._ground is not ground
