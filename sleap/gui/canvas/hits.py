"""What lies under the cursor."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from attrs import frozen
from qtpy.QtCore import QPointF

from sleap.gui.look import Look
from sleap.gui.overlays.names import Name
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.view import View

FloatArray = npt.NDArray[np.float64]

_REACH = 5.0
"""So many logical pixels beside a node or an edge it is still hit."""

_PADDING = 6.0


@frozen
class Hit:
    """What was hit.

    Attributes:
        row: The instance; -1 for none.
        node: The node, itself or by its name; -1 for none.
        is_name: Whether it was the name.
    """

    row: int = -1
    node: int = -1
    is_name: bool = False


NOTHING = Hit()


def hit_test(
    poses: Sequence[Pose],
    names: Sequence[Name],
    view: View,
    look: Look,
    at: QPointF,
    selected: int = -1,
    accepts: Callable[[Pose], bool] = lambda pose: True,
) -> Hit:
    """Find what lies under a position of the widget.

    The nearest node within reach counts most, then a name, then the nearest edge, then the
    smallest box around an instance. Of nodes equally near those of the selected instance count
    first, then those painted last.

    Args:
        poses: The instances, in the order in which they are painted.
        names: The names painted.
        view: How the frame is seen.
        look: How large nodes are.
        at: Logical px of the widget.
        selected: Row of the selected instance.
        accepts: Which instances can be hit.
    """
    here = np.array([at.x(), at.y()])
    candidates = [pose for pose in reversed(poses) if accepts(pose)]
    candidates.sort(key=lambda pose: pose.row != selected)
    reach = look.marker_size + _REACH
    best, least = NOTHING, reach
    for pose in candidates:
        shown = pose.shown(look.show_non_visible)
        if not shown.any():
            continue
        distances = np.hypot(*(view.place(pose.points) - here).T)
        distances[~shown] = np.inf
        node = int(np.argmin(distances))
        if distances[node] < least - 1e-9:
            best, least = Hit(pose.row, node), float(distances[node])
    if best is not NOTHING:
        return best
    rows = {pose.row for pose in candidates}
    for name in names:
        if name.row in rows and name.box.contains(at):
            return Hit(name.row, name.node, True)
    return near_edge(candidates, view, look, at) or _in_box(candidates, view, look, at)


def near_edge(poses: Sequence[Pose], view: View, look: Look, at: QPointF) -> Hit | None:
    """Find the instance with the nearest edge within reach; None if there is none."""
    here = np.array([at.x(), at.y()])
    best, least = None, _REACH
    if not look.show_edges:
        return None
    for pose in poses:
        shown = pose.shown(look.show_non_visible)
        kept = [edge for edge in pose.skeleton.edges if shown[edge[0]] and shown[edge[1]]]
        if not kept:
            continue
        places = view.place(pose.points)
        ends = np.array(kept)
        distance = float(_distances(here, places[ends[:, 0]], places[ends[:, 1]]).min())
        if distance < least:
            best, least = Hit(pose.row), distance
    return best


def _distances(here: FloatArray, start: FloatArray, end: FloatArray) -> FloatArray:
    """Return (n,) how far a point is from each of (n, 2) to (n, 2) lines."""
    along = end - start
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((here - start) * along).sum(axis=1) / squared, 0, 1)
    return np.asarray(np.hypot(*(start + share[:, None] * along - here).T))


def _in_box(poses: Sequence[Pose], view: View, look: Look, at: QPointF) -> Hit:
    best, least = NOTHING, np.inf
    for pose in poses:
        shown = pose.points[pose.shown(look.show_non_visible)]
        if not len(shown):
            continue
        low, high = shown.min(axis=0), shown.max(axis=0)
        box = view.place_box(*low, *high).adjusted(-_PADDING, -_PADDING, _PADDING, _PADDING)
        area = box.width() * box.height()
        if box.contains(at) and area < least:
            best, least = Hit(pose.row), area
    return best


def nodes_in(
    poses: Sequence[Pose], box: tuple[float, float, float, float], look: Look, selected: int = -1
) -> tuple[int, frozenset[int]]:
    """Find the nodes of one instance in a box: of the selected one, else of that with the most.

    Args:
        poses: The instances.
        box: (x0, y0, x1, y1) px of the frame, in either order.
        look: Whether nodes marked as hidden are seen.
        selected: Row of the selected instance.

    Returns:
        The row and the nodes; -1 and none if there is no node of an instance the user set.
    """
    low, high = np.minimum(box[:2], box[2:]), np.maximum(box[:2], box[2:])
    found: dict[int, frozenset[int]] = {}
    for pose in poses:
        if pose.is_predicted:
            continue
        inside = ((pose.points >= low) & (pose.points <= high)).all(axis=1)
        nodes = np.flatnonzero(inside & pose.shown(look.show_non_visible)).tolist()
        if nodes:
            found[pose.row] = frozenset(nodes)
    if not found:
        return -1, frozenset()
    row = selected if selected in found else max(found, key=lambda row: len(found[row]))
    return row, found[row]
