"""Texts as images."""

from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF
from qtpy.QtGui import QColor, QFont, QImage, QPainter

from sleap.gui.overlays.text import Sprites

INK = QColor(250, 10, 10)


def test_a_text_is_in_its_color_with_a_dark_rim_inside_its_size(qtbot: QtBot) -> None:
    sprites = Sprites(QFont())
    for ratio in (1.0, 2.0):
        image = QImage(int(200 * ratio), int(60 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        sprites.paint(painter, QPointF(0, 0), "thorax", INK, 24, ratio)
        painter.end()
        places = [
            (x / ratio, y / ratio, image.pixelColor(x, y))
            for x in range(image.width())
            for y in range(image.height())
        ]
        inked = [(x, y) for x, y, color in places if color != QColor(255, 255, 255)]
        size = sprites.size("thorax", 24)
        assert max(x for x, _ in inked) <= size.width() + 1
        assert max(y for _, y in inked) <= size.height() + 1
        assert any(color == INK for _, _, color in places)
        assert any(max(color.getRgb()[:3]) < 60 for _, _, color in places)


def test_texts_are_kept(qtbot: QtBot) -> None:
    sprites = Sprites(QFont())
    first = sprites._get("a", INK, 12, 1.0, False)
    assert sprites._get("a", INK, 12, 1.0, False) is first
    assert sprites._get("a", INK, 13, 1.0, False) is not first
