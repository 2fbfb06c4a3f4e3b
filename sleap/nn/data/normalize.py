"""Bringing images of any source to the one form a network takes."""

import cv2
import numpy as np

from sleap.nn.data.example import Float32Array, UInt8Array

UNIT = (np.arange(256) / 255).astype(np.float32)
"""The value in [0, 1] of each uint8 level."""


def to_channels(image: UInt8Array, channels: int) -> UInt8Array:
    """Turn a gray image into colour or the reverse.

    Args:
        image: (height, width, 1 or 3) uint8.
        channels: 1 (luminance) or 3 (RGB).

    Returns:
        (height, width, channels) uint8; the very array when it has as many channels already.

    Raises:
        ValueError: If ``channels`` is neither 1 nor 3.
    """
    if channels not in (1, 3):
        raise ValueError(f"channels is {channels}, expected 1 or 3")
    if image.shape[2] == channels:
        return image
    if channels == 3:
        return np.repeat(image, 3, axis=2)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)[..., None]


def to_unit(image: UInt8Array, curve: Float32Array = UNIT) -> Float32Array:
    """Turn levels into numbers in [0, 1].

    Args:
        image: (height, width, channels) uint8.
        curve: (256,) float32, the number for each level.

    Returns:
        (height, width, channels) float32.
    """
    values = cv2.LUT(image, curve)
    return np.asarray(values, dtype=np.float32).reshape(image.shape)


def padded_shape(height: int, width: int, stride: int) -> tuple[int, int]:
    """Round a size up to multiples of the network's largest stride.

    Args:
        height: Pixels.
        width: Pixels.
        stride: Input pixels per pixel of the coarsest layer.

    Returns:
        (height, width); what is added lies at the bottom and at the right.
    """
    return -(-height // stride) * stride, -(-width // stride) * stride
