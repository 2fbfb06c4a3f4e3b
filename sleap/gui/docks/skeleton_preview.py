"""A drawing of a skeleton, on which nodes are selected and edges drawn with the mouse."""

import numpy as np
from qtpy.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from qtpy.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from qtpy.QtWidgets import QSizePolicy, QToolTip, QWidget

from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray
from sleap.gui.forms.tones import is_dark

MARGIN = 16
"""Pixels between the drawing and the border."""

RADIUS = 4.5
"""Of a node, pixels."""

REACH = 10.0
"""Pixels from its middle within which a node is hit."""

ARROW = 6.0
"""Length of the arrow in the middle of an edge, pixels."""


class SkeletonPreview(QWidget):
    """Draws a skeleton; names are drawn where there is room, and told by the mouse elsewhere.

    Args:
        parent: The parent.

    Signals:
        node_clicked(int): A node was clicked.
        edge_drawn(int, int): A line was drawn from a node to another.
    """

    node_clicked = Signal(int)
    edge_drawn = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._skeleton = Skeleton()
        self._places: FloatArray = np.empty((0, 2))
        self._selected = -1
        self._hovered = -1
        self._origin = -1
        self._end: QPointF | None = None
        self.setMouseTracking(True)
        self.setMinimumHeight(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Drawing of the skeleton")

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(240, 170)

    def show_skeleton(self, skeleton: Skeleton, places: FloatArray) -> None:
        """Draw a skeleton.

        Args:
            skeleton: The skeleton.
            places: (n_nodes, 2) where its nodes lie, in no unit, y downwards.
        """
        self._skeleton, self._places = skeleton, places
        self._selected, self._hovered, self._origin = -1, -1, -1
        self.update()

    def select(self, node: int) -> None:
        """Mark a node; -1 for none."""
        self._selected = node
        self.update()

    def node_place(self, node: int) -> QPointF:
        """Return where a node is drawn, pixels of the widget."""
        x, y = self._fitted()[node]
        return QPointF(float(x), float(y))

    # -- drawing --------------------------------------------------------------------------------

    def _fitted(self) -> FloatArray:
        """Return the places as pixels of the widget."""
        places = self._places
        if not len(places):
            return places
        low, high = places.min(axis=0), places.max(axis=0)
        above = self.fontMetrics().height()
        room = np.array((self.width(), self.height() - above)) - 2 * MARGIN
        extent = np.maximum(high - low, 1e-9)
        scale = float(np.min(np.maximum(room, 1) / extent)) if len(places) > 1 else 1.0
        middle = np.array((self.width(), self.height() + above)) / 2
        fitted: FloatArray = middle + (places - (low + high) / 2) * scale
        return fitted

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = self.palette().mid().color()
        painter.setPen(QPen(border, 1))
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        points = [QPointF(float(x), float(y)) for x, y in self._fitted()]
        if not points:
            painter.setPen(self._tone(0.6))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            text = "No skeleton yet.\nAdd nodes, load one, or choose a template."
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), flags, text)
            return
        self._draw_edges(painter, points)
        self._draw_nodes(painter, points)
        self._draw_names(painter, points)

    def _draw_edges(self, painter: QPainter, points: list[QPointF]) -> None:
        color = self._tone(0.55)
        painter.setBrush(color)
        for source, destination in self._skeleton.edges:
            start, end = points[source], points[destination]
            painter.setPen(QPen(color, 1.6))
            painter.drawLine(start, end)
            painter.setPen(Qt.PenStyle.NoPen)
            arrow = _arrow(start, end)
            if arrow is not None:
                painter.drawPolygon(arrow)
        if self._origin >= 0 and self._end is not None:
            painter.setPen(QPen(self.palette().highlight().color(), 2, Qt.PenStyle.DashLine))
            painter.drawLine(points[self._origin], self._end)

    def _draw_nodes(self, painter: QPainter, points: list[QPointF]) -> None:
        partners = {a for pair in self._skeleton.symmetries for a in pair}
        marked = {self._selected, self._hovered, self._origin}
        for node, point in enumerate(points):
            is_marked = node in marked
            color = _node_color(node in partners, is_dark(self.palette()))
            painter.setPen(QPen(self.palette().base().color(), 1.5))
            painter.setBrush(self.palette().highlight().color() if is_marked else color)
            radius = RADIUS + 1.5 * is_marked
            painter.drawEllipse(point, radius, radius)

    def _draw_names(self, painter: QPainter, points: list[QPointF]) -> None:
        """Write names beside nodes, but not over one another; that of a marked node in any case."""
        metrics = self.fontMetrics()
        high = metrics.height()
        taken = [QRectF(one.x() - 5, one.y() - 5, 10, 10) for one in points]
        inside = QRectF(self.rect()).adjusted(3, 2, -3, -2)
        first = [one for one in (self._hovered, self._selected) if one >= 0]
        order = [*first, *(node for node in range(len(points)) if node not in first)]
        painter.setPen(self._tone(0.9))
        for node in dict.fromkeys(order):
            text, point = self._skeleton.node_names[node], points[node]
            wide = metrics.horizontalAdvance(text) + 2
            for rect in _sides(point, wide, high):
                others = taken[:node] + taken[node + 1 :]
                if inside.contains(rect) and not any(rect.intersects(one) for one in others):
                    taken.append(rect)
                    self._write(painter, rect, text)
                    break

    def _write(self, painter: QPainter, rect: QRectF, text: str) -> None:
        """Write a name, on a rim in the colour of the ground that keeps lines off it."""
        metrics = self.fontMetrics()
        path = QPainterPath()
        top = rect.top() + (rect.height() - metrics.height()) / 2
        path.addText(QPointF(rect.left() + 1, top + metrics.ascent()), self.font(), text)
        painter.strokePath(path, QPen(self.palette().base().color(), 3))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _tone(self, weight: float) -> QColor:
        color = QColor(self.palette().text().color())
        color.setAlphaF(weight)
        return color

    # -- the mouse ------------------------------------------------------------------------------

    def node_at(self, place: QPointF) -> int:
        """Return the node nearest to a place, pixels of the widget; -1 if none is near."""
        fitted = self._fitted()
        if not len(fitted):
            return -1
        away = np.hypot(*(fitted - (place.x(), place.y())).T)
        nearest = int(away.argmin())
        return nearest if away[nearest] <= REACH else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if event.button() == Qt.MouseButton.LeftButton:
            self._origin, self._end = self.node_at(event.position()), None
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self._hovered = self.node_at(event.position())
        if self._origin >= 0:
            self._end = event.position()
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._hovered >= 0 else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        origin, target = self._origin, self.node_at(event.position())
        self._origin, self._end = -1, None
        self.update()
        if origin < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        if target == origin:
            self.node_clicked.emit(origin)
        elif target >= 0:
            self.edge_drawn.emit(origin, target)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: D102
        self._hovered = -1
        self.update()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            node = self.node_at(QPointF(event.pos()))
            text = self._tip(node) if node >= 0 else TIP if self._skeleton.n_nodes else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))

    def _tip(self, node: int) -> str:
        names = self._skeleton.node_names
        partner = next(
            (b if a == node else a for a, b in self._skeleton.symmetries if node in (a, b)), -1
        )
        return names[node] if partner < 0 else f"{names[node]}, mirrored by {names[partner]}"


TIP = "Click a node to select it; drag from one node to another to join them by an edge"


def _sides(point: QPointF, wide: float, high: float) -> list[QRectF]:
    """Return where a name may stand: right of its node, left, above, below."""
    x, y, gap = point.x(), point.y(), RADIUS + 3
    return [
        QRectF(x + gap, y - high / 2, wide, high),
        QRectF(x - gap - wide, y - high / 2, wide, high),
        QRectF(x - wide / 2, y - gap - high, wide, high),
        QRectF(x - wide / 2, y + gap, wide, high),
    ]


def _arrow(start: QPointF, end: QPointF) -> QPolygonF | None:
    """Return the arrow in the middle of an edge; None of one that is too short."""
    dx, dy = end.x() - start.x(), end.y() - start.y()
    length = float(np.hypot(dx, dy))
    if length < 3.5 * ARROW:
        return None
    dx, dy = dx / length * ARROW, dy / length * ARROW
    x, y = (start.x() + end.x()) / 2, (start.y() + end.y()) / 2
    return QPolygonF(
        [
            QPointF(x + dx * 0.6, y + dy * 0.6),
            QPointF(x - dx * 0.5 - dy * 0.45, y - dy * 0.5 + dx * 0.45),
            QPointF(x - dx * 0.5 + dy * 0.45, y - dy * 0.5 - dx * 0.45),
        ]
    )


def _node_color(has_partner: bool, is_on_dark: bool) -> QColor:
    """Return the colour of a node: those that have a mirror image are told apart."""
    if has_partner:
        return QColor("#f2a65a" if is_on_dark else "#c8641b")
    return QColor("#62b0f0" if is_on_dark else "#1f6fb5")
