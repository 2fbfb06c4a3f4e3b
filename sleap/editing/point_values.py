"""New values of points, however an edit gives them."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray, Rows
from sleap.errors import LabelsError

NewPoint = Sequence[float | bool]
"""(x, y), (x, y, visible) or (x, y, visible, complete)."""

PointsLike = npt.ArrayLike | Mapping[str, NewPoint] | Mapping[int, NewPoint]


def as_points(skeleton: Skeleton, old: Rows, points: PointsLike) -> tuple[IntArray, Rows]:
    """Make rows of a table of points.

    Args:
        skeleton: What the points mean.
        old: (n_nodes,) the points as they are, of either type.
        points: See ``Transaction.set_points``.

    Returns:
        (n,) indices of nodes, and (n,) points of the type of ``old``.

    Raises:
        LabelsError: If the points do not fit the skeleton.
    """
    new = old.copy()
    if isinstance(points, Mapping):
        nodes = [skeleton.index(node) for node in points]
        for node, point in zip(nodes, points.values(), strict=True):
            _set(new, old, node, point)
        places = np.array(nodes, np.int64)
        return places, new[places]
    given = np.asarray(points)
    if given.dtype.names:
        if given.shape != old.shape:
            raise LabelsError(f"{len(given)} points do not fit {skeleton}.")
        for name in set(given.dtype.names) & set(new.dtype.names or ()):
            new[name] = given[name]
    else:
        if given.shape != (len(old), 2):
            raise LabelsError(
                f"Points of shape {given.shape} do not fit {skeleton}: expected ({len(old)}, 2)."
            )
        for node, point in enumerate(given.tolist()):
            _set(new, old, node, point)
    return np.arange(len(old)), new


def _set(new: Rows, old: Rows, node: int, point: NewPoint) -> None:
    if not 2 <= len(point) <= 4:
        raise LabelsError(f"A point is (x, y[, visible[, complete]]), got {tuple(point)}.")
    x, y = float(point[0]), float(point[1])
    new["x"][node], new["y"][node] = x, y
    is_missing = bool(np.isnan(x) or np.isnan(y))
    if len(point) > 2:
        new["visible"][node] = bool(point[2])
    elif is_missing or np.isnan(old["x"][node]):
        new["visible"][node] = not is_missing
    if len(point) > 3:
        new["complete"][node] = bool(point[3])
