"""Writes the images of one video into a package: encoded, raw, or copied from another package."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Literal

import h5py
import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.io.slp import hdf5, spec, videos
from sleap.io.slp.origin import Origin

Encoding = Literal["png", "jpg", "raw"]
Image = npt.NDArray[np.uint8]

ENCODINGS: tuple[Encoding, ...] = ("png", "jpg", "raw")

N_WORKERS = min(4, os.cpu_count() or 1)

_VECTOR = h5py.vlen_dtype(np.dtype(np.int8))


def write_images(
    origin: Origin,
    indices: IntArray,
    group: h5py.Group,
    encoding: Encoding,
    quality: int,
    advance: Callable[[], None],
    *,
    n_workers: int = N_WORKERS,
) -> int:
    """Write the images of some frames, and their indices.

    Memory does not grow with the number of images. Images that lie in a package already are
    copied as they are where they are of the wanted encoding; so are JPEG images where PNG is
    wanted, as an exact copy of them would only be larger.

    Args:
        origin: Where the images are.
        indices: (n,) ascending frame indices; at least one.
        group: The group of the video in the new file.
        encoding: "png", "jpg" or "raw".
        quality: Of JPEG images, 1 to 100.
        advance: Called for each image; what it raises ends the job.
        n_workers: Threads that encode while this one reads and writes.

    Returns:
        How many images were copied as they are.

    Raises:
        VideoError: If a frame cannot be read.
    """
    group.create_dataset(spec.FRAME_NUMBERS, data=indices)
    with ExitStack() as stack:
        stored = _open_stored(origin, indices, encoding, stack)
        pixels = _PixelSource(origin, stack, stored)
        if encoding == "raw":
            images = (pixels.read(index) for index in indices.tolist())
            _write_raw(group, images, len(indices), advance)
            n_copied = 0
        else:
            write = _EncodedWriter(group, len(indices), encoding, quality, advance, stored)
            n_copied = write.run(indices, pixels, n_workers)
        group[spec.IMAGES].attrs["frames"] = _n_frames(origin.video) or pixels.n_frames
    return n_copied


def write_placeholder(group: h5py.Group) -> None:
    """Write what stands for a video without images: one image of one pixel, of no frame.

    The original wrote the same, as its reader could not open a video of no images.
    """
    from sleap.video.encode import encode_image

    group.create_dataset(spec.FRAME_NUMBERS, data=np.empty(0, np.int64))
    dataset = _vectors(group, 1, "png", "RGB")
    pixel = np.zeros((1, 1, 1), np.uint8)
    dataset[0] = np.frombuffer(encode_image(pixel, "png"), np.int8)
    _describe_pixels(dataset, pixel.shape)


@frozen(eq=False)
class _Stored:
    """Images of a package that can be copied as they are.

    Args:
        dataset: The images, one encoded file each.
        rows: By frame index.
        format: "png" or "jpg".
        channel_order: What a standard decoder gives: "RGB" or "BGR".
    """

    dataset: h5py.Dataset
    rows: dict[int, int]
    format: str
    channel_order: str

    def read(self, frame_idx: int) -> bytes:
        """Return the file of an image; ones of equal length are padded with zeros, neither ends
        with one.
        """  # noqa: D205
        row: npt.NDArray[Any] = np.asarray(self.dataset[self.rows[frame_idx]])
        return row.astype(np.int8, copy=False).tobytes().rstrip(b"\0")


class _PixelSource:
    """Decodes images that cannot be copied, of the package or else of the recording.

    Args:
        origin: Where the images are.
        stack: Closes what is opened here.
        stored: What is copied in place of decoded.
    """

    def __init__(self, origin: Origin, stack: ExitStack, stored: _Stored | None) -> None:
        self._origin = origin
        self._stack = stack
        self._held = set(origin.held.tolist()) if origin.package is not None else set()
        self._readers: dict[bool, Any] = {}
        self._grayscale = origin.video.grayscale
        if stored is not None:
            self._grayscale = int(stored.dataset.attrs["channels"]) == 1

    @property
    def n_frames(self) -> int:
        """Frames of the recording, or of what was opened in its place."""
        recording = self._origin.recording
        if recording is not None and recording.n_frames:
            return recording.n_frames
        return max((reader.n_frames for reader in self._readers.values()), default=0)

    def read(self, frame_idx: int) -> Image:
        """Return one frame, (height, width, 1 or 3) uint8."""
        image: Image = self._reader(frame_idx in self._held).read(frame_idx)
        if self._grayscale is None:  # all images of a video have as many channels as its first
            self._grayscale = image.shape[2] == 1
        return image

    def _reader(self, is_held: bool) -> Any:
        if is_held not in self._readers:
            from sleap.video import open_video

            video = self._origin.video if is_held else self._origin.recording
            assert video is not None
            grayscale = video.grayscale if self._grayscale is None else self._grayscale
            folders = videos.search_folders(video)
            self._readers[is_held] = self._stack.enter_context(
                open_video(video, grayscale=grayscale, search=folders)
            )
        return self._readers[is_held]


def _open_stored(
    origin: Origin, indices: IntArray, encoding: str, stack: ExitStack
) -> _Stored | None:
    """Open the images of a package, if they can go into the new one as they are."""
    if encoding == "raw" or origin.package is None or not np.isin(indices, origin.held).any():
        return None
    file = stack.enter_context(hdf5.opened(origin.package))
    images = hdf5.find_dataset(file, str(origin.video.dataset))
    needed = {"format", "height", "width", "channels"}
    if images is None or not needed <= images.attrs.keys() or len(origin.held) != len(images):
        return None
    stored = _text(images.attrs["format"]).lower().replace("jpeg", "jpg")
    is_gray = int(images.attrs["channels"]) == 1
    order = "RGB" if is_gray else _text(images.attrs.get("channel_order", "BGR")).upper()
    is_complete = bool(np.isin(indices, origin.held).all())
    is_same = stored == encoding and (is_complete or order == "RGB")
    is_lossy = (stored, encoding) == ("jpg", "png") and is_complete
    if not is_same and not is_lossy:
        return None
    rows = {int(number): row for row, number in enumerate(origin.held)}
    return _Stored(images, rows, stored, order)


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
            _describe_pixels(dataset, image.shape)
        if image.shape != dataset.shape[1:]:
            raise VideoError(
                f"Image {row} is of {image.shape} pixels and the first of {dataset.shape[1:]}: "
                "raw images must be of one size. Choose the encoding 'png'."
            )
        dataset[row] = image
        advance()


class _EncodedWriter:
    """Encodes in a few threads, writes in order; only a few images are in memory at a time."""

    def __init__(
        self,
        group: h5py.Group,
        n_images: int,
        encoding: str,
        quality: int,
        advance: Callable[[], None],
        stored: _Stored | None,
    ) -> None:
        self._encoding, self._quality = encoding, quality
        self._advance, self._stored = advance, stored
        order = "RGB" if stored is None else stored.channel_order
        self._dataset = _vectors(
            group, n_images, encoding if stored is None else stored.format, order
        )
        if stored is not None:
            old = stored.dataset.attrs
            _describe_pixels(
                self._dataset, tuple(int(old[name]) for name in ("height", "width", "channels"))
            )
        self._waiting: deque[bytes | Future[bytes]] = deque()
        self._n_written = 0

    def run(self, indices: IntArray, pixels: _PixelSource, n_workers: int) -> int:
        """Write the images; return how many were copied."""
        from sleap.video.encode import encode_image

        n_copied = 0
        with ThreadPoolExecutor(n_workers, "encode") as pool:
            for row, index in enumerate(indices.tolist()):
                if self._stored is not None and index in self._stored.rows:
                    self._waiting.append(self._stored.read(index))
                    n_copied += 1
                else:
                    image = pixels.read(index)
                    if row == 0 and self._stored is None:
                        _describe_pixels(self._dataset, image.shape)
                    self._waiting.append(
                        pool.submit(encode_image, image, self._encoding, self._quality)
                    )
                if len(self._waiting) > 2 * n_workers:
                    self._write_next()
            while self._waiting:
                self._write_next()
        return n_copied

    def _write_next(self) -> None:
        item = self._waiting.popleft()
        data = item if isinstance(item, bytes) else item.result()
        self._dataset[self._n_written] = np.frombuffer(data, np.int8)
        self._n_written += 1
        self._advance()


def _vectors(group: h5py.Group, n_images: int, encoding: str, order: str) -> h5py.Dataset:
    dataset = group.create_dataset(spec.IMAGES, (n_images,), dtype=_VECTOR)
    dataset.attrs["format"] = encoding
    dataset.attrs["channel_order"] = order
    return dataset


def _describe_pixels(dataset: h5py.Dataset, shape: tuple[int, ...]) -> None:
    for name, size in zip(("height", "width", "channels"), shape, strict=True):
        dataset.attrs[name] = size


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _n_frames(video: Video) -> int | None:
    first = video.source if video.is_embedded else video
    return first.n_frames if first is not None else None
