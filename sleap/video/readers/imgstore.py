"""Images in an imgstore: a folder of numbered images with their frame numbers, or one in a zip.

An imgstore holds ``metadata.yaml``, whose ``__store`` names the format of the images, and chunks:
folders ``000000``, ``000001``, ... of images ``000000.png``, ... with an ``index`` (``.npz``,
``.yaml`` or ``.json``) that lists the ``frame_number`` of each. Old projects kept the images of
labeled frames in such folders, ``frame_data_vid0``, ..., in a zip with the labels; these are read
straight from the zip, and nothing is ever unpacked.
"""

import io
import json
import re
import threading
import zipfile
import zlib
from pathlib import Path
from typing import Any, ClassVar, Self

import attrs
import numpy as np
import yaml

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video.encode import decode_image
from sleap.video.pixels import Image, as_channels, is_gray
from sleap.video.reader import READERS, IntArray, Location, Reader

METADATA = "metadata.yaml"

MAX_INDEX = 1 << 24
"""Bytes of an index or of metadata, at most."""

MAX_IMAGE = 1 << 28
"""Bytes of an image file, at most."""

_IMAGES = {"png", "jpg", "jpeg", "bmp", "ppm", "pgm", "tif", "tiff"}
_SWAPPED = re.compile(r"(.*/)?frame_data_vid\d+")


@READERS.register("imgstore")
class ImgstoreReader(Reader):
    """Reads the images of an imgstore by the number that each had in its recording.

    In a zip of labels red and blue of the images are exchanged: they were written from RGB arrays
    by a program that takes BGR.

    Args:
        video: What is known of the video; ``dataset`` is the folder inside of a zip.
        path: The folder, its ``metadata.yaml``, or the zip.

    Raises:
        VideoError: If it is no imgstore of images, or is damaged.
    """

    holds_files: ClassVar[bool] = True

    def __init__(self, video: Video, path: Path) -> None:
        super().__init__(video, str(path))
        self._is_zip = path.suffix.lower() == ".zip"
        self._path = path.parent if path.name == METADATA else path
        folder = (video.dataset or "").replace("\\", "/").strip("/").removesuffix(f"/{METADATA}")
        self._folder = folder if self._is_zip else ""
        self._is_swapped = _SWAPPED.fullmatch(self._folder or self._path.name) is not None
        self._zip: zipfile.ZipFile | None = None
        self._zip_lock = threading.Lock()
        form = self._find_format()
        self._images, numbers = self._list_images(form)
        if not self._images:
            raise VideoError(f"Cannot open '{self.name}' as an imgstore: it holds no image.")
        if video.metadata.get("index_by_original") is False:
            numbers = np.arange(len(self._images), dtype=np.int64)
        self._numbers = numbers
        self._rows = {int(number): row for row, number in enumerate(numbers)}
        first = self._load(0)
        is_one = is_gray(first) if video.grayscale is None else video.grayscale
        self._shape = (len(self._images), first.shape[0], first.shape[1], 1 if is_one else 3)
        self.video = attrs.evolve(video, frame_numbers=numbers)

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept a folder with the metadata of an imgstore, that file, and a folder in a zip."""
        if not isinstance(location, Path):
            return False
        if location.suffix.lower() == ".zip":
            return bool(video.dataset)
        return location.name == METADATA or (location / METADATA).is_file()

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Open the store; see the class."""
        assert isinstance(location, Path)
        return cls(video, location)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_images, height, width, channels)."""
        return self._shape

    @property
    def frame_indices(self) -> IntArray:
        """(n_images,) the numbers of the images in their recording."""
        return self._numbers

    def _row(self, frame_idx: int) -> int:
        if frame_idx not in self._rows:
            raise VideoError(
                f"'{self.name}' holds no image of frame {frame_idx}: only those that were labeled "
                "were stored."
            )
        return self._rows[frame_idx]

    def _read(self, row: int) -> Image:
        image = self._load(row)
        if image.shape[:2] != self._shape[1:3]:
            raise VideoError(
                f"Cannot read '{self._images[row]}' of '{self.name}': it is "
                f"{image.shape[1]}x{image.shape[0]} pixels, but the first image is "
                f"{self._shape[2]}x{self._shape[1]}."
            )
        return as_channels(image, grayscale=self.is_grayscale)

    def _load(self, row: int) -> Image:
        name = self._images[row]
        data = self._bytes(name, MAX_IMAGE)
        if name.endswith(".npy"):
            try:
                image: Image = np.load(io.BytesIO(data), allow_pickle=False)
            except (ValueError, OSError, EOFError, MemoryError) as error:
                raise VideoError(f"Cannot read '{name}' of '{self.name}': {error}.") from None
            if image.dtype != np.uint8 or image.ndim not in (2, 3):
                raise VideoError(f"Cannot read '{name}' of '{self.name}': it is no image.")
            return image if image.ndim == 3 else image[:, :, None]
        image = decode_image(data, name=f"{name} of {self.name}")
        return image[:, :, ::-1] if self._is_swapped else image

    def _find_format(self) -> str:
        found = self._document(METADATA)
        store = found.get("__store") if isinstance(found, dict) else None
        form = store.get("format") if isinstance(store, dict) else None
        if not isinstance(form, str) or form.lower() not in {*_IMAGES, "npy"}:
            raise VideoError(
                f"Cannot read imgstore '{self.name}': its images are of format {form!r}. Readable "
                f"are {', '.join(sorted({*_IMAGES, 'npy'}))}; convert it to a video file."
            )
        return form

    def _list_images(self, form: str) -> tuple[list[str], IntArray]:
        """List the image files and their frame numbers, chunk by chunk."""
        images: list[str] = []
        numbers: list[IntArray] = []
        for chunk in self._chunks():
            found = self._frame_numbers(chunk)
            images += [f"{chunk}/{place:06d}.{form}" for place in range(len(found))]
            numbers.append(found)
        return images, np.concatenate([np.empty(0, np.int64), *numbers])

    def _frame_numbers(self, chunk: str) -> IntArray:
        name = next(
            (name for end in ("npz", "yaml", "json") if self._has(name := f"{chunk}/index.{end}")),
            None,
        )
        if name is None:
            raise VideoError(f"Cannot read imgstore '{self.name}': '{chunk}' has no index.")
        try:
            if name.endswith(".npz"):
                values = _from_npz(self._bytes(name, MAX_INDEX))
            else:
                values = self._document(name)["frame_number"]
            numbers = np.asarray(values)
            if numbers.ndim != 1 or (numbers.dtype.kind not in "iu" and len(numbers)):
                raise TypeError("its frame numbers are no list of whole numbers")
            return numbers.astype(np.int64)
        except (ValueError, KeyError, TypeError, OSError, EOFError, OverflowError) as error:
            raise VideoError(f"Cannot read '{name}' of imgstore '{self.name}': {error}.") from None
        except (zipfile.BadZipFile, zlib.error, MemoryError, RuntimeError) as error:
            raise VideoError(f"'{name}' of imgstore '{self.name}' is damaged: {error}.") from None

    def _document(self, name: str) -> Any:
        data = self._bytes(name, MAX_INDEX)
        try:
            return json.loads(data) if name.endswith(".json") else yaml.safe_load(data)
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            first = str(error).splitlines()[0]
            raise VideoError(f"Cannot read '{name}' of '{self.name}': {first}.") from None

    # -- a folder, or a zip ---------------------------------------------------------------------

    def _archive(self) -> zipfile.ZipFile:
        if self._zip is None:
            try:
                self._zip = zipfile.ZipFile(self._path)
            except (OSError, zipfile.BadZipFile, ValueError, RuntimeError) as error:
                raise VideoError(f"Cannot open '{self.name}' as a zip: {error}.") from None
        return self._zip

    def _chunks(self) -> list[str]:
        if not self._is_zip:
            names = {path.name for path in self._path.iterdir() if path.is_dir()}
        else:
            prefix = f"{self._folder}/"
            names = {
                name.removeprefix(prefix).split("/")[0]
                for name in self._archive().namelist()
                if name.startswith(prefix)
            }
        return sorted(name for name in names if re.fullmatch(r"\d{6}", name))

    def _has(self, name: str) -> bool:
        if not self._is_zip:
            return (self._path / name).is_file()
        return f"{self._folder}/{name}" in self._archive().NameToInfo

    def _bytes(self, name: str, limit: int) -> bytes:
        """Read a file of the store; names are those of the layout, never taken from its data."""
        try:
            if not self._is_zip:
                if not self._has(name):  # also what is no ordinary file: a pipe would never end
                    raise VideoError(f"Cannot read '{name}' of imgstore '{self.name}': no file.")
                with (self._path / name).open("rb") as file:
                    data = file.read(limit + 1)
            else:
                with self._zip_lock, self._archive().open(f"{self._folder}/{name}") as member:
                    data = member.read(limit + 1)
        except (OSError, KeyError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise VideoError(f"Cannot read '{name}' of imgstore '{self.name}': {error}.") from None
        if len(data) > limit:
            raise VideoError(f"'{name}' of imgstore '{self.name}' is over {limit} bytes large.")
        return data

    def _release(self) -> None:
        if self._zip is not None:
            self._zip.close()
        self._zip = None


def _from_npz(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        if sum(info.file_size for info in parts.infolist()) > MAX_INDEX:
            raise ValueError("it claims an absurd size")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return arrays["frame_number"]
