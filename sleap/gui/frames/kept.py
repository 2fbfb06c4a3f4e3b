"""Decoded frames in memory, up to a number of bytes."""

import threading
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

Image = npt.NDArray[np.uint8]


class KeptFrames:
    """Frames in memory, up to a number of bytes; those used last stay. Safe from any thread."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.n_bytes = 0
        self._images: OrderedDict[tuple[int, int], Image] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, int]) -> Image | None:
        """Return the image of a (video id, frame_idx), or None."""
        with self._lock:
            image = self._images.get(key)
            if image is not None:
                self._images.move_to_end(key)
            return image

    def has(self, key: tuple[int, int]) -> bool:
        """Tell whether a frame is kept, without counting it as used."""
        with self._lock:
            return key in self._images

    def put(self, key: tuple[int, int], image: Image) -> None:
        """Keep an image, and let go of those unused for longest."""
        with self._lock:
            old = self._images.pop(key, None)
            self.n_bytes += image.nbytes - (0 if old is None else old.nbytes)
            self._images[key] = image
            while self.n_bytes > self.max_bytes and len(self._images) > 1:
                self.n_bytes -= self._images.popitem(last=False)[1].nbytes

    def drop(self, video: int) -> None:
        """Let go of all frames of a video, by its id."""
        with self._lock:
            for key in [key for key in self._images if key[0] == video]:
                self.n_bytes -= self._images.pop(key).nbytes
