"""Scaling images and mapping points between the frame and its scaled image.

A pixel's centre lies at integer coordinates, so an image that shrinks by ``s`` maps a point ``p``
to ``(p + 0.5) * s - 0.5``. The factors used are those of the two integer sizes, not the nominal
scale, so that the mapping is exact for odd sizes too.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from sleap.nn.data.example import UInt8Array

ROUNDING = 1e-6
"""Added before flooring, so that 0.29 * 100 is 29 and not 28."""


def scaled_shape(height: int, width: int, scale: float) -> tuple[int, int]:
    """Tell the size of a scaled image.

    Args:
        height: Height of the frame, pixels.
        width: Width of the frame, pixels.
        scale: Nominal scale.

    Returns:
        (height, width) of the scaled image: the products rounded down, at least 1.
    """
    return max(1, int(height * scale + ROUNDING)), max(1, int(width * scale + ROUNDING))


def resize_image(image: UInt8Array, scale: float) -> UInt8Array:
    """Scale an image: by area when it shrinks, bilinearly when it grows.

    Args:
        image: (height, width, channels) uint8.
        scale: Nominal scale; 1 returns the very array.

    Returns:
        (height', width', channels) uint8, see ``scaled_shape``.
    """
    height, width = scaled_shape(image.shape[0], image.shape[1], scale)
    if (height, width) == image.shape[:2]:
        return image
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(image, (width, height), interpolation=method)
    return np.asarray(resized, dtype=np.uint8).reshape(height, width, image.shape[2])


def scale_points(
    points: npt.NDArray[Any], from_shape: tuple[int, int], to_shape: tuple[int, int]
) -> npt.NDArray[Any]:
    """Map points of one image to the same image at another size; swap the shapes to go back.

    Args:
        points: (..., 2), (x, y) in pixels of the image of ``from_shape``; NaN stays NaN.
        from_shape: (height, width) of the image that the points lie in.
        to_shape: (height, width) of the image that the points should lie in.

    Returns:
        (..., 2) of the same dtype, pixels of the image of ``to_shape``.
    """
    factors = np.array(
        [to_shape[1] / from_shape[1], to_shape[0] / from_shape[0]], dtype=points.dtype
    )
    return np.asarray((points + 0.5) * factors - 0.5, dtype=points.dtype)
