"""A small drawing of one conflict: what is in this project, and what is in the other."""

import numpy as np
from attrs import frozen
from qtpy.QtCore import QPointF, QRectF, QSize, Qt
from qtpy.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from qtpy.QtWidgets import QSizePolicy, QWidget

from sleap.core.arrays import gather_points
from sleap.core.labels import Labels
from sleap.core.merge import MergePlan
from sleap.core.store import Store
from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.gui.forms.tones import is_dark

BASE_COLOR = ("#0b63b5", "#6db3ff")
NEW_COLOR = ("#b5480b", "#ffab6d")
"""On light and on dark ground; told apart by the dashes, too."""

_MARGIN = 14
_LEGEND = 22


@frozen(eq=False)
class Drawn:
    """Instances of one side.

    Attributes:
        points: (n_instances, n_nodes, 2) px of the full frame, NaN where missing.
        edges: For each instance, pairs of indices of nodes.
    """

    points: FloatArray
    edges: list[list[tuple[int, int]]]


class ConflictDrawing(QWidget):
    """Draws the instances that either side has and the other has not.

    Args:
        base: The labels merged into.
        plan: The plan of the merge.
        parent: The parent.
    """

    def __init__(self, base: Labels, plan: MergePlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base, self._plan = base, plan
        self.sides: tuple[Drawn, Drawn] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 150)
        self.setAccessibleName("Drawing of the selected conflict")

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(300, 240)

    def show_conflict(self, number: int) -> None:
        """Draw one of the conflicts of the plan; -1 for none."""
        self.sides = None
        if number >= 0:
            conflict = self._plan.conflicts[number]
            place, kind = int(conflict["place"]), int(conflict["kind"])
            seen = self._plan.comparison
            old = seen.base_rows[seen.base_places == place]
            new = seen.new_rows[(seen.new_places == place) & (seen.same < 0)]
            self.sides = (_take(self._base, old, kind), _take(self._plan.new, new, kind))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, both sides and what the colours mean."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self.sides is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Select a conflict")
            return
        dark = is_dark(self.palette())
        styles = (
            (BASE_COLOR[dark], Qt.PenStyle.SolidLine),
            (NEW_COLOR[dark], Qt.PenStyle.DashLine),
        )
        frame = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN - _LEGEND)
        offset, scale = _fit(self.sides, frame)
        for side, (color, line) in reversed([*zip(self.sides, styles, strict=True)]):
            for points, edges in zip(side.points * scale + offset, side.edges, strict=True):
                _draw(painter, points, edges, QPen(QColor(color), 1.8, line))
        self._legend(painter, styles)

    def _legend(self, painter: QPainter, styles: tuple[tuple[str, Qt.PenStyle], ...]) -> None:
        x, y = float(_MARGIN), self.height() - _LEGEND / 2 - 3
        for text, (color, line) in zip(("This project", "Other project"), styles, strict=True):
            painter.setPen(QPen(QColor(color), 1.8, line))
            painter.drawLine(QPointF(x, y), QPointF(x + 22, y))
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QPointF(x + 28, y + painter.fontMetrics().ascent() / 2 - 1), text)
            x += 28 + width + 18


def _take(labels: Labels, rows: IntArray, kind: int) -> Drawn:
    store: Store = labels.store
    records = store.instances.rows
    rows = rows[records["instance_type"][rows] == kind]
    n_nodes = max((one.n_nodes for one in labels.skeletons), default=0)
    skeletons = [labels.skeletons[int(number)] for number in records["skeleton"][rows]]
    edges = [list(one.edges) for one in skeletons]
    return Drawn(gather_points(store, rows, n_nodes), edges)


def _fit(sides: tuple[Drawn, Drawn], frame: QRectF) -> tuple[FloatArray, float]:
    """Return the shift and the factor that bring all points into a rectangle."""
    points = np.concatenate([side.points.reshape(-1, 2) for side in sides])
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        return np.zeros(2), 1.0
    low, high = points.min(axis=0), points.max(axis=0)
    size = np.maximum(high - low, 1.0)
    scale = float(min(frame.width() / size[0], frame.height() / size[1]))
    center = np.array([frame.center().x(), frame.center().y()])
    return center - (low + high) / 2 * scale, scale


def _draw(painter: QPainter, points: FloatArray, edges: list[tuple[int, int]], pen: QPen) -> None:
    is_there: BoolArray = np.asarray(np.isfinite(points).all(axis=1))
    painter.setPen(pen)
    for a, b in edges:
        if is_there[a] and is_there[b]:
            painter.drawLine(QPointF(*points[a]), QPointF(*points[b]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    for point in points[is_there]:
        painter.drawEllipse(QPointF(*point), 3, 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
