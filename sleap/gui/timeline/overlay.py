"""What is drawn over the picture of a timeline each time: the handle, ranges, hints."""

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.lanes import TOP, Lane, Lanes
from sleap.gui.timeline.ruler import SCROLL, number, numbers
from sleap.gui.timeline.span import Span


class Overlay:
    """Draws over a picture.

    Args:
        painter: What draws.
        span: The visible frames.
        lanes: Where the parts lie.
        colors: The colours.
        font: Of numbers.
    """

    def __init__(
        self, painter: QPainter, span: Span, lanes: Lanes, colors: Colors, font: QFont
    ) -> None:
        self._painter = painter
        self._span, self._lanes, self._colors = span, lanes, colors
        self._metrics = QFontMetricsF(font)
        self._numbers = numbers(span, lanes.ruler, font)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    @property
    def _bottom(self) -> float:
        return self._lanes.ruler.y

    def frame_range(self, first: int, last: int, frame_idx: int) -> None:
        """Draw the selected range, and its numbers if there is room beside the current frame's."""
        span, painter = self._span, self._painter
        left = min(max(span.x(first), span.left), span.left + span.width)
        right = min(max(span.x(last + 1), span.left), span.left + span.width)
        right = max(right, left + 1)
        area = QRectF(left, TOP, right - left, self._bottom - TOP)
        painter.fillRect(area, _clear(self._colors.chosen, 0.22))
        for frame, x in ((first, left), (last + 1, right)):
            if span.first <= frame <= span.last:
                painter.fillRect(QRectF(x - 0.75, TOP, 1.5, area.height()), self._colors.chosen)
        bar = QRectF(left, self._bottom, right - left, 3)
        painter.fillRect(bar, self._colors.chosen)
        text = f"{number(first)} to {number(last)}: {last - first + 1:,} frames"
        width = self._metrics.horizontalAdvance(text) + 12
        for begin, end in _rooms(left, right, self._handle_body(frame_idx)):
            if width < end - begin - 4:
                body = self._body((begin + end) / 2, width, self._lanes.ruler)
                self._fill_tag(body, text, self._colors.chosen)
                break

    def zoom_range(self, left: float, right: float) -> None:
        """Draw what is being zoomed to: all else is dimmed."""
        span = self._span
        left, right = max(left, span.left), min(right, span.left + span.width)
        dim = _clear(self._colors.base, 0.65)
        height = self._bottom - TOP
        self._painter.fillRect(QRectF(span.left, TOP, left - span.left, height), dim)
        self._painter.fillRect(QRectF(right, TOP, span.left + span.width - right, height), dim)
        self._painter.setPen(QPen(self._colors.text, 1, Qt.PenStyle.DashLine))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(QRectF(left, TOP + 0.5, right - left, height - 1))

    def marked(self, frame_idx: int) -> None:
        """Draw the mark the user may come back to: a small flag."""
        if not self._span.first <= frame_idx + 0.5 <= self._span.last:
            return
        x, y = self._span.x(frame_idx + 0.5), TOP
        self._painter.setPen(QPen(self._colors.chosen, 1.5))
        self._painter.drawLine(QPointF(x, y), QPointF(x, self._bottom))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colors.chosen)
        flag = [QPointF(x, y), QPointF(x + 7, y + 3), QPointF(x, y + 6)]
        self._painter.drawPolygon(QPolygonF(flag))

    def handle(self, frame_idx: int, *, is_held: bool) -> None:
        """Draw the handle on the current frame, with its number."""
        span, painter = self._span, self._painter
        middle = frame_idx + 0.5
        if not span.first <= middle <= span.last:
            return
        x = span.x(middle)
        height = self._bottom - TOP
        painter.fillRect(QRectF(x - 1.75, TOP - 2, 3.5, height + 3), _clear(self._colors.base, 0.8))
        painter.fillRect(QRectF(x - 0.75, TOP - 2, 1.5, height + 4), self._colors.text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors.text)
        text = number(frame_idx)
        body = self._handle_body(frame_idx)
        tip = [
            QPointF(x - 4, body.y() + 0.5),
            QPointF(x, body.y() - 3),
            QPointF(x + 4, body.y() + 0.5),
        ]
        painter.drawPolygon(QPolygonF(tip))
        self._fill_tag(body, text, self._colors.chosen if is_held else self._colors.text)

    def hover(self, frame_idx: int) -> None:
        """Draw a thin line on the frame under the mouse."""
        x = self._span.x(frame_idx + 0.5)
        self._painter.fillRect(
            QRectF(x - 0.5, TOP, 1, self._bottom - TOP), _clear(self._colors.text, 0.45)
        )

    def axis(self, title: str, bottom: str, top: str) -> None:
        """Write beside the graph what it is, and its least and greatest value."""
        lane = self._lanes.graph
        for text, y, is_right in (
            (title, lane.y, False),
            (top, lane.y, True),
            (bottom, lane.bottom - self._metrics.height(), True),
        ):
            width = self._metrics.horizontalAdvance(text) + 6
            x = self._span.left + (self._span.width - width if is_right else 0)
            area = QRectF(x, y, width, self._metrics.height())
            self._painter.fillRect(area, _clear(self._colors.base, 0.85))
            self._painter.setPen(self._colors.text)
            self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def note(self, text: str, lane: Lane) -> None:
        """Write something into a lane that is still empty."""
        self._painter.setPen(self._colors.faint)
        area = QRectF(self._span.left + 6, lane.y - 4, self._span.width, lane.height + 8)
        self._painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)

    def row_bar(self, first: int) -> None:
        """Draw which rows of tracks are visible."""
        lanes = self._lanes
        lane = lanes.tracks
        x = self._span.left + self._span.width + 4
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._colors.lane)
        self._painter.drawRoundedRect(QRectF(x, lane.y, 4, lane.height), 2, 2)
        height = max(lane.height * lanes.n_visible / lanes.n_rows, 10.0)
        share = first / max(lanes.n_rows - lanes.n_visible, 1)
        y = lane.y + share * (lane.height - height)
        self._painter.setBrush(self._colors.faint)
        self._painter.drawRoundedRect(QRectF(x, y, 4, height), 2, 2)

    def _body(self, x: float, width: float, lane: Lane) -> QRectF:
        """Return where a tag about a place goes: inside of the widget."""
        whole = self._span.left * 2 + self._span.width
        left = min(max(x - width / 2, 1.0), whole - width - 1)
        return QRectF(left, lane.y + 2.5, width, lane.height - SCROLL - 2)

    def _handle_body(self, frame_idx: int) -> QRectF:
        """Return where the number of the current frame is written."""
        width = max(self._metrics.horizontalAdvance(number(frame_idx)) + 12, 22.0)
        return self._body(self._span.x(frame_idx + 0.5), width, self._lanes.ruler)

    def _fill_tag(self, body: QRectF, text: str, color: QColor) -> None:
        """Write into a box, in place of the numbers of the ruler that it meets."""
        near = body.adjusted(-4, 0, 4, 0)
        for _, area in [one for one in self._numbers if one[1].intersects(near)]:
            self._painter.fillRect(area.adjusted(-1, 0.5, 1, 0), self._colors.base)
        self._numbers = [one for one in self._numbers if not one[1].intersects(near)]
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        self._painter.drawRoundedRect(body, 4, 4)
        self._painter.setPen(self._colors.base)
        self._painter.drawText(body, Qt.AlignmentFlag.AlignCenter, text)


def _rooms(left: float, right: float, body: QRectF) -> list[tuple[float, float]]:
    """Return the parts of a stretch that are free of a box, the widest first."""
    if body.right() < left or body.left() > right:
        return [(left, right)]
    parts = [(left, body.left()), (body.right(), right)]
    return sorted(parts, key=lambda part: part[0] - part[1])


def _clear(color: QColor, share: float) -> QColor:
    clear = QColor(color)
    clear.setAlphaF(share)
    return clear
