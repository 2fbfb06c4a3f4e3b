"""Boxes around centroids: the parts of a frame in which animals are looked for.

A box is (left, top, right, bottom) in pixels of the frame. Its size counts both of its border
pixels, so that two boxes that touch overlap.
"""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.inference.options import RegionOptions

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

DEFAULT_LENGTH = 160
"""Side of the box around one animal where neither options nor models tell, pixels."""

MAX_REGIONS = 128
"""Regions kept in one frame."""


@frozen(eq=False)
class Regions:
    """The parts of one frame to look at.

    Attributes:
        centres: (n, 2), (x, y) in pixels of the frame.
        sides: (n,), sides of the squares, pixels of the frame.
        scores: (n,), confidence; of a merged region the sum of its two.
    """

    centres: FloatArray
    sides: IntArray
    scores: FloatArray

    def boxes(self) -> FloatArray:
        """Return the boxes, (n, 4)."""
        half = self.sides[:, None] / 2
        return np.concatenate([self.centres - half, self.centres + half], axis=1)


def propose(
    centroids: FloatArray, scores: FloatArray, options: RegionOptions, length: int
) -> Regions:
    """Choose the regions that hold all animals, with two near animals in one.

    Each pair of boxes that overlap by more than the merge threshold adds a larger box around
    both; then boxes that overlap a better one by more than the suppression threshold are dropped.

    Args:
        centroids: (n, 2), (x, y) in pixels of the frame.
        scores: (n,), confidence of the centroids.
        options: Thresholds, and the side of merged boxes.
        length: Side of the box around one animal, pixels of the frame.

    Returns:
        The regions, best first.
    """
    single = Regions(centroids, np.full(len(centroids), length, dtype=np.int64), scores)
    merged_length = options.merged_box_length or 2 * length
    regions = merge(single, options.merge_iou_threshold, merged_length)
    kept = suppress(regions.boxes(), regions.scores, options.nms_iou_threshold)[:MAX_REGIONS]
    return Regions(regions.centres[kept], regions.sides[kept], regions.scores[kept])


def merge(regions: Regions, threshold: float, length: int) -> Regions:
    """Add a region of side ``length`` between each two that overlap by more than the threshold."""
    overlap = intersection_over_union(regions.boxes())
    first, second = np.nonzero(np.triu(overlap, 1) > threshold)
    return Regions(
        np.concatenate([regions.centres, (regions.centres[first] + regions.centres[second]) / 2]),
        np.concatenate([regions.sides, np.full(len(first), length, dtype=np.int64)]),
        np.concatenate([regions.scores, regions.scores[first] + regions.scores[second]]),
    )


def suppress(boxes: FloatArray, scores: FloatArray, threshold: float) -> IntArray:
    """Drop boxes that overlap a better one.

    Args:
        boxes: (n, 4).
        scores: (n,).
        threshold: Intersection over union that is still allowed.

    Returns:
        (m,), rows of the boxes that are kept, best first.
    """
    overlap = intersection_over_union(boxes)
    kept: list[int] = []
    for row in np.argsort(-scores, kind="stable"):
        if not (overlap[row, kept] > threshold).any():
            kept.append(int(row))
    return np.array(kept, dtype=np.int64)


def intersection_over_union(boxes: FloatArray) -> FloatArray:
    """Compare boxes (n, 4) with each other.

    Returns:
        (n, n), in [0, 1].
    """
    low, high = boxes[:, :2], boxes[:, 2:]
    sides = np.minimum(high[:, None], high[None]) - np.maximum(low[:, None], low[None]) + 1
    common = np.clip(sides, 0, None).prod(axis=2)
    areas = (high - low + 1).prod(axis=1)
    return np.asarray(common / (areas[:, None] + areas[None] - common), dtype=np.float64)
