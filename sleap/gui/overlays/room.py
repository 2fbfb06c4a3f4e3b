"""Which parts of a widget are taken by texts, so that the next goes elsewhere."""

from math import ceil, floor

import numpy as np
from qtpy.QtCore import QRectF

_CELL = 4
_AROUND = 64  # a margin outside, where a text would be cut


class Room:
    """The space that names and tags have taken, in cells of a few pixels; outside all is taken.

    Args:
        width: Of the widget, logical px.
        height: Of the widget, logical px.
    """

    def __init__(self, width: int, height: int) -> None:
        shape = tuple(side // _CELL + 2 * _AROUND // _CELL + 1 for side in (height, width))
        self._cells = np.ones(shape, bool)
        margin = _AROUND // _CELL
        self._cells[margin : -margin - 1, margin : -margin - 1] = False

    def overlap(self, left: float, top: float, width: float, height: float) -> float:
        """Return which share of a box is taken, 0 to 1."""
        part = self._part(left, top, width, height)
        return int(np.count_nonzero(part)) / part.size if part.size else 1.0

    def take(self, box: QRectF) -> None:
        """Enter a box."""
        self._part(box.left(), box.top(), box.width(), box.height())[...] = True

    def _part(self, left: float, top: float, width: float, height: float) -> np.ndarray:
        left, top = max(left + _AROUND, 0), max(top + _AROUND, 0)
        return self._cells[
            floor(top / _CELL) : ceil((top + height) / _CELL),
            floor(left / _CELL) : ceil((left + width) / _CELL),
        ]
