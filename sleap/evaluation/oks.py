"""How near two poses are, as one number: object keypoint similarity, and a plainer one.

Object keypoint similarity after M. R. Ronchi, P. Perona, "Benchmarking and error diagnosis in
multi-instance pose estimation", ICCV 2017, with one spread for all nodes.
"""

import numpy as np

from sleap.core.tables import FloatArray

STDDEV = 0.025
"""Spread of the points of a good labeler, as a share of the size of the animal."""

POINT_LENGTH = 20.0
"""Length given to animals that are a single point, pixels."""


def measure_boxes(points: FloatArray) -> FloatArray:
    """Return width and height of the bounding box of each pose.

    Args:
        points: (n, n_nodes, 2), pixels; NaN where missing.

    Returns:
        (n, 2) pixels; 0 for a pose of one point or none.
    """
    if points.shape[1] == 0:
        return np.zeros((len(points), 2))
    sides: FloatArray = np.fmax.reduce(points, axis=1) - np.fmin.reduce(points, axis=1)
    sides[np.isnan(sides)] = 0.0
    return sides


def score_oks(truth: FloatArray, predicted: FloatArray, *, stddev: float = STDDEV) -> FloatArray:
    """Compare each prediction with each true pose: object keypoint similarity.

    The mean, over the visible points of the true pose, of exp(-d² / ((2 stddev)² 2 area)); a point
    that was not predicted adds 0. The area is that of the true pose's bounding box.

    Args:
        truth: (n, n_nodes, 2), pixels; NaN where missing.
        predicted: (m, n_nodes, 2), pixels; NaN where missing.
        stddev: Spread of the points, as a share of the animal's size.

    Returns:
        (n, m) in [0, 1]; 0 for a true pose without points.
    """
    difference = truth[:, None] - predicted
    squared = np.einsum("nmkc,nmkc->nmk", difference, difference)
    area = measure_boxes(truth).prod(axis=1) + np.spacing(1)
    spread = (2 * stddev) ** 2 * 2 * area
    closeness = np.nan_to_num(np.exp(-squared / spread[:, None, None]))
    n_visible = (~np.isnan(truth).any(axis=2)).sum(axis=1)
    result: FloatArray = closeness.sum(axis=2) / np.maximum(n_visible, 1)[:, None]
    return result


def choose_lengths(truth: FloatArray) -> FloatArray:
    """Choose the length that errors of each true pose are measured against.

    It is the diagonal of the bounding box; but at least half the median of all, so that an animal
    of which few points are visible is not held to be tiny.

    Args:
        truth: (n, n_nodes, 2) of the whole evaluation, pixels; NaN where missing.

    Returns:
        (n,) pixels, above 0; ``POINT_LENGTH`` if no box has a size.
    """
    diagonals: FloatArray = np.hypot(*measure_boxes(truth).T)
    sized = diagonals[diagonals > 0]
    if len(sized) == 0:
        return np.full(len(truth), POINT_LENGTH)
    return np.maximum(diagonals, np.median(sized) / 2)


def score_closeness(truth: FloatArray, predicted: FloatArray, lengths: FloatArray) -> FloatArray:
    """Compare each prediction with each true pose: 1 - mean distance / length, at least 0.

    Unlike object keypoint similarity it does not care how many points are missing, and reaches
    half a length far at 0.5: it tells which animal is meant, not how well it was drawn.

    Args:
        truth: (n, n_nodes, 2), pixels; NaN where missing.
        predicted: (m, n_nodes, 2), pixels; NaN where missing.
        lengths: (n,) of the true poses, as from ``choose_lengths``, pixels.

    Returns:
        (n, m) in [0, 1]; 0 for poses without a common point.
    """
    difference = truth[:, None] - predicted
    distance = np.sqrt(np.einsum("nmkc,nmkc->nmk", difference, difference))
    common = ~np.isnan(distance)
    count = common.sum(axis=2)
    mean = np.where(common, distance, 0.0).sum(axis=2) / np.maximum(count, 1)
    return np.where(count > 0, np.maximum(1 - mean / lengths[:, None], 0.0), 0.0)
