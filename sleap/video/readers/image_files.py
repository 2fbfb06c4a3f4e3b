"""Images on disk as a video: a folder, a list of files, or the pages of a TIFF."""

import re
from pathlib import Path
from typing import ClassVar, Self

import attrs
import cv2
import numpy as np

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import fingerprint
from sleap.video.encode import decode_image, from_opencv
from sleap.video.pixels import as_channels, is_gray
from sleap.video.reader import READERS, Image, Location, Reader

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"})
TIFF = frozenset({".tif", ".tiff"})


@READERS.register("images")
class ImageFilesReader(Reader):
    """Reads one image file for each frame; all must be of the size of the first.

    Args:
        video: What is known of the video.
        pages: The file of each frame, and its page in that file.

    Raises:
        VideoError: If there are none, or the first cannot be read.
    """

    holds_files: ClassVar[bool] = False

    def __init__(self, video: Video, pages: list[tuple[Path, int]]) -> None:
        super().__init__(video, str(pages[0][0]) if pages else video.name)
        self._pages = pages
        first = _load(*pages[0])
        is_one = is_gray(first) if video.grayscale is None else video.grayscale
        self._shape = (len(pages), first.shape[0], first.shape[1], 1 if is_one else 3)

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept a folder, a list of files, and a single image."""
        if isinstance(location, list):
            return True
        return location.is_dir() or location.suffix.lower() in SUFFIXES

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """List the images of a folder in natural order (2 before 10), or the pages of a TIFF."""
        if isinstance(location, list):
            return cls(video, [(path, 0) for path in location])
        if location.is_dir():
            files = images_in(location)
            described = attrs.evolve(video, filename=[str(path) for path in files])
            return cls(described, [(path, 0) for path in files])
        return cls(video, [(location, page) for page in range(_count_pages(location))])

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels)."""
        return self._shape

    def fingerprint(self) -> str | None:
        """Take that of the sequence, or of the file if it has pages."""
        path, page = self._pages[-1]
        if page:
            return fingerprint.of_file(path)
        return fingerprint.of_images([path for path, _ in self._pages])

    def _read(self, row: int) -> Image:
        path, page = self._pages[row]
        image = _load(path, page)
        if image.shape[:2] != self._shape[1:3]:
            raise VideoError(
                f"Cannot read '{path}' as frame {row}: it is {image.shape[1]}x{image.shape[0]} "
                f"pixels, but the first image is {self._shape[2]}x{self._shape[1]}. Images of "
                "different sizes are different videos."
            )
        return as_channels(image, grayscale=self.is_grayscale)

    def _release(self) -> None:
        """Nothing is held open."""


def images_in(folder: Path) -> list[Path]:
    """List the images of a folder, in natural order.

    Raises:
        VideoError: If there are none.
    """
    files = [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES]
    if not files:
        raise VideoError(
            f"Cannot open folder '{folder}' as a video: it holds no image "
            f"({', '.join(sorted(SUFFIXES))})."
        )
    return sorted(files, key=lambda path: natural_key(path.name))


def natural_key(name: str) -> list[tuple[int, int | str]]:
    """Return a key that sorts names with numbers in them by the numbers: a2 before a10."""
    parts = re.split(r"(\d+)", name.lower())
    return [(0, int(part)) if part.isdecimal() else (1, part) for part in parts if part]


def _count_pages(path: Path) -> int:
    if path.suffix.lower() not in TIFF:
        return 1
    pages = int(cv2.imcount(str(path)))
    if pages < 1:
        raise VideoError(f"Cannot read '{path}': it is not a TIFF image, or is damaged.")
    return pages


def _load(path: Path, page: int) -> Image:
    if page:
        is_read, images = cv2.imreadmulti(str(path), page, 1, flags=cv2.IMREAD_ANYCOLOR)
        if not is_read or not images:
            raise VideoError(f"Cannot read page {page} of '{path}': the file is damaged.")
        return from_opencv(images[0])
    if path.exists() and not path.is_file():
        raise VideoError(f"Cannot read '{path}' as an image: it is a folder, a device or a pipe.")
    try:
        data = np.fromfile(path, np.uint8)
    except OSError as error:
        raise VideoError(f"Cannot read '{path}': {error.strerror or error}.") from None
    return decode_image(data, name=str(path))
