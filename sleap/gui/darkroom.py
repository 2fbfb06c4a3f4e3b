"""Frames made ready for the screen: adjusted, shrunk and of 32 bits, away from the window's thread.

What a frame is to look like is set by the thread of the window; frames are developed by whichever
thread comes first. None of the work holds Python's lock: Qt's own functions would.
"""

import threading
from collections import OrderedDict

from sleap.video.develop import Image, Recipe, develop

MAX_BYTES = 96 * 2**20


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
