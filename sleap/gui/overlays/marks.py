"""What else lies over a frame: places without an animal, rubber bands, plates with a message."""

from collections.abc import Sequence

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen, QTextOption

from sleap.gui.overlays.view import View

NEGATIVE = QColor(255, 86, 86)
PLATE = QColor(24, 26, 30, 222)
_INK = QColor(240, 242, 245)
_ACCENT = QColor(94, 177, 255)


def paint_negative_anchors(
    painter: QPainter, places: Sequence[tuple[float, float]], view: View
) -> None:
    """Paint a barred circle at every place without an animal; (x, y) px of the frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in view.place(places).reshape(-1, 2).tolist():
        at = QPointF(x, y)
        for color, width in ((QColor(0, 0, 0, 170), 5.0), (NEGATIVE, 2.4)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(at, 10, 10)
            painter.drawLine(at + QPointF(-7, -7), at + QPointF(7, 7))


def paint_band(painter: QPainter, box: QRectF, is_zoom: bool = False) -> None:
    """Paint a rectangle that is being dragged."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    fill = QColor(_INK if is_zoom else _ACCENT)
    fill.setAlpha(34)
    painter.fillRect(box, fill)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
    painter.drawRect(box.adjusted(-1, -1, 1, 1))
    painter.setPen(QPen(_INK if is_zoom else _ACCENT, 1, Qt.PenStyle.DashLine))
    painter.drawRect(box)


def paint_plate(
    painter: QPainter,
    text: str,
    area: QRectF,
    where: Qt.AlignmentFlag,
    ink: QColor | None = None,
) -> QRectF:
    """Paint a line of text on a dark plate; one that is too long is cut.

    Args:
        painter: Of the widget.
        text: One line.
        area: In which to place it, logical px.
        where: At which side or corner of the area.
        ink: Its colour.

    Returns:
        Where it lies.
    """
    font = painter.font()
    font.setPixelSize(13)
    font.setBold(False)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) - 44)
    width, height = metrics.horizontalAdvance(text) + 24.0, metrics.height() + 10.0
    left, top = area.left() + 10, area.top() + 10
    if where & Qt.AlignmentFlag.AlignHCenter:
        left = area.center().x() - width / 2
    elif where & Qt.AlignmentFlag.AlignRight:
        left = area.right() - width - 10
    if where & Qt.AlignmentFlag.AlignBottom:
        top = area.bottom() - height - 10
    box = QRectF(round(left), round(top), width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PLATE)
    painter.drawRoundedRect(box, 6, 6)
    painter.setPen(ink or _INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box


def paint_message(
    painter: QPainter, title: str, text: str, area: QRectF, *, is_aside: bool = False
) -> None:
    """Paint a message: what is wrong, and what to do; in the middle, or aside at the top."""
    width = min(560.0, area.width() - 32)
    if width < 40:
        return
    inner = width - 48
    font = painter.font()
    font.setPixelSize(16)
    font.setBold(True)
    plain = painter.font()
    plain.setPixelSize(13)
    plain.setBold(False)
    wrap = QTextOption(Qt.AlignmentFlag.AlignLeft)
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # paths have no blanks
    room = QRectF(0, 0, inner, 2000)
    painter.setFont(font)
    head = painter.boundingRect(room, title, wrap)
    painter.setFont(plain)
    body = painter.boundingRect(room, text, wrap)
    height = min(area.height() - 16, head.height() + body.height() + 56)
    top = area.top() + 8 if is_aside else area.center().y() - height / 2
    box = QRectF(area.center().x() - width / 2, top, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(255, 255, 255, 40), 1))
    painter.setBrush(PLATE)
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(_INK)
    painter.setFont(font)
    left, top = box.left() + 24, box.top() + 22
    painter.drawText(QRectF(left, top, inner, head.height()), title, wrap)
    painter.setFont(plain)
    painter.setPen(QColor(205, 209, 215))
    rest = QRectF(left, top + head.height() + 10, inner, box.bottom() - top - head.height() - 20)
    painter.drawText(rest, text, wrap)


def paint_crosshair(painter: QPainter, at: QPointF, color: QColor) -> None:
    """Paint a thin cross with a gap, so that the pixel aimed at is seen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for ink, width in ((QColor(0, 0, 0, 170), 3.0), (color, 1.2)):
        painter.setPen(QPen(ink, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(at + QPointF(4 * dx, 4 * dy), at + QPointF(14 * dx, 14 * dy))
