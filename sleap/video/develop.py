"""Pictures made ready for a screen: adjusted, shrunk, and of 32 bits a pixel."""

import numpy as np
import numpy.typing as npt
from attrs import frozen

Image = npt.NDArray[np.uint8]


@frozen
class Recipe:
    """How pictures are developed.

    Attributes:
        scale: Pixels of the screen per pixel of the picture; 1 if it is not shrunk.
        brightness: Added to pixels of 0 to 1.
        contrast: Pixels are multiplied by it about middle grey.
    """

    scale: float = 1.0
    brightness: float = 0.0
    contrast: float = 1.0


def develop(image: Image, recipe: Recipe) -> Image:
    """Return a picture as a screen takes it. Other threads run meanwhile.

    Args:
        image: (height, width), (height, width, 1 or 3) uint8, grayscale or RGB.
        recipe: What is made of it.

    Returns:
        (height, width, 4) uint8: blue, green, red and 255.
    """
    import cv2  # here: the first window does without

    pixels = image[..., 0] if image.ndim == 3 and image.shape[2] == 1 else image
    pixels = np.ascontiguousarray(pixels)
    if (recipe.brightness, recipe.contrast) != (0.0, 1.0):
        curve = _curve(recipe.brightness, recipe.contrast)
        pixels = np.asarray(cv2.LUT(pixels, curve), np.uint8)
    if recipe.scale < 1:
        height, width = (max(1, round(side * recipe.scale)) for side in pixels.shape[:2])
        shrunk = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
        pixels = np.asarray(shrunk, np.uint8)
    code = cv2.COLOR_GRAY2BGRA if pixels.ndim == 2 else cv2.COLOR_RGB2BGRA
    return np.asarray(cv2.cvtColor(pixels, code), np.uint8)


def _curve(brightness: float, contrast: float) -> Image:
    """Return (256,) what each value becomes."""
    values = (np.arange(256) / 255 - 0.5) * contrast + 0.5 + brightness
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)
