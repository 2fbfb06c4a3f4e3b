"""Poses shifted from one image to another by optical flow.

Pyramidal Lucas-Kanade: J.-Y. Bouguet, "Pyramidal implementation of the affine Lucas Kanade feature
tracker", Intel Corporation, 2001.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from sleap.core.tables import FloatArray, IntArray
from sleap.tracking.geometry import boxes
from sleap.tracking.options import TrackingOptions

Picture = npt.NDArray[np.uint8]

_PER_PART = 1 << 16
"""Pixels that take as long as following points in one more part of a picture."""
_STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 0.01)


def make_picture(image: npt.NDArray[Any], scale: float = 1.0) -> Picture:
    """Bring an image to what flow works on.

    Args:
        image: (h, w), (h, w, 1) or (h, w, 3) uint8, gray or RGB.
        scale: Factor of the size.

    Returns:
        (h', w') uint8, gray; never the memory of the image, which may be written to again.
    """
    picture = np.ascontiguousarray(image)
    if picture.ndim == 3 and picture.shape[2] == 3:
        picture = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    elif picture.ndim == 3:
        picture = picture[:, :, 0]
    if scale != 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if np.may_share_memory(picture, image):
        picture = picture.copy()
    return np.ascontiguousarray(picture, np.uint8)


def shift(
    before: Picture, after: Picture, points: FloatArray, options: TrackingOptions
) -> FloatArray:
    """Find points of one picture in another.

    Args:
        before: Where the points are known; as from ``make_picture`` with ``options.img_scale``.
        after: Where they are looked for, of the same size.
        points: (n, n_nodes, 2), pixels of the full frame; NaN where missing.
        options: ``img_scale``, ``of_window_size`` and ``of_max_levels``.

    Returns:
        (n, n_nodes, 2), pixels of the full frame; NaN where missing or lost.
    """
    result = np.full(points.shape, np.nan)
    scale = options.img_scale
    starts = (points + 0.5) * scale - 0.5
    for rows, corner, size in _choose_regions(starts, before.shape, options):
        window = slice(corner[1], corner[1] + size[1]), slice(corner[0], corner[0] + size[0])
        moved = _follow(before[window], after[window], starts[rows] - corner, options)
        result[rows] = (moved + corner + 0.5) / scale - 0.5
    return result


def _follow(
    before: Picture, after: Picture, starts: FloatArray, options: TrackingOptions
) -> FloatArray:
    """Find points of one picture in another; all in pixels of the pictures."""
    result = np.full(starts.shape, np.nan)
    known = ~np.isnan(starts).any(axis=2)
    start = starts[known].astype(np.float32)[:, None]
    side = options.of_window_size
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        start,
        np.empty_like(start),
        winSize=(side, side),
        maxLevel=options.of_max_levels,
        criteria=_STOP,
    )
    ends = np.asarray(found)[:, 0].astype(np.float64)
    ends[np.asarray(status)[:, 0] == 0] = np.nan
    result[known] = ends
    return result


def _choose_regions(
    starts: FloatArray, shape: tuple[int, ...], options: TrackingOptions
) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Choose parts of the picture that are enough to follow poses: most of the time goes by area.

    A pose needs its box and around it as far as its points can move and windows reach. Corners lie
    on the coarsest level of the pyramid, so that a part has the same pyramid as the whole.

    Args:
        starts: (n, n_nodes, 2), pixels of the picture; NaN where missing.
        shape: (h, w) of the picture.
        options: ``of_window_size`` and ``of_max_levels``.

    Returns:
        For each part the poses in it (k,), its (x, y) corner and its (width, height).
    """
    step = 2**options.of_max_levels
    margin = (options.of_window_size + 1) * step
    extent = np.array([shape[1], shape[0]])
    corners = boxes(starts)
    usable = np.isfinite(corners).all(axis=1)
    # What lies wholly outside is lost, wherever it is looked for.
    usable &= ((corners[:, :2] < extent) & (corners[:, 2:] >= 0)).all(axis=1)
    parts: list[tuple[IntArray, IntArray, list[int]]] = []
    for row in np.flatnonzero(usable).tolist():
        low = (np.maximum(corners[row, :2] - margin, 0) // step * step).astype(np.int64)
        high = np.minimum(np.ceil(corners[row, 2:] + margin), extent).astype(np.int64)
        rows = [row]
        others = []
        for part in parts:
            joint = np.minimum(low, part[0]), np.maximum(high, part[1])
            separate = (high - low).prod() + (part[1] - part[0]).prod()
            if (joint[1] - joint[0]).prod() <= separate + _PER_PART:
                low, high, rows = *joint, part[2] + rows
            else:
                others.append(part)
        parts = [*others, (low, high, rows)]
    return [(np.array(rows), low, high - low) for low, high, rows in parts]
