"""What is known of a video without opening it."""

import re
from collections.abc import Iterable
from os import fspath
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from sleap.core.tables import IntArray

Shape = tuple[int, int, int, int]


def basename(path: str) -> str:
    """Return the last part of a path written with slashes or backslashes."""
    return path[max(path.rfind("/"), path.rfind("\\")) + 1 :]


def _as_filename(value: str | Path | Iterable[str | Path]) -> str | list[str]:
    if isinstance(value, str | Path):
        return fspath(value)
    return [fspath(item) for item in value]


def _as_shape(value: Iterable[int] | None) -> Shape | None:
    if value is None:
        return None
    frames, height, width, channels = (int(size) for size in value)
    return frames, height, width, channels


def _as_frame_numbers(value: npt.ArrayLike | None) -> IntArray | None:
    return None if value is None else np.asarray(value, dtype=np.int64)


@define(eq=False)
class Video:
    """A description of a video; ``sleap.video.open_video`` gives its pixels.

    Two videos are the same only if they are the same object; ``matches`` compares what they show.

    Args:
        filename: Path of the video or labels file; a list of paths for a sequence of images.
        shape: (frames, height, width, channels), pixels; None while unknown.
        grayscale: Whether the pixels are read as one channel; None to tell from the pixels.
        dataset: Path of the dataset inside an HDF5 file.
        input_format: "channels_last" or "channels_first", for an HDF5 dataset.
        source: The video that embedded images were taken from.
        frame_numbers: (rows,) index in ``source`` of each embedded image.
        is_embedded: Whether the images lie inside the labels file ``filename``.
        fingerprint: Text that tells the content of the recording apart from that of others,
            "version:size:digest" (see ``sleap.video.fingerprint``); None until it was opened once.
        metadata: What a file says about it beyond this; kept for the next save.
    """

    filename: str | list[str] = field(converter=_as_filename)
    shape: Shape | None = field(default=None, converter=_as_shape, kw_only=True)
    grayscale: bool | None = field(default=None, kw_only=True)
    dataset: str | None = field(default=None, kw_only=True)
    input_format: str | None = field(default=None, kw_only=True)
    source: "Video | None" = field(default=None, kw_only=True)
    frame_numbers: IntArray | None = field(
        default=None, converter=_as_frame_numbers, kw_only=True, repr=False
    )
    is_embedded: bool = field(default=False, kw_only=True)
    fingerprint: str | None = field(default=None, kw_only=True)
    metadata: dict[str, Any] = field(factory=dict, kw_only=True, repr=False)

    @property
    def n_frames(self) -> int | None:
        """How many images can be read; None when unknown. Embedded: the number of rows."""
        return None if self.shape is None else self.shape[0]

    @property
    def height(self) -> int | None:
        """Height of a frame, pixels; None when unknown."""
        return None if self.shape is None else self.shape[1]

    @property
    def width(self) -> int | None:
        """Width of a frame, pixels; None when unknown."""
        return None if self.shape is None else self.shape[2]

    @property
    def channels(self) -> int | None:
        """Values per pixel, 1 or 3; None when unknown."""
        return None if self.shape is None else self.shape[3]

    @property
    def n_indices(self) -> int:
        """How many frame indices are known to exist: length of the recording, 0 when unknown.

        Embedded images keep their index in the source, so this is the length of the source.
        """
        if not self.is_embedded:
            return self.n_frames or 0
        numbers = self.frame_numbers
        last = int(numbers.max()) + 1 if numbers is not None and len(numbers) else 0
        return max(last, self.source.n_indices if self.source is not None else 0)

    @property
    def name(self) -> str:
        """The filename without its folder; of the first image for a sequence."""
        first = self.filename if isinstance(self.filename, str) else (self.filename or [""])[0]
        return basename(first)

    @property
    def _basenames(self) -> list[str]:
        names = [self.filename] if isinstance(self.filename, str) else self.filename
        return [basename(name) for name in names]

    @property
    def _origins(self) -> "list[Video]":
        return [self] if self.source is None else [self, *self.source._origins]

    def matches(self, other: "Video") -> bool:
        """Tell whether both show the same recording, wherever the files lie.

        Equal fingerprints decide: it is the same recording, whatever the files are called. Where
        one is unknown, names are compared, without folders, written with slashes or backslashes,
        and numbers and sizes of frames where both are known. Where fingerprints differ, it is the
        same recording only if it may have been encoded anew: the file and its folder have the
        same names, and numbers and sizes of frames are known and the same. Embedded images match
        their source, and others embedded from it.
        """
        if self is other:
            return True
        return any(a._is_alike(b) for a in self._origins for b in other._origins)

    def compare_fingerprint(self, fingerprint: str | None) -> bool | None:
        """Tell whether a fingerprint is that of this video; None if that cannot be told."""
        if self.fingerprint is None or fingerprint is None:
            return None
        if self.fingerprint.partition(":")[0] != fingerprint.partition(":")[0]:
            return None  # made by different rules
        return self.fingerprint == fingerprint

    def _is_alike(self, other: "Video") -> bool:
        if self is other:
            return True
        is_same_content = self.compare_fingerprint(other.fingerprint)
        if is_same_content:
            return True
        if self.is_embedded != other.is_embedded or not self._has_names_of(other):
            return False
        if (self.dataset or "") != (other.dataset or ""):
            return False
        if is_same_content is False and self._folder_name != other._folder_name:
            return False
        if self.shape is None or other.shape is None:
            return is_same_content is None
        return self.shape[:3] == other.shape[:3]

    def _has_names_of(self, other: "Video") -> bool:
        """Compare filenames without folders; long lists are told apart by their first names."""
        if self.filename == other.filename:
            return True
        if isinstance(self.filename, str) != isinstance(other.filename, str):
            return self._basenames == other._basenames
        is_list = not isinstance(self.filename, str)
        if is_list and len(self.filename) != len(other.filename):
            return False
        return self.name == other.name and self._basenames == other._basenames

    @property
    def _folder_name(self) -> str:
        first = self.filename if isinstance(self.filename, str) else (self.filename or [""])[0]
        return "".join(re.split(r"[\\/]", first)[-2:-1])
