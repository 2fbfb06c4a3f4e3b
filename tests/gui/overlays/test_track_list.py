"""The numbered list of tracks."""

from pytestqt.qtbot import QtBot
from qtpy.QtCore import QRectF
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.track_list import Entry, paint_track_list

AREA = QRectF(0, 0, 400, 400)


def test_the_list_lies_inside_and_shows_the_colors(qtbot: QtBot) -> None:
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    entries = [
        Entry(str(k + 1), "a long name of a track " * 3, QColor(10 * k, 200, 0), k == 2)
        for k in range(9)
    ]
    box = paint_track_list(painter, [*entries, Entry("0", "New track")], AREA)
    painter.end()
    assert AREA.contains(box)
    seen = {
        image.pixelColor(x, y).getRgb()[:3]
        for x in range(int(box.left()), int(box.right()))
        for y in range(int(box.top()), int(box.bottom()))
    }
    assert {(10 * k, 200, 0) for k in range(9)} <= seen
