"""Videos stored as one array in an HDF5 file."""

from pathlib import Path
from typing import Self

import attrs
import h5py
import numpy as np

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import fingerprint
from sleap.video.axes import find_axes
from sleap.video.hdf5_file import find_dataset, is_encoded, is_hdf5, open_file, reading
from sleap.video.pixels import as_channels, is_gray, to_uint8
from sleap.video.reader import READERS, Image, Location, Reader


@READERS.register("hdf5")
class Hdf5Reader(Reader):
    """Reads a dataset of pixels, one frame at a time.

    Floats are taken to run from 0 to 1 if the file says so (``convert_range``) or the first frame
    does; they become 0 to 255.

    Args:
        video: What is known of the video; ``dataset`` and ``input_format`` may be unset.
        path: Where the file lies.

    Raises:
        VideoError: If there is no such dataset or it is no video.
    """

    def __init__(self, video: Video, path: Path) -> None:
        super().__init__(video, str(path))
        self._path = path
        self._file: h5py.File | None = None
        try:
            with reading(f"read '{path}' as a video"):
                self._describe(video, path)
        except VideoError:
            self._release()
            raise

    def _describe(self, video: Video, path: Path) -> None:
        """Read what there is to know before the first frame."""
        dataset = self._dataset()
        label = f"dataset '{dataset.name}' of '{path}'"
        self._axes = find_axes(dataset.shape, video.input_format, name=label)
        self.video = attrs.evolve(
            video, dataset=dataset.name.lstrip("/"), input_format=self._axes.input_format
        )
        frames, height, width, stored = self._axes.shape(dataset.shape)
        if not frames * height * width:
            raise VideoError(f"Cannot read {label} as a video: it is empty, {dataset.shape}.")
        first = np.asarray(dataset[self._axes.selection(0)])
        is_float = np.issubdtype(first.dtype, np.floating)
        says_unit = bool(video.metadata.get("convert_range"))
        self._is_unit = bool(is_float and (says_unit or np.nanmax(first, initial=0) <= 1))
        is_gray_now = video.grayscale
        if is_gray_now is None:
            is_gray_now = stored == 1 or is_gray(self._upright(first))
        self._shape = (frames, height, width, 1 if is_gray_now else 3)

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept an HDF5 file whose dataset holds pixels, not encoded images."""
        return isinstance(location, Path) and location.is_file() and is_hdf5(location)

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Open the file; see the class."""
        assert isinstance(location, Path)
        return cls(video, location)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels)."""
        return self._shape

    def fingerprint(self) -> str | None:
        """Take that of the dataset."""
        return fingerprint.of_dataset(self._dataset())

    def _dataset(self) -> h5py.Dataset:
        if self._file is None:
            self._file = open_file(self._path)
        dataset = find_dataset(self._file, self.video.dataset, path=self._path)
        if is_encoded(dataset):
            raise VideoError(
                f"Cannot read dataset '{dataset.name}' of '{self._path}' as an array of pixels: "
                "its rows are encoded images."
            )
        return dataset

    def _read(self, row: int) -> Image:
        with reading(f"read frame {row} of '{self.name}'"):
            values = np.asarray(self._dataset()[self._axes.selection(row)])
        return as_channels(self._upright(values), grayscale=self.is_grayscale)

    def _upright(self, values: np.ndarray) -> Image:
        pixels = to_uint8(values, name=self.name, is_unit=self._is_unit)
        return np.ascontiguousarray(self._axes.upright(pixels)).view(np.uint8)

    def _release(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None
