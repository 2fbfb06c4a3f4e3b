"""Animals that were found twice, in two overlapping regions or crops."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SHARED = 0.5
"""Share of the points of the smaller pose that must coincide with those of the other."""


def distinct(points: FloatArray, scores: FloatArray, tolerance: float) -> IntArray:
    """Choose one pose of each animal.

    Two poses are of the same animal when at least half of the points of the one with fewer points
    lie on the same nodes of the other.

    Args:
        points: (n, n_nodes, 2), pixels; NaN if not found.
        scores: (n,), confidence of the poses.
        tolerance: Distance up to which two points coincide, pixels.

    Returns:
        (m,), rows of the poses that are kept, those with more points first, then by score; poses
        without points are dropped.
    """
    n_points = (~np.isnan(points[..., 0])).sum(axis=1)
    if len(points) < 2:
        return np.flatnonzero(n_points)
    distances = np.hypot(*np.moveaxis(points[:, None] - points[None], -1, 0))
    with np.errstate(invalid="ignore"):
        n_shared = (distances <= tolerance).sum(axis=2)
    smaller = np.minimum(n_points[:, None], n_points[None])
    is_same = n_shared >= SHARED * np.maximum(smaller, 1)
    kept: list[int] = []
    for row in np.lexsort((-scores, -n_points)):
        if n_points[row] and not is_same[row, kept].any():
            kept.append(int(row))
    return np.array(kept, dtype=np.int64)


def best_first(rows: IntArray, scores: FloatArray, limit: int | None) -> IntArray:
    """Order rows by their score, and keep no more than a limit of them.

    Args:
        rows: (m,), rows of ``scores``.
        scores: (n,), confidence of the poses.
        limit: How many to keep; None: all.

    Returns:
        (k,), the best rows, best first.
    """
    return rows[np.argsort(-scores[rows], kind="stable")][:limit]
