"""A short text that tells one recording from another, read off a few blocks of its file.

The text is ``version:size:digest``. Version 1 takes, with BLAKE2b of 16 bytes:

=============== ===================== ============================================================
kind            size                  what is hashed, after the name of the kind and the size
=============== ===================== ============================================================
a file          bytes                 all of a file up to 256 KiB; else 8 blocks of 16 KiB, at
                                      equal distances from the first byte to the last
images          number of files       of 8 files, from the first to the last: what is hashed of
                                      a file
HDF5 dataset    bytes of the pixels   shape and type, and 3 rows, from the first to the last
=============== ===================== ============================================================

Names and dates do not count, so that copies have the fingerprint of the original; a recording that
was encoded anew has another. A file of any length costs a few reads: it can be done when a video is
opened, and never needs to be done again.
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

if TYPE_CHECKING:
    import h5py

VERSION = 1
BLOCK = 16 * 1024
N_BLOCKS = 8
WHOLE = 256 * 1024
N_IMAGES = 8
N_ROWS = 3
MAX_ROW_BYTES = 64 * 2**20
"""A dataset whose rows, or the chunks that hold them, are larger is told by its shape alone."""


def of_file(path: Path) -> str | None:
    """Take the fingerprint of a media file.

    Returns:
        The text; None if the file cannot be read or is no ordinary file.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            digest = _begin("file", size)
            _add_blocks(digest, file, size)
    except OSError:
        return None
    return _finish(digest, size)


def of_images(paths: Sequence[Path]) -> str | None:
    """Take the fingerprint of a sequence of image files; None if one cannot be read."""
    if not paths:
        return None
    digest = _begin("images", len(paths))
    try:
        for number in _spread(len(paths), N_IMAGES):
            if not paths[number].is_file():
                return None
            with paths[number].open("rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                digest.update(f"{size}\n".encode())
                _add_blocks(digest, file, size)
    except OSError:
        return None
    return _finish(digest, len(paths))


def of_dataset(dataset: "h5py.Dataset") -> str | None:
    """Take the fingerprint of a dataset of pixels, one row for each frame; None if unreadable."""
    shape = tuple(int(size) for size in dataset.shape or ())
    if not shape or 0 in shape or dataset.dtype.kind not in "buif":
        return None
    size = int(np.prod(shape, dtype=object)) * dataset.dtype.itemsize
    digest = _begin("dataset", size)
    digest.update(f"{list(shape)} {dataset.dtype.newbyteorder('<').str}\n".encode())
    chunk = int(np.prod(dataset.chunks or (), dtype=object)) * dataset.dtype.itemsize
    try:
        if max(size // shape[0], chunk) <= MAX_ROW_BYTES:
            for row in _spread(shape[0], N_ROWS):
                values = np.asarray(dataset[row])
                digest.update(np.ascontiguousarray(values, values.dtype.newbyteorder("<")).data)
    except (OSError, RuntimeError):
        return None
    return _finish(digest, size)


def of_location(location: Path | Sequence[Path]) -> str | None:
    """Take the fingerprint of a file, or of a list of images; None for anything else."""
    return of_file(location) if isinstance(location, Path) else of_images(location)


def size_of(fingerprint: str | None) -> int | None:
    """Return the size that a fingerprint of this version tells; None for any other text."""
    version, _, rest = (fingerprint or "").partition(":")
    size = rest.partition(":")[0]
    return int(size) if version == str(VERSION) and size.isdecimal() else None


def _begin(kind: str, size: int) -> "hashlib.blake2b":
    return hashlib.blake2b(f"{kind} {size}\n".encode(), digest_size=16)


def _finish(digest: "hashlib.blake2b", size: int) -> str:
    return f"{VERSION}:{size}:{digest.hexdigest()}"


def _add_blocks(digest: "hashlib.blake2b", file: BinaryIO, size: int) -> None:
    if size <= WHOLE:
        digest.update(_read(file, 0, size))
        return
    for start in _spread(size - BLOCK + 1, N_BLOCKS):
        digest.update(_read(file, start, BLOCK))


def _read(file: BinaryIO, start: int, n_bytes: int) -> bytes:
    file.seek(start)
    parts = bytearray()
    while len(parts) < n_bytes and (part := file.read(n_bytes - len(parts))):
        parts += part
    return bytes(parts)


def _spread(n_items: int, n_wanted: int) -> list[int]:
    """Choose numbers at equal distances from the first to the last."""
    if n_items <= n_wanted:
        return list(range(n_items))
    return [number * (n_items - 1) // (n_wanted - 1) for number in range(n_wanted)]
