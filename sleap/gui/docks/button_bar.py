"""Buttons side by side, in as many rows as the width asks for."""

from qtpy.QtCore import QEvent, QSize
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import QSizePolicy, QWidget

GAP = 4
"""Pixels between buttons."""


class ButtonBar(QWidget):
    """Lays its widgets out in rows of equal widths, so that nothing is cut off in a narrow dock.

    Args:
        widgets: What is laid out, in order.
        parent: The parent.
    """

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._settle()

    def sizeHint(self) -> QSize:  # noqa: D102
        hints = [widget.sizeHint() for widget in self._widgets]
        wide = sum(hint.width() for hint in hints) + GAP * (len(hints) - 1)
        return QSize(wide, self._height(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        widest = max(widget.sizeHint().width() for widget in self._widgets)
        return QSize(widest, self._height(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._settle()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return bool(super().event(event))

    def _row_height(self) -> int:
        return max(widget.sizeHint().height() for widget in self._widgets)

    def _rows(self, width: int) -> list[list[QWidget]]:
        """Share the widgets among as few rows as have room for them, evenly."""
        count = len(self._widgets)
        shown = [widget for widget in self._widgets if not widget.isHidden()]
        for n_rows in range(1, count + 1):
            size = -(-len(shown) // n_rows)
            rows = [shown[start : start + size] for start in range(0, len(shown), size or 1)]
            if all(_width(row) <= width for row in rows):
                return rows
        return [[widget] for widget in shown]

    def _height(self, width: int) -> int:
        n_rows = max(1, len(self._rows(width)))
        return n_rows * self._row_height() + (n_rows - 1) * GAP

    def _settle(self) -> None:
        if self.height() != self._height(self.width()) or self.minimumHeight() == 0:
            self.setFixedHeight(self._height(self.width()))
        top, high = 0, self._row_height()
        for row in self._rows(self.width()):
            hints = [widget.sizeHint().width() for widget in row]
            spare = max(0, self.width() - _width(row))
            left = 0
            for number, (widget, hint) in enumerate(zip(row, hints, strict=True)):
                extra = spare * (number + 1) // len(row) - spare * number // len(row)
                widget.setGeometry(left, top, hint + extra, high)
                left += hint + extra + GAP
            top += high + GAP


def _width(row: list[QWidget]) -> int:
    return sum(widget.sizeHint().width() for widget in row) + GAP * (len(row) - 1)
