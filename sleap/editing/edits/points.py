"""Points of one user instance: moved, turned, hidden, marked."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from sleap.core.instance import XY, Instance
from sleap.core.tables import BoolArray, Rows
from sleap.editing.edits.lookup import user_row
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

Node = str | int


def move_node(tx: Transaction, instance: Instance, node: Node, x: float, y: float) -> None:
    """Put a node somewhere and mark it complete.

    A missing node becomes visible; one that is marked as not visible stays so.

    Args:
        tx: The transaction.
        instance: A user instance.
        node: Name or index.
        x: Where to, pixels of the full frame.
        y: Where to, pixels of the full frame.

    Raises:
        LabelsError: If the instance is a prediction, there is no such node, or no such place.
    """
    move_nodes(tx, instance, {node: (x, y)})


def move_nodes(tx: Transaction, instance: Instance, places: Mapping[Node, XY]) -> None:
    """Put several nodes somewhere and mark them complete, as ``move_node``.

    Args:
        tx: The transaction.
        instance: A user instance.
        places: (x, y) in pixels of the full frame, by name or index of the node.

    Raises:
        LabelsError: If the instance is a prediction, there is no such node, or no such place.
    """
    points = _copy(tx, instance)
    for node, xy in places.items():
        point = points[instance.skeleton.index(node) :][:1]
        point["visible"] |= np.isnan(point["x"])
        point["x"], point["y"] = _check(xy)
        point["complete"] = True
    tx.set_points(instance.row, points)


def shift_nodes(
    tx: Transaction, nodes: Iterable[tuple[Instance, Node]], dx: float, dy: float
) -> None:
    """Move chosen nodes of any user instances by as much and mark them complete.

    Missing nodes stay missing.

    Args:
        tx: The transaction.
        nodes: Instance, and name or index of the node.
        dx: How far to the right, pixels.
        dy: How far down, pixels.

    Raises:
        LabelsError: If an instance is a prediction or there is no such node.
    """
    groups: dict[int, tuple[Instance, list[int]]] = {}
    for instance, node in nodes:
        row = user_row(tx.store, instance)
        groups.setdefault(row, (instance, []))[1].append(instance.skeleton.index(node))
    step = _check((dx, dy))
    for instance, chosen in groups.values():
        points = _copy(tx, instance)
        is_chosen = np.zeros(len(points), bool)
        is_chosen[chosen] = True
        is_chosen &= _is_there(points)
        _shift(points, is_chosen, step)
        points["complete"] |= is_chosen
        tx.set_points(instance.row, points)


def move_instance(tx: Transaction, instance: Instance, dx: float, dy: float) -> None:
    """Move a whole user instance; what is marked complete or not visible stays so.

    Args:
        tx: The transaction.
        instance: A user instance.
        dx: How far to the right, pixels.
        dy: How far down, pixels.

    Raises:
        LabelsError: If the instance is a prediction.
    """
    points = _copy(tx, instance)
    _shift(points, np.ones(len(points), bool), _check((dx, dy)))
    tx.set_points(instance.row, points)


def rotate_instance(tx: Transaction, instance: Instance, node: Node, degrees: float) -> None:
    """Turn a whole user instance about one of its nodes, which stays where it is.

    Args:
        tx: The transaction.
        instance: A user instance.
        node: Name or index of a node that is not missing.
        degrees: How far; clockwise as seen on the screen, where y points down.

    Raises:
        LabelsError: If the instance is a prediction, or the node is missing.
    """
    points = _copy(tx, instance)
    center = points[instance.skeleton.index(node)]
    if np.isnan(center["x"]):
        raise LabelsError(f"Cannot rotate about node '{node}': it has no place on this instance.")
    x0, y0 = float(center["x"]), float(center["y"])
    angle = np.deg2rad(degrees)
    x, y = points["x"] - x0, points["y"] - y0
    points["x"] = x0 + np.cos(angle) * x - np.sin(angle) * y
    points["y"] = y0 + np.sin(angle) * x + np.cos(angle) * y
    tx.set_points(instance.row, points)


def place_points(tx: Transaction, instance: Instance, points: npt.ArrayLike) -> None:
    """Put all points of a user instance where a drag left them.

    Args:
        tx: The transaction.
        instance: A user instance.
        points: (n_nodes, 2), (x, y) in pixels of the full frame; NaN: missing.

    Raises:
        LabelsError: If the instance is a prediction, or the points do not fit its skeleton.
    """
    tx.set_points(user_row(tx.store, instance), np.asarray(points, np.float64))


def toggle_visibility(tx: Transaction, instance: Instance, node: Node) -> None:
    """Mark a node as not visible, or as visible again, and as complete.

    Args:
        tx: The transaction.
        instance: A user instance.
        node: Name or index of a node that is not missing.

    Raises:
        LabelsError: If the instance is a prediction, or the node is missing.
    """
    points = _copy(tx, instance)
    index = instance.skeleton.index(node)
    if np.isnan(points["x"][index]):
        raise LabelsError(
            f"Node '{node}' has no place on this instance: put it somewhere before it is marked "
            "as not visible."
        )
    points["visible"][index] ^= True
    points["complete"][index] = True
    tx.set_points(instance.row, points)


def mark_complete(tx: Transaction, instance: Instance) -> None:
    """Mark all nodes of a user instance complete, but for those that are missing.

    Raises:
        LabelsError: If the instance is a prediction.
    """
    points = _copy(tx, instance)
    points["complete"] |= _is_there(points)
    tx.set_points(instance.row, points)


def clear_nodes(tx: Transaction, instance: Instance, nodes: Iterable[Node]) -> None:
    """Let nodes of a user instance be missing.

    Args:
        tx: The transaction.
        instance: A user instance.
        nodes: Names or indices.

    Raises:
        LabelsError: If the instance is a prediction, or there is no such node.
    """
    points = _copy(tx, instance)
    for node in nodes:
        point = points[instance.skeleton.index(node) :][:1]
        point["x"] = point["y"] = np.nan
        point["visible"] = point["complete"] = False
    tx.set_points(instance.row, points)


def _copy(tx: Transaction, instance: Instance) -> Rows:
    points: Rows = tx.store.points_of(user_row(tx.store, instance)).copy()
    return points


def _is_there(points: Rows) -> BoolArray:
    there: BoolArray = ~(np.isnan(points["x"]) | np.isnan(points["y"]))
    return there


def _shift(points: Rows, chosen: BoolArray, step: XY) -> None:
    points["x"][chosen] += step[0]
    points["y"][chosen] += step[1]


def _check(xy: XY) -> XY:
    x, y = (float(value) for value in xy)
    if not (np.isfinite(x) and np.isfinite(y)):
        raise LabelsError(f"({x}, {y}) is no place on a frame: expected two finite numbers.")
    return x, y
