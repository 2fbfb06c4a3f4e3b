"""What every kind of video offers: its shape, and its frames by index."""

import operator
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import attrs
import numpy as np
import numpy.typing as npt

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.registry import Registry
from sleap.video.handles import OPEN_HANDLES

Image = npt.NDArray[np.uint8]
IntArray = npt.NDArray[np.int64]
Location = Path | list[Path]


class Reader(ABC):
    """Gives the frames of one video by index; reading from several threads is safe.

    A frame is read by its ``frame_idx``: its number in the recording. For an ordinary video these
    are 0 to ``n_frames - 1``; for images embedded in a labels file they are the numbers the images
    had in the recording they were taken from.

    A subclass gives ``shape`` and ``_read``, and frees its files in ``_release``; they are opened
    again by the next read. Only a bounded number of readers keep their files open at a time.

    Args:
        video: What is known of the video.
        name: What to call it in messages.
    """

    holds_files: ClassVar[bool] = True

    def __init__(self, video: Video, name: str) -> None:
        self.video = video
        self.name = name
        self._lock = threading.RLock()
        self._is_closed = False

    @classmethod
    @abstractmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Tell whether this kind of reader reads the video.

        Args:
            video: What is known of the video.
            location: Where it was found; a list of paths for a sequence of images.
        """

    @classmethod
    @abstractmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Open the video.

        Args:
            video: What is known of the video; its unset fields are found out.
            location: Where it was found; a list of paths for a sequence of images.

        Raises:
            VideoError: If it cannot be read; the message says why.
        """

    @property
    @abstractmethod
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels), pixels; channels is 1 (grayscale) or 3 (RGB)."""

    @abstractmethod
    def _read(self, row: int) -> Image:
        """Read the image of one row, 0 to ``n_frames - 1``; called with the lock held."""

    @abstractmethod
    def _release(self) -> None:
        """Free files and decoders so that the next read opens them again."""

    @property
    def n_frames(self) -> int:
        """How many frames can be read."""
        return self.shape[0]

    @property
    def is_grayscale(self) -> bool:
        """Whether images have one channel."""
        return self.shape[3] == 1

    @property
    def fps(self) -> float | None:
        """Frames per second, on average; None when the video does not say."""
        return None

    @property
    def frame_indices(self) -> IntArray:
        """(n_frames,) the indices that ``read`` takes, ascending unless stored otherwise."""
        return np.arange(self.n_frames, dtype=np.int64)

    def fingerprint(self) -> str | None:
        """Take the fingerprint of the recording, in milliseconds; None for a kind without one.

        See ``sleap.video.fingerprint``. Images embedded in a labels file have none: what tells
        them apart is the recording they were taken from.
        """
        return None

    def describe(self) -> Video:
        """Return what is known of the video, with the shape and kind found on opening it."""
        return attrs.evolve(self.video, shape=self.shape, grayscale=self.is_grayscale)

    def read(self, frame_idx: int) -> Image:
        """Read one frame.

        Args:
            frame_idx: Its index, one of ``frame_indices``.

        Returns:
            (height, width, channels) uint8; grayscale or RGB.

        Raises:
            VideoError: If there is no such frame, or it cannot be decoded.
        """
        frame_idx = operator.index(frame_idx)
        row = self._row(frame_idx)
        with self._lock:
            if self._is_closed:
                raise VideoError(f"Cannot read frame {frame_idx} of '{self.name}': it is closed.")
            self.claim_files()
            return self._read(row)

    def iterate(self, frame_indices: Iterable[int] | None = None) -> Iterator[tuple[int, Image]]:
        """Read frames one after the other; ascending indices are decoded in one go.

        Args:
            frame_indices: Which ones, in the order wanted; None for all.

        Yields:
            The index and the image, (height, width, channels) uint8.

        Raises:
            VideoError: At a frame that does not exist or cannot be decoded.
        """
        wanted = self.frame_indices if frame_indices is None else frame_indices
        for frame_idx in wanted:
            yield int(frame_idx), self.read(frame_idx)

    def _row(self, frame_idx: int) -> int:
        if not 0 <= frame_idx < self.n_frames:
            raise VideoError(
                f"Video '{self.name}' has no frame {frame_idx}: its frames are 0 to "
                f"{self.n_frames - 1}."
            )
        return frame_idx

    def claim_files(self) -> None:
        """Note that files are in use now; readers unused for long free theirs."""
        if self.holds_files:
            OPEN_HANDLES.use(self)

    def try_release(self) -> bool:
        """Free the files if no thread is reading now, and tell whether that was done."""
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._release()
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """Free all that is held; reading afterwards is an error."""
        with self._lock:
            self._is_closed = True
            self._release()
        OPEN_HANDLES.forget(self)

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the reader."""
        self.close()


READERS: Registry[type[Reader]] = Registry("video reader")
