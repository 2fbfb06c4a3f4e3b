"""Opening an HDF5 file that is cut off or whose beginning is lost.

HDF5 refuses a file shorter than its superblock says, and one without a superblock. It reads
through an object here that answers zeros for what is not there, and shows a new superblock where
the old one is gone. Nothing is ever written.

Structures are those of the HDF5 File Format Specification, version 3.0: superblock (II.A), local
heap (III.D), version 1 B-tree (III.A.1), object header (IV.A.1).
"""

import mmap
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import h5py

from sleap.errors import FormatError

SIGNATURE = b"\x89HDF\r\n\x1a\n"

NAMES = (b"metadata\0", b"instances\0", b"frames\0", b"videos_json\0")
"""Names in the root group of a labels file, as they lie in its heap."""

UNDEFINED = 0xFFFF_FFFF_FFFF_FFFF

_ROOT_HEADER = 96
"""Where the library puts the header of the root group."""


class Damaged:
    """The bytes of a damaged file, with zeros behind its end and patches over it.

    What h5py needs of a binary file, and ``raw`` for everything else.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("rb")
        self.size = os.fstat(self._file.fileno()).st_size
        self.raw: Any = (
            mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) if self.size else b""
        )
        self._patches: dict[int, bytes] = {}
        self._end = self.size
        self._place = 0

    def close(self) -> None:
        """Close the file."""
        if self.size:
            self.raw.close()
        self._file.close()

    def patch(self, offset: int, data: bytes) -> None:
        """Show other bytes at a place."""
        self._patches[offset] = data
        self._end = max(self._end, offset + len(data))

    def pretend_size(self, size: int) -> None:
        """Answer zeros up to there."""
        self._end = max(self._end, size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a place."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._end}[whence]
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Read at the place: bytes of the file, zeros behind its end, and patches."""
        view = memoryview(buffer).cast("B")
        first, last = self._place, self._place + len(view)
        data = self.raw[first : min(last, self.size)] if first < self.size else b""
        view[: len(data)] = data
        view[len(data) :] = bytes(len(view) - len(data))
        for start, patch in self._patches.items():
            low, high = max(start, first), min(start + len(patch), last)
            if low < high:
                view[low - first : high - first] = patch[low - start : high - start]
        self._place = last
        return len(view)

    def read(self, size: int = -1) -> bytes:
        """Read bytes at the place."""
        buffer = bytearray(max(self._end - self._place, 0) if size < 0 else size)
        self.readinto(buffer)
        return bytes(buffer)

    def write(self, data: Any) -> int:
        """Refuse: a damaged file is only read."""
        raise OSError("the damaged file is only read")

    def flush(self) -> None:
        """Do nothing."""


@contextmanager
def opened(path: Path) -> Iterator[tuple[Damaged, h5py.File | None]]:
    """Open a damaged file by all means.

    Args:
        path: The file.

    Yields:
        Its bytes, and the file as HDF5 sees it; None if it sees nothing in it.

    Raises:
        FormatError: If the file is empty.
    """
    damaged = Damaged(path)
    file: h5py.File | None = None
    try:
        if not damaged.size:
            raise FormatError(f"Cannot repair '{path}': the file is empty.")
        for prepare in (_read_superblock, _make_superblock, _make_root):
            if prepare(damaged) and (file := _open(damaged)) is not None:
                break
        yield damaged, file
    finally:
        if file is not None:
            with suppress(OSError, RuntimeError, ValueError):  # it may not even close
                file.close()
        damaged.close()


def _open(damaged: Damaged) -> h5py.File | None:
    try:
        file = h5py.File(damaged, "r")
        if any(name in file for name in ("metadata", "frames", "instances", "points")):
            return file
        file.close()
    except (OSError, RuntimeError, KeyError, ValueError, TypeError):
        pass
    return None


def _read_superblock(damaged: Damaged) -> bool:
    """Believe the superblock, except that the file is complete."""
    head = bytes(damaged.raw[:96]).ljust(96, b"\0")
    if not head.startswith(SIGNATURE):
        return False
    (end,) = struct.unpack_from("<Q", head, 40 if head[8] < 2 else 28)
    if end < 1 << 50:
        damaged.pretend_size(end)
    return True


def _make_superblock(damaged: Damaged, root: int = _ROOT_HEADER, end: int = 0) -> bool:
    """Show a new superblock whose root group is where the library puts it, if there is one."""
    if root == _ROOT_HEADER and bytes(damaged.raw[root : root + 2]) != b"\1\0":
        return False
    end = max(end, damaged.size + 1)
    leaf_k, internal_k = 4, 16
    superblock = SIGNATURE + struct.pack("<8B2HI", 0, 0, 0, 0, 0, 8, 8, 0, leaf_k, internal_k, 0)
    superblock += struct.pack("<4Q", 0, UNDEFINED, end, UNDEFINED)
    superblock += struct.pack("<2Q2I16x", 0, root, 0, 0)
    damaged.patch(0, superblock)
    damaged.pretend_size(end)
    return True


def _make_root(damaged: Damaged) -> bool:
    """Show a new root group behind the end, made of the heap and the tree of the lost one."""
    for heap, names in _find_heaps(damaged.raw):
        for tree in _find_trees(damaged.raw, names):
            message = struct.pack("<2HB3x2Q", 0x11, 16, 0, tree, heap)
            header = struct.pack("<BxH2I4x", 1, 1, 1, len(message)) + message
            root = (damaged.size + 1024) // 512 * 512
            damaged.patch(root, header)
            return _make_superblock(damaged, root, root + len(header))
    return False


def _find_heaps(raw: Any) -> Iterator[tuple[int, bytes]]:
    """Yield place and names of each heap that may be that of a root group."""
    for place in _find_all(raw, b"HEAP"):
        if place + 32 > len(raw):
            continue
        size, _, segment = struct.unpack_from("<3Q", raw, place + 8)
        names = bytes(raw[segment : segment + min(size, 1 << 16)]) if segment < len(raw) else b""
        if sum(name in names for name in NAMES) >= 2:
            yield place, names


def _find_trees(raw: Any, names: bytes) -> Iterator[int]:
    """Yield the place of each tree of a group whose first name lies in the heap."""
    for place in _find_all(raw, b"TREE"):
        if place + 40 > len(raw) or raw[place + 4] != 0:  # type 0: the members of a group
            continue
        (node,) = struct.unpack_from("<Q", raw, place + 32)
        if raw[place + 5] != 0:  # a level above the leaves: its children are trees
            yield place
            continue
        if node + 16 > len(raw) or raw[node : node + 4] != b"SNOD":
            continue
        (offset,) = struct.unpack_from("<Q", raw, node + 8)
        found = names[offset : names.find(b"\0", offset) + 1] if offset < len(names) else b""
        if found in (*NAMES, b"points\0", b"pred_points\0", b"video0\0", b"tracks_json\0"):
            yield place


def _find_all(raw: Any, mark: bytes) -> Iterator[int]:
    place = raw.find(mark)
    while place >= 0:
        yield place
        place = raw.find(mark, place + 4)
