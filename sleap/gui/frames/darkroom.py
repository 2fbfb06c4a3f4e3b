"""Frames made ready for the screen: adjusted, shrunk and of 32 bits, away from the window's thread.

What a frame is to look like is set by the thread of the window; frames are developed by whichever
thread comes first. None of the work holds Python's lock: Qt's own functions would.
"""

import threading
from collections import OrderedDict

import cv2
import numpy as np
from attrs import frozen
from qtpy.QtGui import QImage

from sleap.gui.frames.kept import Image

MAX_BYTES = 96 * 2**20


@frozen
class Recipe:
    """How frames are developed.

    Attributes:
        scale: Pixels of the screen per pixel of the frame; 1 if it is not shrunk.
        brightness: Added to pixels of 0 to 1.
        contrast: Pixels are multiplied by it about middle grey.
    """

    scale: float = 1.0
    brightness: float = 0.0
    contrast: float = 1.0


def develop(image: Image, recipe: Recipe) -> Image:
    """Return (height, width, 4) uint8, blue first, as Qt's 32 bits a pixel lie in memory.

    Args:
        image: (height, width), (height, width, 1 or 3) uint8.
        recipe: What is made of it.
    """
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


class Darkroom:
    """Develops frames, and keeps the last ones up to a number of bytes. Safe from any thread.

    Args:
        max_bytes: How much memory they may take.
    """

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.max_bytes = max_bytes
        self.n_bytes = 0
        self._recipe = Recipe()
        self._largest = 1
        # The frame itself is kept, so that its id stays its own.
        self._kept: OrderedDict[int, tuple[Image, Image]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def recipe(self) -> Recipe:
        """How frames are developed; those kept that were developed otherwise are thrown away."""
        return self._recipe

    @recipe.setter
    def recipe(self, recipe: Recipe) -> None:
        if recipe != self._recipe:
            with self._lock:
                self._recipe = recipe
                self._kept.clear()
                self.n_bytes = 0

    @property
    def n_fitting(self) -> int:
        """How many frames, of the size of the largest so far, are kept."""
        return self.max_bytes // self._largest

    def has(self, image: Image) -> bool:
        """Tell whether a frame is developed already."""
        with self._lock:
            return id(image) in self._kept

    def develop(self, image: Image) -> Image:
        """Return a frame developed, the one that is kept or a new one."""
        with self._lock:
            recipe, kept = self._recipe, self._kept.get(id(image))
            if kept is not None:
                self._kept.move_to_end(id(image))
                return kept[1]
        made = develop(image, recipe)
        with self._lock:
            if recipe == self._recipe and id(image) not in self._kept:
                self._kept[id(image)] = image, made
                self.n_bytes += made.nbytes
                self._largest = max(self._largest, made.nbytes)
                while self.n_bytes > self.max_bytes and len(self._kept) > 1:
                    self.n_bytes -= self._kept.popitem(last=False)[1][1].nbytes
        return made

    def clear(self) -> None:
        """Let go of all frames."""
        with self._lock:
            self._kept.clear()
            self.n_bytes = 0


def as_qimage(developed: Image) -> QImage:
    """Return the image of a developed frame; it lies where the frame does, which must stay."""
    height, width = developed.shape[:2]
    return QImage(developed.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def _curve(brightness: float, contrast: float) -> Image:
    """Return (256,) what each value becomes."""
    values = (np.arange(256) / 255 - 0.5) * contrast + 0.5 + brightness
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)
