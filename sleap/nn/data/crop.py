"""Crops: how large they are, where they lie, and the one warp that cuts them.

A matrix here is (2, 3): the point ``p`` of the scaled image lies at ``matrix @ (x, y, 1)`` of the
network's input.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from sleap.nn.data.example import Float32Array, FloatArray, UInt8Array

IDENTITY = np.eye(2)


def automatic_size(points: Iterable[FloatArray], *, padding: float, stride: int) -> int:
    """Choose the side of square crops that hold every instance.

    Args:
        points: For each frame (n_instances, n_nodes, 2), pixels of the scaled image.
        padding: Pixels of the scaled image to add.
        stride: Largest stride of the network.

    Returns:
        The longest side of any bounding box plus the padding, rounded up to a multiple of
        ``stride`` (at least one stride).
    """
    longest = 0.0
    for instances in points:
        visible = ~np.isnan(instances)
        high = np.where(visible, instances, -np.inf).max(axis=1, initial=-np.inf)
        low = np.where(visible, instances, np.inf).min(axis=1, initial=np.inf)
        longest = max(longest, float((high - low).max(initial=0.0)))
    return rounded_size(longest + padding, stride)


def rounded_size(side: float, stride: int) -> int:
    """Round a crop's side up to a multiple of the network's largest stride.

    Args:
        side: Pixels.
        stride: Largest stride of the network.

    Returns:
        Pixels, at least one stride.
    """
    return max(1, int(np.ceil(side / stride))) * stride


def crop_matrix(linear: FloatArray, centre: FloatArray, size: int) -> FloatArray:
    """Place a crop so that a point lies in its middle.

    Args:
        linear: (2, 2), what happens to the image before it is cut.
        centre: (2,), the point ``linear @ p`` that should come to the middle.
        size: Side of the crop, pixels.

    Returns:
        (2, 3). With nothing but a shift to do it is rounded to whole pixels, so that no value is
        interpolated.
    """
    shift = (size - 1) / 2 - np.asarray(centre, dtype=np.float64)
    if np.array_equal(linear, IDENTITY):
        shift = np.floor(shift + 0.5)
    return np.column_stack([linear, shift])


def frame_matrix(linear: FloatArray, shape: tuple[int, int]) -> FloatArray:
    """Change a whole frame about its middle.

    Args:
        linear: (2, 2).
        shape: (height, width) of the scaled image.

    Returns:
        (2, 3).
    """
    middle = np.array([(shape[1] - 1) / 2, (shape[0] - 1) / 2])
    return np.column_stack([linear, middle - linear @ middle])


def transform(points: FloatArray, matrix: FloatArray) -> Float32Array:
    """Move points as the image moves.

    Args:
        points: (..., 2), pixels of the scaled image; NaN stays NaN.
        matrix: (2, 2) or (2, 3).

    Returns:
        (..., 2) float32.
    """
    moved = points @ matrix[:, :2].T
    if matrix.shape[1] == 3:
        moved = moved + matrix[:, 2]
    return np.asarray(moved, dtype=np.float32)


def warp(image: UInt8Array, matrix: FloatArray, shape: tuple[int, int]) -> UInt8Array:
    """Make the network's input out of a scaled image: rotate, scale, mirror and cut at once.

    Args:
        image: (height, width, channels) uint8.
        matrix: (2, 3).
        shape: (height, width) of the result; only these pixels are computed.

    Returns:
        (height', width', channels) uint8, zeros where the image does not reach.
    """
    if np.array_equal(matrix[:, :2], IDENTITY) and np.array_equal(matrix, np.round(matrix)):
        return _cut(image, int(-matrix[0, 2]), int(-matrix[1, 2]), shape)
    height, width = shape
    warped = cv2.warpAffine(
        image, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    return np.asarray(warped, dtype=np.uint8).reshape(height, width, image.shape[2])


def _cut(image: UInt8Array, left: int, top: int, shape: tuple[int, int]) -> UInt8Array:
    """Copy a box with its corner at (left, top), zeros outside of the image."""
    result = np.zeros((*shape, image.shape[2]), dtype=np.uint8)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + shape[1], image.shape[1]), min(top + shape[0], image.shape[0])
    if x0 < x1 and y0 < y1:
        result[y0 - top : y1 - top, x0 - left : x1 - left] = image[y0:y1, x0:x1]
    return result
