"""The lens."""

import numpy as np
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.magnifier import POWER, RADIUS, paint_magnifier
from sleap.gui.overlays.picture import Picture
from sleap.gui.overlays.view import View


def test_the_point_under_the_cursor_stays_there_and_is_larger(qtbot: QtBot) -> None:
    frame = np.zeros((400, 400), np.uint8)
    frame[200, 200] = 255
    picture, view = Picture(), View((400, 400), (400, 400))
    picture.show(frame)
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 90))
    painter = QPainter(image)
    views: list[View] = []
    paint_magnifier(painter, QPointF(200.5, 200.5), view, picture, lambda _, v: views.append(v))
    painter.end()
    assert views[0].scale == POWER
    assert image.pixelColor(200, 200).getRgb()[:3] == (255, 255, 255)
    assert image.pixelColor(201, 201).getRgb()[:3] == (255, 255, 255), "it is enlarged"
    assert image.pixelColor(220, 180).getRgb()[:3] == (0, 0, 0)
    assert image.pixelColor(200 + RADIUS, 200 + RADIUS) == QColor(0, 0, 90)
