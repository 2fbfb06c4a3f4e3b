"""Writes the images of one video into a package: encoded, raw, or copied from another package."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

import h5py
import numpy as np
import numpy.typing as npt

from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.io.slp import hdf5, spec, videos

Encoding = Literal["png", "jpg", "raw"]
Image = npt.NDArray[np.uint8]

ENCODINGS: tuple[Encoding, ...] = ("png", "jpg", "raw")

N_WORKERS = min(4, os.cpu_count() or 1)

_VECTOR = h5py.vlen_dtype(np.dtype(np.int8))


def write_images(
    video: Video,
    indices: IntArray,
    group: h5py.Group,
    encoding: Encoding,
    quality: int,
    advance: Callable[[], None],
) -> None:
    """Write the images of some frames, and their indices.

    Memory does not grow with the number of images. Images that lie in a package already, in the
    wanted encoding, are copied as they are.

    Args:
        video: The video to read from.
        indices: (n,) ascending frame indices.
        group: The group of the video in the new file.
        encoding: "png", "jpg" or "raw".
        quality: Of JPEG images, 1 to 100.
        advance: Called for each image; what it raises ends the job.

    Raises:
        VideoError: If the video is missing or a frame cannot be read.
    """
    group.create_dataset(spec.FRAME_NUMBERS, data=indices)
    if encoding != "raw" and _copy(video, indices, group, encoding, advance):
        return
    from sleap.video import open_video

    with open_video(video, search=videos.search_folders(video)) as reader:
        images = (image for _, image in reader.iterate(indices.tolist()))
        if encoding == "raw":
            _write_raw(group, images, len(indices), advance)
        else:
            _write_encoded(group, images, len(indices), encoding, quality, advance)
        dataset = group[spec.IMAGES]
        dataset.attrs["frames"] = _n_frames(video) or reader.n_frames


def _write_raw(
    group: h5py.Group, images: Iterator[Image], n_images: int, advance: Callable[[], None]
) -> None:
    dataset: h5py.Dataset | None = None
    for row, image in enumerate(images):
        if dataset is None:
            # One image is one chunk: a single frame is read without unpacking its neighbours.
            dataset = group.create_dataset(
                spec.IMAGES,
                (n_images, *image.shape),
                "u1",
                chunks=(1, *image.shape),
                compression="gzip",
                compression_opts=1,
            )
            _describe_pixels(dataset, image)
        if image.shape != dataset.shape[1:]:
            raise VideoError(
                f"Image {row} is of {image.shape} pixels and the first of {dataset.shape[1:]}: "
                "raw images must be of one size. Choose the encoding 'png'."
            )
        dataset[row] = image
        advance()


def _write_encoded(
    group: h5py.Group,
    images: Iterator[Image],
    n_images: int,
    encoding: str,
    quality: int,
    advance: Callable[[], None],
) -> None:
    """Encode in a few threads, write in order; only a few images are in memory at a time."""
    from sleap.video.encode import encode_image

    dataset = _vectors(group, n_images, encoding)
    waiting: deque[Future[bytes]] = deque()
    n_written = 0

    def write_next() -> None:
        nonlocal n_written
        dataset[n_written] = np.frombuffer(waiting.popleft().result(), np.int8)
        n_written += 1
        advance()

    with ThreadPoolExecutor(N_WORKERS, "encode") as pool:
        for row, image in enumerate(images):
            if row == 0:
                _describe_pixels(dataset, image)
            waiting.append(pool.submit(encode_image, image, encoding, quality))
            if len(waiting) > 2 * N_WORKERS:
                write_next()
        while waiting:
            write_next()


def _copy(
    video: Video, indices: IntArray, group: h5py.Group, encoding: str, advance: Callable[[], None]
) -> bool:
    """Copy images that are stored in that encoding already; tell whether that was possible."""
    path = _find_container(video)
    if path is None:
        return False
    with hdf5.opened(path) as file:
        old = hdf5.find_dataset(file, str(video.dataset))
        if old is None or not _is_standard(old, encoding):
            return False
        rows = _rows_of(video, indices, file, old)
        if rows is None:
            return False
        dataset = _vectors(group, len(indices), encoding)
        for name in ("channels", "height", "width", "frames"):
            if name in old.attrs:
                dataset.attrs[name] = old.attrs[name]
        for place, row in enumerate(rows):
            # Rows of equal length are padded with zeros; neither format ends with one.
            data = np.asarray(old[row]).astype(np.int8, copy=False).tobytes().rstrip(b"\0")
            dataset[place] = np.frombuffer(data, np.int8)
            advance()
    return True


def _is_standard(images: h5py.Dataset, encoding: str) -> bool:
    """Tell whether images are files of that encoding with colours in the standard order."""
    if not {"format", "height", "width", "channels"} <= images.attrs.keys():
        return False
    stored = _text(images.attrs["format"]).lower()
    same = {stored, encoding} <= {"jpg", "jpeg"} or stored == encoding
    is_gray = int(images.attrs["channels"]) == 1
    return same and (is_gray or _text(images.attrs.get("channel_order", "")) == "RGB")


def _rows_of(
    video: Video, indices: IntArray, file: h5py.File, images: h5py.Dataset
) -> list[int] | None:
    numbers = video.frame_numbers
    if numbers is None:
        group = str(video.dataset).rpartition("/")[0]
        stored = hdf5.find_dataset(file, f"{group}/{spec.FRAME_NUMBERS}")
        numbers = np.arange(images.shape[0]) if stored is None else stored[()].astype(np.int64)
    rows = {int(number): row for row, number in enumerate(numbers)}
    wanted = [rows.get(int(index), -1) for index in indices]
    return wanted if min(wanted) >= 0 and len(numbers) == images.shape[0] else None


def _find_container(video: Video) -> Path | None:
    """Return the package that holds the images of a video, if it holds them and is there."""
    if not video.is_embedded:
        return None
    from sleap.video.locate import find_video

    found = find_video(video, videos.search_folders(video))
    return found if isinstance(found, Path) else None


def _vectors(group: h5py.Group, n_images: int, encoding: str) -> h5py.Dataset:
    dataset = group.create_dataset(spec.IMAGES, (n_images,), dtype=_VECTOR)
    dataset.attrs["format"] = encoding
    dataset.attrs["channel_order"] = "RGB"
    return dataset


def _describe_pixels(dataset: h5py.Dataset, image: Image) -> None:
    for name, size in zip(("height", "width", "channels"), image.shape, strict=True):
        dataset.attrs[name] = size


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _n_frames(video: Video) -> int | None:
    first = video.source if video.is_embedded else video
    return first.n_frames if first is not None else None
