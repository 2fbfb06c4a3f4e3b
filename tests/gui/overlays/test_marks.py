"""Marks and plates over a frame."""

from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.marks import (
    NEGATIVE,
    paint_band,
    paint_crosshair,
    paint_message,
    paint_negative_anchors,
    paint_plate,
)
from sleap.gui.overlays.view import View

WHITE = QColor(255, 255, 255)
AREA = QRectF(0, 0, 400, 300)


class Sheet:
    def __init__(self) -> None:
        self.image = QImage(400, 300, QImage.Format.Format_RGB32)
        self.image.fill(WHITE)
        self.painter = QPainter(self.image)

    def inked(self) -> QRectF:
        self.painter.end()
        places = [
            (x, y) for x in range(400) for y in range(300) if self.image.pixelColor(x, y) != WHITE
        ]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        return QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def test_a_negative_anchor_lies_about_its_place(qtbot: QtBot) -> None:
    sheet = Sheet()
    view = View((40, 30), (400, 300))
    paint_negative_anchors(sheet.painter, [(10, 20)], view)
    box = sheet.inked()
    assert abs(box.center().x() - 105) < 1.5 and abs(box.center().y() - 205) < 1.5
    assert sheet.image.pixelColor(105, 205) == NEGATIVE


def test_plates_lie_where_they_are_asked_to_and_are_never_too_wide(qtbot: QtBot) -> None:
    for where, side in (
        (Qt.AlignmentFlag.AlignLeft, "left"),
        (Qt.AlignmentFlag.AlignRight, "right"),
        (Qt.AlignmentFlag.AlignHCenter, "middle"),
    ):
        sheet = Sheet()
        box = paint_plate(sheet.painter, "short", AREA, where | Qt.AlignmentFlag.AlignTop)
        assert AREA.contains(box) and box.top() == 10
        found = {"left": box.left() == 10, "right": box.right() >= 388}
        assert found.get(side, abs(box.center().x() - 200) <= 1)
        sheet.painter.end()
    sheet = Sheet()
    assert AREA.contains(
        paint_plate(sheet.painter, "long " * 99, AREA, Qt.AlignmentFlag.AlignBottom)
    )
    sheet.painter.end()


def test_a_message_fits_a_small_widget(qtbot: QtBot) -> None:
    sheet = Sheet()
    paint_message(sheet.painter, "Cannot open", "/a/very/long/path" * 20, AREA)
    assert AREA.contains(sheet.inked())
    sheet = Sheet()
    paint_message(sheet.painter, "Cannot open", "text", QRectF(0, 0, 10, 10))
    sheet.painter.end()
    assert sheet.image.pixelColor(5, 5) == WHITE


def test_a_message_lies_aside_where_labels_are(qtbot: QtBot) -> None:
    sheet = Sheet()
    paint_message(sheet.painter, "Cannot open", "text", AREA, is_aside=True)
    assert 7 <= sheet.inked().top() - AREA.top() <= 9


def test_a_band_and_a_crosshair(qtbot: QtBot) -> None:
    sheet = Sheet()
    paint_band(sheet.painter, QRectF(50, 60, 100, 80))
    box = sheet.inked()
    assert abs(box.left() - 49) <= 1 and abs(box.right() - 151) <= 1
    sheet = Sheet()
    paint_crosshair(sheet.painter, QPointF(100, 100), NEGATIVE)
    sheet.painter.end()
    assert sheet.image.pixelColor(100, 100) == WHITE, "the pixel aimed at is seen"
    assert sheet.image.pixelColor(108, 99) != WHITE
