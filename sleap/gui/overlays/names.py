"""Where the names of nodes go, and painting them."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QPainter

from sleap.gui.look import Look
from sleap.gui.overlays.colors import COMPLETE, INCOMPLETE
from sleap.gui.overlays.instances import node_radius
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.room import Room
from sleap.gui.overlays.text import Sprites
from sleap.gui.overlays.view import View

_ALLOWED, _ALLOWED_SELECTED = 0.06, 0.2
"""Of a name so much may lie under others before it is left out."""


@frozen
class Name:
    """A name in the widget.

    Attributes:
        row: The instance.
        node: The node.
        box: Where it lies, logical px.
        text: What it says.
        is_complete: Whether the user confirmed the node.
    """

    row: int
    node: int
    box: QRectF
    text: str
    is_complete: bool


def lay_out_names(
    poses: Sequence[Pose],
    view: View,
    look: Look,
    sprites: Sprites,
    room: Room,
    selected: int = -1,
) -> list[Name]:
    """Find a place beside each node for its name.

    A name goes to the side of its node that points away from the instance, else to another one.
    Where there is no room it is left out, of the selected instance last: enlarged, more can be
    read, and a tip names every node. Predictions have no names.

    Args:
        poses: The instances of the frame.
        view: How they are seen.
        look: Size of names and nodes.
        sprites: Measures texts.
        room: What is taken already; what the names take is entered.
        selected: Row of the selected instance, which is served first.

    Returns:
        The names that fit.
    """
    names = []
    users = [pose for pose in poses if not pose.is_predicted]
    users.sort(key=lambda pose: pose.row != selected)
    for pose in users:
        shown = pose.shown(look.show_non_visible)
        if not shown.any():
            continue
        places = view.place(pose.points)
        middle_x, middle_y = places[shown].mean(axis=0).tolist()
        gap = node_radius(pose, look) + 1.5
        allowed = _ALLOWED_SELECTED if pose.row == selected else _ALLOWED
        for node in np.flatnonzero(shown).tolist():
            x, y = places[node].tolist()
            if not (-64 < x < view.size[0] + 64 and -64 < y < view.size[1] + 64):
                continue
            text = pose.skeleton.node_names[node]
            size = sprites.size(text, look.label_size)
            width, height = size.width(), size.height()
            box, taken = _best_place((x, y), (middle_x, middle_y), (width, height), gap, room)
            if taken > allowed:
                continue
            room.take(box)
            names.append(Name(pose.row, node, box, text, bool(pose.complete[node])))
    return names


def _best_place(
    at: tuple[float, float],
    middle: tuple[float, float],
    size: tuple[float, float],
    gap: float,
    room: Room,
) -> tuple[QRectF, float]:
    """Return the first free of eight boxes around a node, else the freest; and how taken it is."""
    x, y = at
    width, height = size
    right, left = x + gap, x - gap - width
    below, above = y + gap * 0.4, y - gap * 0.4 - height
    level, centred = y - height / 2, x - width / 2
    under, over = y + gap, y - gap - height
    outer_x, inner_x = (right, left) if x >= middle[0] else (left, right)
    outer_y, inner_y = (below, above) if y >= middle[1] else (above, below)
    outer_end, inner_end = (under, over) if y >= middle[1] else (over, under)
    best, least = (outer_x, outer_y), 2.0
    for place in (
        (outer_x, outer_y),
        (outer_x, level),
        (inner_x, outer_y),
        (outer_x, inner_y),
        (centred, outer_end),
        (inner_x, level),
        (inner_x, inner_y),
        (centred, inner_end),
    ):
        taken = room.overlap(*place, width, height)
        if taken < least:
            best, least = place, taken
            if not taken:
                break
    return QRectF(*best, width, height), least


def paint_names(
    painter: QPainter, names: Sequence[Name], look: Look, sprites: Sprites, ratio: float
) -> None:
    """Paint names: green if the user confirmed the node, else red."""
    for name in names:
        at = name.box.topLeft()
        snapped = QPointF(round(at.x() * ratio) / ratio, round(at.y() * ratio) / ratio)
        color = COMPLETE if name.is_complete else INCOMPLETE
        sprites.paint(painter, snapped, name.text, color, look.label_size, ratio)
