"""Which parts of a widget are taken by texts, so that the next goes elsewhere."""

from math import ceil, floor

import numpy as np
from qtpy.QtCore import QRectF

_CELL = 4
_AROUND = 64  # names of nodes just out of sight count, too


class Room:
    """The space that names and tags have taken, in cells of a few pixels.

    Args:
        width: Of the widget, logical px.
        height: Of the widget, logical px.
    """

    def __init__(self, width: int, height: int) -> None:
        shape = tuple(side // _CELL + 2 * _AROUND // _CELL + 1 for side in (height, width))
        self._cells = np.zeros(shape, bool)

    def overlap(self, left: float, top: float, width: float, height: float) -> float:
        """Return which share of a box is taken, 0 to 1; what lies far outside counts as free."""
        part = self._part(left, top, width, height)
        return int(np.count_nonzero(part)) / part.size if part.size else 0.0

    def take(self, box: QRectF) -> None:
        """Enter a box."""
        self._part(box.left(), box.top(), box.width(), box.height())[...] = True

    def _part(self, left: float, top: float, width: float, height: float) -> np.ndarray:
        left, top = max(left + _AROUND, 0), max(top + _AROUND, 0)
        return self._cells[
            floor(top / _CELL) : ceil((top + height) / _CELL),
            floor(left / _CELL) : ceil((left + width) / _CELL),
        ]
