"""Images of nodes."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.markers import paint_marker

COLOR = QColor(200, 40, 40)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("kind", ["full", "open", "hidden"])
def test_the_middle_is_where_it_is_asked_to_be(qtbot: QtBot, ratio: float, kind: str) -> None:
    for x, y in ((20.0, 20.0), (20.25, 19.5), (19.9, 20.6)):
        image = QImage(round(40 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        paint_marker(painter, x, y, COLOR.rgba(), 5, kind, False, ratio)
        painter.end()
        side = range(image.width())
        ink = np.array([[255 - image.pixelColor(c, r).green() for c in side] for r in side])
        rows, columns = np.indices(ink.shape)
        middle = np.array([(columns * ink).sum(), (rows * ink).sum()]) / ink.sum() + 0.5
        np.testing.assert_allclose(middle / ratio, [x, y], atol=0.2)


def test_that_of_a_selected_instance_is_rimmed_in_white(qtbot: QtBot) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    paint_marker(painter, 20, 20, COLOR.rgba(), 6, "full", True, 1.0)
    painter.end()
    rim = [image.pixelColor(x, 20) for x in range(40)]
    assert any(min(color.getRgb()[:3]) > 180 for color in rim)


def test_a_dark_node_is_rimmed_so_that_it_is_seen_in_the_dark(qtbot: QtBot) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    paint_marker(painter, 20, 20, QColor(25, 25, 25).rgba(), 6, "full", False, 1.0)
    painter.end()
    assert any(image.pixelColor(x, 20).lightness() > 120 for x in range(40))
