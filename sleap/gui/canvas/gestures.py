"""What the mouse does while a button is held: each gesture previews, and tells once at its end.

Plain Python over a scene, so that each can be tried without a widget.
"""

from collections.abc import Callable, Collection
from typing import Any

import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QPointF, QRectF, Qt

from sleap.gui.canvas.scene import Scene
from sleap.gui.overlays.view import View

FloatArray = npt.NDArray[np.float64]

Told = tuple[str, tuple[Any, ...]]
"""The name of a signal, and what it carries."""

THRESHOLD = 3.0
"""Logical pixels after which a press has become a drag."""


class Gesture:
    """From the press of a button to its release.

    Args:
        start: Where the button was pressed, logical px of the widget.
        click: What is told if it was but a click.
    """

    band: QRectF | None = None
    """A rectangle to paint, px of the widget."""
    is_zoom = False
    cursor = Qt.CursorShape.ArrowCursor
    """What the cursor looks like meanwhile."""

    def __init__(self, start: QPointF, click: Collection[Told] = ()) -> None:
        self.start = start
        self.last = start
        self.has_moved = False
        self._click = list(click)

    def move(self, at: QPointF) -> None:
        """Follow the cursor."""
        offset = at - self.start
        if not self.has_moved and max(abs(offset.x()), abs(offset.y())) < THRESHOLD:
            return
        self.has_moved = True
        self._drag(at)
        self.last = at

    def wheel(self, notches: float) -> bool:
        """Take a turn of the wheel, in eighths of a degree; False to let it zoom."""
        return False

    def finish(self) -> list[Told]:
        """End at the release of the button; return what to tell."""
        return self._drop() if self.has_moved else self._click

    def cancel(self) -> None:
        """End as if nothing had been."""

    def _drag(self, at: QPointF) -> None:
        """Preview."""

    def _drop(self) -> list[Told]:
        return []


class Click(Gesture):
    """A click that is no drag, wherever the cursor goes meanwhile."""

    def finish(self) -> list[Told]:
        """Tell of the click, unless the cursor went away."""
        return [] if self.has_moved else self._click


class Pan(Gesture):
    """Moves the frame."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(
        self, start: QPointF, click: Collection[Told], move_view: Callable[[float, float], None]
    ) -> None:
        super().__init__(start, click)
        self._move_view = move_view

    def _drag(self, at: QPointF) -> None:
        self._move_view(at.x() - self.last.x(), at.y() - self.last.y())

    def cancel(self) -> None:
        """Move the frame back."""
        self._move_view(self.start.x() - self.last.x(), self.start.y() - self.last.y())


class Band(Gesture):
    """Draws a rectangle.

    Args:
        start: Where it begins.
        click: What is told if it was but a click.
        finish: Given the rectangle, px of the widget; returns what to tell.
        is_zoom: Whether it chooses what to see.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self,
        start: QPointF,
        click: Collection[Told],
        finish: Callable[[QRectF], list[Told]],
        is_zoom: bool = False,
    ) -> None:
        super().__init__(start, click)
        self.is_zoom = is_zoom
        self._finish = finish

    def _drag(self, at: QPointF) -> None:
        self.band = QRectF(self.start, at).normalized()

    def _drop(self) -> list[Told]:
        return self._finish(self.band) if self.band is not None else []

    def cancel(self) -> None:
        """Take the rectangle away."""
        self.band = None


class MoveNodes(Gesture):
    """Moves one node, several, or the whole instance; with the wheel the whole turns.

    Args:
        start: Where the button was pressed.
        click: What is told if it was but a click.
        scene: What shows the instance.
        view: Called for the view of the moment.
        row: The instance.
        nodes: Which nodes; None: all of them.
        node: The node that was taken hold of, about which it turns; -1 for none.
    """

    cursor = Qt.CursorShape.BlankCursor

    def __init__(
        self,
        start: QPointF,
        click: Collection[Told],
        scene: Scene,
        view: Callable[[], View],
        row: int,
        nodes: Collection[int] | None,
        node: int,
    ) -> None:
        super().__init__(start, click)
        pose = scene.pose(row)
        assert pose is not None
        self.row, self.node = row, node
        self.nodes = nodes
        self.offset = np.zeros(2)
        self.degrees = 0.0
        self._scene, self._view, self._before = scene, view, pose
        self._from = np.array(view().unplace(start))

    def wheel(self, notches: float) -> bool:
        """Turn the whole instance about the node held: a twentieth of a degree per notch."""
        if self.nodes is not None or self.node < 0:
            return False
        self.degrees += notches / 20
        self._preview()
        return True

    def _drag(self, at: QPointF) -> None:
        self.offset = np.array(self._view().unplace(at)) - self._from
        self._preview()

    def finish(self) -> list[Told]:
        """Tell where the nodes were moved to, and how far the instance was turned."""
        if not self.has_moved and not self.degrees:
            return self._click
        dx, dy = self.offset.tolist()
        if self.nodes is None:
            told: list[Told] = []
            if self.has_moved:
                told.append(("instance_moved", (self.row, dx, dy)))
            if self.degrees:
                told.append(("instance_rotated", (self.row, self.node, self.degrees)))
            return told
        if len(self.nodes) == 1:
            x, y = (self._before.points[self.node] + self.offset).tolist()
            return [("node_moved", (self.row, self.node, x, y))]
        return [("nodes_moved", (self.row, frozenset(self.nodes), dx, dy))]

    def cancel(self) -> None:
        """Put the instance back."""
        self._scene.replace(self._before)

    def _preview(self) -> None:
        points = self._before.points.copy()
        chosen = slice(None) if self.nodes is None else sorted(self.nodes)
        points[chosen] += self.offset
        if self.degrees:
            points = rotate(points, self.node, self.degrees)
        self._scene.replace(self._before.at(points))


def rotate(points: FloatArray, node: int, degrees: float) -> FloatArray:
    """Turn points about one of them, clockwise as seen.

    Args:
        points: (n, 2) px, y downwards; NaN if missing.
        node: About which.
        degrees: How far.
    """
    pivot = points[node]
    angle = np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.asarray((points - pivot) @ turn + pivot)
