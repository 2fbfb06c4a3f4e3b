"""Single images as files in memory: PNG, JPEG and others, RGB or grayscale."""

import cv2
import numpy as np
import numpy.typing as npt

from sleap.errors import OptionError, VideoError
from sleap.video.pixels import Image

FORMATS = ("png", "jpg", "jpeg", "bmp", "tif", "tiff", "webp")


def encode_image(image: Image, format: str = "png", quality: int = 95) -> bytes:
    """Encode an image as a file.

    Args:
        image: (height, width), (height, width, 1) or (height, width, 3) uint8; grayscale or RGB.
        format: "png", "jpg", "bmp", "tif" or "webp".
        quality: Of lossy formats, 1 to 100.

    Returns:
        The bytes of the file; colours in the standard order, as any program reads them.

    Raises:
        OptionError: If the format is not known.
        VideoError: If the image cannot be encoded.
    """
    name = format.lower().lstrip(".")
    if name not in FORMATS:
        raise OptionError(
            f"Image format '{format}' is not known. Choose one of: {', '.join(FORMATS)}."
        )
    flags = {
        "jpg": [cv2.IMWRITE_JPEG_QUALITY, quality],
        "jpeg": [cv2.IMWRITE_JPEG_QUALITY, quality],
        "webp": [cv2.IMWRITE_WEBP_QUALITY, quality],
    }.get(name, [])
    is_colour = image.ndim == 3 and image.shape[2] == 3
    pixels = cv2.cvtColor(image, cv2.COLOR_RGB2BGR) if is_colour else np.ascontiguousarray(image)
    try:
        is_done, data = cv2.imencode(f".{name}", pixels, flags)
    except cv2.error:
        is_done, data = False, np.empty(0, np.uint8)
    if not is_done:
        raise VideoError(
            f"Cannot encode an image of shape {image.shape} and type {image.dtype} as {name}: "
            "expected (height, width, 1 or 3) uint8."
        )
    return bytes(data)


def decode_image(data: bytes | npt.NDArray[np.generic], *, name: str = "image") -> Image:
    """Decode an image file.

    Args:
        data: The bytes of the file, or a 1-D array of them of any 8-bit type, padded or not.
        name: What to call the image in the message.

    Returns:
        (height, width, 1) for a grayscale file, else (height, width, 3) RGB; uint8, upright,
        without transparency.

    Raises:
        VideoError: If it is no image, or damaged.
    """
    raw = np.frombuffer(data, np.uint8) if isinstance(data, bytes) else _as_bytes(data)
    try:
        image = cv2.imdecode(raw, cv2.IMREAD_ANYCOLOR) if len(raw) else None
    except cv2.error:
        image = None
    if image is None:
        raise VideoError(
            f"Cannot decode '{name}': it is not an image of a known format, or is damaged."
        )
    return from_opencv(image)


def from_opencv(image: npt.NDArray[np.generic]) -> Image:
    """Return an image of OpenCV, (height, width) or (height, width, 3) BGR, in our order."""
    pixels = np.asarray(image, dtype=np.uint8)
    if pixels.ndim == 2:
        return pixels[:, :, None]
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def _as_bytes(data: npt.NDArray[np.generic]) -> npt.NDArray[np.uint8]:
    return np.ascontiguousarray(data).view(np.uint8).ravel()
