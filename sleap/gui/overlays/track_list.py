"""The numbered list of tracks that is shown while Ctrl is held."""

from collections.abc import Sequence

from attrs import frozen
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPen

from sleap.gui.overlays.marks import PLATE

N_SHOWN = 9
"""As many as there are digits."""

_ROW = 24.0


@frozen
class Entry:
    """A line of the list.

    Attributes:
        key: What to press with Ctrl.
        text: The name of the track.
        color: Its colour; None for a line that is no track.
        is_current: Whether the selected instance has it.
    """

    key: str
    text: str
    color: QColor | None = None
    is_current: bool = False


def paint_track_list(painter: QPainter, entries: Sequence[Entry], area: QRectF) -> QRectF:
    """Paint the list at the left edge of an area, and return where it lies."""
    font = painter.font()
    font.setPixelSize(13)
    painter.setFont(font)
    metrics = painter.fontMetrics()
    texts = [metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, 200) for entry in entries]
    title = "Set track: Ctrl +"
    widest = max([metrics.horizontalAdvance(text) for text in texts], default=0)
    width = max(widest + 76.0, metrics.horizontalAdvance(title) + 28.0)
    height = _ROW * (len(entries) + 1) + 14
    top = max(area.top() + 8, area.center().y() - height / 2)
    box = QRectF(area.left() + 12, round(top), width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(255, 255, 255, 40), 1))
    painter.setBrush(PLATE)
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(QColor(170, 176, 184))
    line = QRectF(box.left() + 14, box.top() + 6, width - 28, _ROW)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
    for entry, text in zip(entries, texts, strict=True):
        line.translate(0, _ROW)
        _paint_entry(painter, entry, text, line)
    return box


def _paint_entry(painter: QPainter, entry: Entry, text: str, line: QRectF) -> None:
    if entry.is_current:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 38))
        painter.drawRoundedRect(line.adjusted(-8, 1, 8, -1), 5, 5)
    painter.setPen(QColor(170, 176, 184))
    key = QRectF(line.left(), line.top(), 14, line.height())
    painter.drawText(key, Qt.AlignmentFlag.AlignCenter, entry.key)
    if entry.color is not None:
        painter.setPen(QPen(QColor(255, 255, 255, 90), 1))
        painter.setBrush(entry.color)
        painter.drawRoundedRect(QRectF(line.left() + 24, line.center().y() - 6, 12, 12), 3, 3)
    painter.setPen(QColor(240, 242, 245))
    painter.drawText(line.adjusted(46, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
