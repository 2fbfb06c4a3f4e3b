"""Images that lie inside a labels file: training packages.

A package has a group ``video{i}`` for each video: ``video``, one row for each image, and
``frame_numbers``, the index that each image had in its recording; frames are read by that index.
Rows are complete PNG or JPEG files (attribute ``format``), of varying length or padded with zeros;
or raw pixels (rows, height, width, channels).

The attribute ``channel_order`` says what a standard decoder of the images gives: "RGB", or "BGR"
where the red and blue of the stored files are exchanged. The first packages do not have it; their
files were made so.
"""

from pathlib import Path
from typing import Self

import attrs
import h5py
import numpy as np

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video.encode import decode_image
from sleap.video.hdf5_file import (
    find_dataset,
    is_encoded,
    is_hdf5,
    open_file,
    reading,
    text,
)
from sleap.video.pixels import Image, as_channels, is_gray, to_uint8
from sleap.video.reader import READERS, IntArray, Location, Reader


@READERS.register("embedded")
class EmbeddedReader(Reader):
    """Reads the images of one video of a package, by their index in the recording.

    Args:
        video: What is known of the video; ``dataset`` may be unset if the package has one video.
        path: Where the package lies.

    Raises:
        VideoError: If the package has no such video or it is damaged.
    """

    def __init__(self, video: Video, path: Path) -> None:
        super().__init__(video, str(path))
        self._path = path
        self._file: h5py.File | None = None
        try:
            with reading(f"read '{path}' as a training package"):
                self._describe(video)
        except VideoError:
            self._release()
            raise

    def _describe(self, video: Video) -> None:
        """Read what there is to know before the first frame."""
        dataset = self._dataset()
        self._is_encoded = is_encoded(dataset)
        self._is_swapped = text(dataset.attrs.get("channel_order", "BGR")).upper() == "BGR"
        numbers = self._find_numbers(video, dataset)
        self._rows = {int(number): row for row, number in enumerate(numbers)}
        self.video = attrs.evolve(
            video, dataset=dataset.name.lstrip("/"), frame_numbers=numbers, is_embedded=True
        )
        self._numbers = numbers
        self._shape = self._find_shape(dataset, video.grayscale)

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept a file of HDF5 whose dataset is of encoded images or has frame numbers."""
        if not isinstance(location, Path) or not location.is_file():
            return False
        if video.is_embedded:
            return True
        if not is_hdf5(location):
            return False
        with open_file(location) as file, reading(f"read '{location}' as a video"):
            dataset = find_dataset(file, video.dataset, path=location)
            return is_encoded(dataset) or "frame_numbers" in dataset.parent

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Open the package; see the class."""
        assert isinstance(location, Path)
        return cls(video, location)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(rows, height, width, channels): frames are the embedded images only."""
        return self._shape

    @property
    def frame_indices(self) -> IntArray:
        """(rows,) the index of each image in the recording, as stored."""
        return self._numbers

    def _dataset(self) -> h5py.Dataset:
        if self._file is None:
            self._file = open_file(self._path)
        return find_dataset(self._file, self.video.dataset, path=self._path)

    @staticmethod
    def _find_numbers(video: Video, dataset: h5py.Dataset) -> IntArray:
        if video.frame_numbers is not None:
            numbers = video.frame_numbers
        elif "frame_numbers" in dataset.parent:
            numbers = np.asarray(dataset.parent["frame_numbers"])
        else:
            numbers = np.arange(dataset.shape[0])
        if not len(numbers) and dataset.shape[0] == 1:
            return np.empty(0, np.int64)  # a placeholder: nothing of this video is embedded
        if len(numbers) != dataset.shape[0]:
            raise VideoError(
                f"Cannot read '{dataset.name}' of '{dataset.file.filename}': it has "
                f"{dataset.shape[0]} images but {len(numbers)} frame numbers; the file is damaged."
            )
        return numbers.astype(np.int64)

    def _find_shape(
        self, dataset: h5py.Dataset, grayscale: bool | None
    ) -> tuple[int, int, int, int]:
        rows = len(self._numbers)
        if not rows:
            return 0, *self._stored_size(dataset), 1 if grayscale is not False else 3
        first = self._image(dataset, 0)
        wants_gray = is_gray(first) if grayscale is None else grayscale
        return rows, first.shape[0], first.shape[1], 1 if wants_gray else 3

    @staticmethod
    def _stored_size(dataset: h5py.Dataset) -> tuple[int, int]:
        return int(dataset.attrs.get("height", 0)), int(dataset.attrs.get("width", 0))

    def _row(self, frame_idx: int) -> int:
        row = self._rows.get(frame_idx)
        if row is None:
            some = ", ".join(str(number) for number in self._numbers[:5])
            more = ", ..." if len(self._numbers) > 5 else ""
            raise VideoError(
                f"'{self.name}' has no image of frame {frame_idx}: it holds {len(self._rows)} "
                f"frames of the recording ({some}{more}). Open the recording itself to see others."
            )
        return row

    def _read(self, row: int) -> Image:
        return as_channels(self._image(self._dataset(), row), grayscale=self.is_grayscale)

    def _image(self, dataset: h5py.Dataset, row: int) -> Image:
        label = f"image {row} of '{dataset.name}' in '{self._path}'"
        with reading(f"read {label}"):
            values = np.asarray(dataset[row])
        if not self._is_encoded:
            pixels = to_uint8(values, name=label)
            return pixels if pixels.ndim == 3 else pixels[:, :, None]
        image = decode_image(values, name=label)
        if self._is_swapped and image.shape[2] == 3:
            image = np.ascontiguousarray(image[:, :, ::-1])
        return image

    def _release(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None
