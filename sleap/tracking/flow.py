"""Poses shifted from one image to another by optical flow.

Pyramidal Lucas-Kanade: J.-Y. Bouguet, "Pyramidal implementation of the affine Lucas Kanade feature
tracker", Intel Corporation, 2001.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from sleap.core.tables import FloatArray
from sleap.tracking.options import TrackingOptions

Picture = npt.NDArray[np.uint8]

_STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 30, 0.01)


def make_picture(image: npt.NDArray[Any], scale: float = 1.0) -> Picture:
    """Bring an image to what flow works on.

    Args:
        image: (h, w), (h, w, 1) or (h, w, 3) uint8, gray or RGB.
        scale: Factor of the size.

    Returns:
        (h', w') uint8, gray.
    """
    picture = np.ascontiguousarray(image)
    if picture.ndim == 3 and picture.shape[2] == 3:
        picture = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    elif picture.ndim == 3:
        picture = picture[:, :, 0]
    if scale != 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
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
    known = ~np.isnan(points).any(axis=2)
    if not known.any():
        return result
    scale = options.img_scale
    start = ((points[known] + 0.5) * scale - 0.5).astype(np.float32)
    side = options.of_window_size
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        start[:, None],
        np.empty_like(start[:, None]),
        winSize=(side, side),
        maxLevel=options.of_max_levels,
        criteria=_STOP,
    )
    ends: FloatArray = (np.asarray(found)[:, 0].astype(np.float64) + 0.5) / scale - 0.5
    ends[np.asarray(status)[:, 0] == 0] = np.nan
    result[known] = ends
    return result
