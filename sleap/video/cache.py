"""Keeps the frames read last in memory."""

from collections import OrderedDict
from typing import ClassVar, Self

from sleap.core.video import Video
from sleap.video.reader import Image, IntArray, Location, Reader


class FrameCache(Reader):
    """A reader that remembers frames of another, up to a number of bytes.

    The images it gives are shared between calls, so they are read-only.

    Args:
        reader: Where frames come from; closed together with the cache.
        max_bytes: How much memory the kept frames may take.
    """

    holds_files: ClassVar[bool] = False

    def __init__(self, reader: Reader, max_bytes: int = 256 * 2**20) -> None:
        super().__init__(reader.video, reader.name)
        self._reader = reader
        self._max_bytes = max_bytes
        self._bytes = 0
        self._images: OrderedDict[int, Image] = OrderedDict()

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept nothing: a cache is put in front of a reader by hand."""
        return False

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Not a way to make a cache.

        Raises:
            TypeError: Always.
        """
        raise TypeError("a cache is made of a reader: FrameCache(reader)")

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels) of the video."""
        return self._reader.shape

    @property
    def fps(self) -> float | None:
        """Frames per second of the video."""
        return self._reader.fps

    @property
    def frame_indices(self) -> IntArray:
        """The indices that ``read`` takes."""
        return self._reader.frame_indices

    @property
    def n_bytes(self) -> int:
        """Memory taken by the kept frames."""
        return self._bytes

    def _row(self, frame_idx: int) -> int:
        return frame_idx

    def _read(self, row: int) -> Image:
        image = self._images.get(row)
        if image is not None:
            self._images.move_to_end(row)
            return image
        image = self._reader.read(row)
        image.flags.writeable = False
        if image.nbytes <= self._max_bytes:
            self._images[row] = image
            self._bytes += image.nbytes
        while self._bytes > self._max_bytes:
            self._bytes -= self._images.popitem(last=False)[1].nbytes
        return image

    def _release(self) -> None:
        self._images.clear()
        self._bytes = 0
        if self._is_closed:
            self._reader.close()
