"""Videos stored as one numpy array, on disk or in memory."""

import tokenize
from pathlib import Path
from typing import ClassVar, Self

import attrs
import numpy as np
import numpy.typing as npt

from sleap.core.video import Video
from sleap.errors import FileError, VideoError
from sleap.hdf5.files import check_regular
from sleap.video import fingerprint
from sleap.video.axes import find_axes
from sleap.video.pixels import as_channels, is_gray, to_uint8
from sleap.video.reader import READERS, Image, Location, Reader

SUFFIX = ".npy"

_BROKEN = (
    *(OSError, EOFError, ValueError, TypeError, KeyError, OverflowError, FileError),
    *(SyntaxError, tokenize.TokenError, RecursionError, MemoryError),
)
"""What numpy raises for a damaged header, which it reads as Python does."""


@READERS.register("numpy")
class NumpyReader(Reader):
    """Reads frames of an array.

    Args:
        video: What is known of the video.
        array: (frames, height, width[, channels]) or another order (see ``sleap.video.axes``), of
            any type of number; floats that run from 0 to 1 in the first frame become 0 to 255.
        name: What to call the video in messages.

    Raises:
        VideoError: If the array is no video.
    """

    holds_files: ClassVar[bool] = False

    def __init__(self, video: Video, array: npt.NDArray[np.generic], name: str = "array") -> None:
        super().__init__(video, name)
        self._axes = find_axes(array.shape, video.input_format, name=f"array '{name}'")
        self._path: Path | None = None
        self._array: npt.NDArray[np.generic] | None = array
        if not array.size:
            raise VideoError(f"Cannot read array '{name}' as a video: it is empty, {array.shape}.")
        frames, height, width, _ = self._axes.shape(array.shape)
        first = array[self._axes.selection(0)]
        is_float = np.issubdtype(array.dtype, np.floating)
        self._is_unit = bool(is_float and np.nanmax(first, initial=0) <= 1)
        is_one = is_gray(self._upright(first)) if video.grayscale is None else video.grayscale
        self._shape = (frames, height, width, 1 if is_one else 3)
        self.video = attrs.evolve(video, input_format=self._axes.input_format)

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept a ``.npy`` file."""
        return isinstance(location, Path) and location.suffix.lower() == SUFFIX

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Map the file into memory; objects inside it are refused, so that no code can run."""
        assert isinstance(location, Path)
        try:
            check_regular(location)
            array = np.lib.format.open_memmap(location, mode="r")
        except _BROKEN as error:
            raise VideoError(
                f"Cannot read '{location}' as a numpy array: {error}. "
                "Save the frames with numpy.save as an array of numbers."
            ) from None
        opened = cls(video, array, str(location))
        opened._path = location
        return opened

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels)."""
        return self._shape

    def fingerprint(self) -> str | None:
        """Take that of the file; an array in memory has none."""
        return None if self._path is None else fingerprint.of_file(self._path)

    def _read(self, row: int) -> Image:
        assert self._array is not None
        image = self._upright(self._array[self._axes.selection(row)])
        return as_channels(image, grayscale=self.is_grayscale)

    def _upright(self, values: npt.NDArray[np.generic]) -> Image:
        pixels = to_uint8(values, name=self.name, is_unit=self._is_unit)
        return np.array(self._axes.upright(pixels), dtype=np.uint8, order="C")

    def _release(self) -> None:
        if self._is_closed:
            self._array = None
