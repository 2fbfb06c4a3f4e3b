"""The points of one instance: rows of a table, from arrays or by name."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.core.skeleton import Skeleton
from sleap.core.tables import Rows
from sleap.errors import LabelsError

PointsLike = npt.ArrayLike | Mapping[str, Sequence[float]]


def make_points(skeleton: Skeleton, points: PointsLike | None, dtype: "np.dtype[Any]") -> Rows:
    """Make the points of an instance.

    Args:
        skeleton: What they mean.
        points: (n_nodes, 2), (x, y) in pixels, NaN if missing; or node names to (x, y), the
            others missing; or None, all missing.
        dtype: ``POINTS`` or ``PRED_POINTS``.

    Returns:
        (n_nodes,) rows; what is not missing is visible.

    Raises:
        LabelsError: If the points do not fit the skeleton.
    """
    n_nodes = skeleton.n_nodes
    xy = np.full((n_nodes, 2), np.nan)
    if isinstance(points, Mapping):
        for name, point in points.items():
            xy[skeleton.index(name)] = point
    elif points is not None:
        given = np.asarray(points, np.float64)
        if given.shape != (n_nodes, 2):
            raise LabelsError(
                f"Points of shape {given.shape} do not fit {skeleton}: expected ({n_nodes}, 2)."
            )
        xy = given
    rows = np.zeros(n_nodes, dtype)
    rows["x"], rows["y"] = xy[:, 0], xy[:, 1]
    rows["visible"] = ~np.isnan(xy).any(axis=1)
    return rows
