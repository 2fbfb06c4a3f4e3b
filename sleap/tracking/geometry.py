"""Medians, boxes and distances of many poses at once; NaN marks missing points and stays silent."""

import numpy as np

from sleap.core.tables import FloatArray


def median_points(points: FloatArray) -> FloatArray:
    """Take the median of x and of y over the points of each pose.

    Args:
        points: (n, n_nodes, 2), pixels; NaN where missing.

    Returns:
        (n, 2) pixels; NaN for a pose without points.
    """
    n, n_nodes, _ = points.shape
    if n == 0 or n_nodes == 0:
        return np.full((n, 2), np.nan)
    ordered = np.sort(points, axis=1)  # NaN goes last
    count = (ordered == ordered).sum(axis=1)
    rows, columns = np.arange(n)[:, None], np.arange(2)
    low = ordered[rows, np.maximum(count - 1, 0) // 2, columns]
    high = ordered[rows, np.minimum(count // 2, n_nodes - 1), columns]
    result: FloatArray = (low + high) / 2
    return result


def distances(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the distance of each point of ``a`` (n, 2) from each of ``b`` (m, 2): (n, m)."""
    difference = a[:, None] - b
    result: FloatArray = np.sqrt(np.einsum("nmc,nmc->nm", difference, difference))
    return result


def boxes(points: FloatArray) -> FloatArray:
    """Return the bounding box of each pose.

    Args:
        points: (n, n_nodes, 2), pixels; NaN where missing.

    Returns:
        (n, 4) x and y of the top left, then of the bottom right corner; NaN without points.
    """
    n, n_nodes, _ = points.shape
    if n_nodes == 0:
        return np.full((n, 4), np.nan)
    low, high = np.fmin.reduce(points, axis=1), np.fmax.reduce(points, axis=1)
    return np.concatenate([low, high], axis=1)


def box_overlaps(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Intersect boxes; a box covers the pixels of its corners, so its width is x1 - x0 + 1.

    Args:
        a: (n, 4) boxes, pixels.
        b: (m, 4) boxes, pixels.

    Returns:
        (n, m) areas of the intersections, (n,) areas of ``a`` and (m,) areas of ``b``, pixels².
    """
    low = np.maximum(a[:, None, :2], b[:, :2])
    high = np.minimum(a[:, None, 2:], b[:, 2:])
    sides = np.maximum(high - low + 1, 0)
    side_a, side_b = a[:, 2:] - a[:, :2] + 1, b[:, 2:] - b[:, :2] + 1
    return sides[..., 0] * sides[..., 1], side_a[:, 0] * side_a[:, 1], side_b[:, 0] * side_b[:, 1]
