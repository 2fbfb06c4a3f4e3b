"""Fewer poses on a frame: of overlapping ones the best, and no more than there are animals."""

import numpy as np

from sleap.core.poses import Poses
from sleap.core.tables import FloatArray, IntArray
from sleap.tracking.geometry import box_overlaps, boxes


def suppress_overlapping(
    corners: FloatArray, scores: FloatArray, *, threshold: float, target_count: int = 0
) -> IntArray:
    """Drop boxes that lie in better ones (non-maximum suppression).

    The overlap of two boxes is their intersection, divided by the area of the lower-scored one.

    Args:
        corners: (n, 4) x0, y0, x1, y1, pixels; NaN for a pose without points (never overlaps).
        scores: (n,) larger is better; NaN is worst.
        threshold: A box is dropped if it overlaps a kept, better one by more than this.
        target_count: If fewer are kept, the best of the dropped are taken back up to this number.

    Returns:
        (k,) indices of the kept boxes, ascending.
    """
    order = best_first(scores)
    intersection, area, _ = box_overlaps(corners, corners)
    kept: list[int] = []
    dropped: list[int] = []
    for index in order.tolist():
        overlap = intersection[index, kept] / area[index]
        (dropped if (overlap > threshold).any() else kept).append(index)
    kept += dropped[: max(target_count - len(kept), 0)]
    return np.sort(np.array(kept, np.int64))


def best_first(scores: FloatArray) -> IntArray:
    """Return indices by descending score; of equal ones the first first, NaN last."""
    return np.argsort(np.where(np.isnan(scores), np.inf, -scores), kind="stable")


def choose_best(poses: Poses, count: int, iou_threshold: float = 0.0) -> IntArray:
    """Choose the poses to keep, if there are more than ``count``.

    Args:
        poses: Of one frame.
        count: How many to keep at most.
        iou_threshold: If above 0, of overlapping poses the worse goes first, as long as more than
            ``count`` are left.

    Returns:
        (k,) indices of the poses to keep, ascending.
    """
    kept = np.arange(len(poses))
    if len(poses) <= count:
        return kept
    scores = poses.scores.astype(np.float64)
    if iou_threshold > 0:
        kept = suppress_overlapping(
            boxes(poses.points), scores, threshold=iou_threshold, target_count=count
        )
    return np.sort(kept[best_first(scores[kept])[:count]])
