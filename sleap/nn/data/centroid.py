"""What stands for a whole instance: the point found first, and that crops are centred on."""

import numpy as np

from sleap.nn.data.example import FloatArray


def centroids(points: FloatArray, node: int | None = None) -> FloatArray:
    """Find the centroid of each instance.

    Args:
        points: (n_instances, n_nodes, 2), (x, y) in pixels; NaN if missing.
        node: The node that is the centroid where it is visible; None: always the middle.

    Returns:
        (n_instances, 2), in the frame of reference of the points: the node, else the middle of the
        bounding box of the visible points; NaN for an instance without visible points.
    """
    is_missing = np.isnan(points)
    low = np.where(is_missing, np.inf, points).min(axis=1)
    high = np.where(is_missing, -np.inf, points).max(axis=1)
    middle = np.where(np.isfinite(low), (np.where(np.isfinite(low), low, 0) + high) / 2, np.nan)
    if node is not None:
        chosen = points[:, node]
        middle = np.where(np.isnan(chosen), middle, chosen)
    return middle.astype(points.dtype)
