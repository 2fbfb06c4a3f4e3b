"""Grayscale or colour: telling which, and turning one into the other."""

import cv2
import numpy as np
import numpy.typing as npt

from sleap.errors import VideoError

Image = npt.NDArray[np.uint8]

GRAY_TOLERANCE = 4
"""Greatest difference of channels in a gray picture; lossy coding moves chroma by a step."""


def is_gray(image: Image) -> bool:
    """Tell whether a picture has no colour.

    Args:
        image: (height, width, channels) uint8, grayscale or RGB.
    """
    if image.shape[2] == 1:
        return True
    red, green, blue = (image[:, :, channel] for channel in range(3))
    return all(
        int(cv2.norm(a, b, cv2.NORM_INF)) <= GRAY_TOLERANCE
        for a, b in ((red, green), (green, blue), (red, blue))
    )


def to_gray(image: Image) -> Image:
    """Return the brightness of a picture: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601).

    Args:
        image: (height, width, channels) uint8, grayscale or RGB.

    Returns:
        (height, width, 1) uint8.
    """
    if image.shape[2] == 1:
        return image
    return _uint8(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))[:, :, None]


def to_rgb(image: Image) -> Image:
    """Return a picture with three channels.

    Args:
        image: (height, width, channels) uint8, grayscale or RGB.

    Returns:
        (height, width, 3) uint8.
    """
    if image.shape[2] == 3:
        return image
    return _uint8(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB))


def as_channels(image: Image, *, grayscale: bool) -> Image:
    """Return the picture with one channel or three."""
    return to_gray(image) if grayscale else to_rgb(image)


def to_uint8(values: npt.NDArray[np.generic], *, name: str, is_unit: bool = False) -> Image:
    """Bring pixel values of any type to 0..255.

    Args:
        values: Any shape. uint8 stays; bool becomes 0 and 255; 16-bit integers keep their high
            byte; floats are scaled if ``is_unit``, else rounded.
        name: What to call the video in the message.
        is_unit: Whether floats run from 0 to 1; NaN becomes 0.

    Returns:
        uint8 of the same shape.

    Raises:
        VideoError: If values of that type are no pixels.
    """
    if values.dtype == np.uint8:
        return values.view(np.uint8)
    if values.dtype == np.bool_:
        return _uint8(values.astype(np.uint8) * np.uint8(255))
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        return _uint8(values.astype(np.uint16) >> np.uint16(8))
    if np.issubdtype(values.dtype, np.integer):
        return _uint8(np.clip(values.astype(np.int64), 0, 255))
    if np.issubdtype(values.dtype, np.floating):
        floats = np.nan_to_num(values.astype(np.float32)) * np.float32(255 if is_unit else 1)
        return _uint8(np.clip(np.rint(floats), 0, 255))
    raise VideoError(
        f"Cannot read '{name}' as a video: its values are of type {values.dtype}, "
        "where numbers were expected."
    )


def _uint8(values: object) -> Image:
    return np.asarray(values, dtype=np.uint8)
