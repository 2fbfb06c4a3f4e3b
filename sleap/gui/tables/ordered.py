"""A table whose rows the user puts into another order, by dragging or with keys."""

from qtpy.QtCore import QPoint, Qt, Signal
from qtpy.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from qtpy.QtWidgets import QApplication, QWidget

from sleap.gui.tables.model import TableModel
from sleap.gui.tables.view import TableView


class OrderedTableView(TableView):
    """Rows move by dragging them, or by Alt with the keys up and down.

    Args:
        model: What is shown; not sorted by any column.
        empty: What is said where there are no rows.
        parent: The parent.

    Signals:
        moved(int, int): A row is to move to a place; places are counted without it.
    """

    moved = Signal(int, int)

    def __init__(self, model: TableModel, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(model, empty, parent=parent)
        self._pressed: QPoint | None = None
        self._row = -1
        self._gap = -1

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if is_left and index.isValid() else None
        self._row = index.row() if is_left else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        place = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        distance = abs(place.y() - self._pressed.y())
        if self._gap >= 0 or distance >= QApplication.startDragDistance():
            self._gap = self._gap_at(place.y())
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        row, gap = self._row, self._gap
        self._stop()
        super().mouseReleaseEvent(event)
        if gap >= 0 and gap not in (row, row + 1):
            self.moved.emit(row, gap - (gap > row))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if self._gap >= 0 and event.key() == Qt.Key.Key_Escape:
            self._stop()
            return
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def move_current(self, step: int) -> None:
        """Ask for the selected row to move up (-1) or down (1)."""
        rows = self.selected()
        if len(rows) == 1 and 0 <= rows[0] + step < self.table.n_rows:
            self.moved.emit(rows[0], rows[0] + step)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        if self._gap < 0:
            return
        last = self.table.n_rows - 1
        if self._gap <= last:
            y = self.visualRect(self.table.index(self._gap, 0)).top()
        else:
            y = self.visualRect(self.table.index(last, 0)).bottom()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self.palette().highlight().color(), 3))
        painter.drawLine(2, max(1, y), self.viewport().width() - 2, max(1, y))
        painter.end()

    def _gap_at(self, y: int) -> int:
        """Return the gap between rows that is nearest to a height; 0 is above the first."""
        index = self.indexAt(QPoint(4, y))
        if not index.isValid():
            return 0 if y < 0 else self.table.n_rows
        rect = self.visualRect(index)
        return int(index.row() + (y > rect.center().y()))

    def _stop(self) -> None:
        self._pressed, self._row, self._gap = None, -1, -1
        self.viewport().unsetCursor()
        self.viewport().update()
