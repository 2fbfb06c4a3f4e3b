"""HDF5 written through a file that never fails, so that a full disk is an error and not a crash.

When a write of HDF5 fails it cannot close the file properly any more, and the process may die of
it (a segmentation fault at exit). So HDF5 writes to an object that notes the first failure, lets
everything after it vanish, and reports it when HDF5 is done.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py

MAX_KEPT = 1 << 20
"""Bytes of one write that are kept after a failure, at most.

HDF5 reads back its own small structures while it closes, and never the large arrays.
"""


@contextmanager
def created(path: Path) -> Iterator[tuple[h5py.File, "Sink"]]:
    """Create an HDF5 file to write to.

    Args:
        path: An existing file to overwrite, or a new one.

    Yields:
        The file, and what it writes to: call ``check`` of that now and then in long jobs.

    Raises:
        OSError: What went wrong first when writing.
    """
    with path.open("w+b", buffering=0) as raw:
        sink = Sink(raw)
        try:
            with h5py.File(sink, "w") as file:
                yield file, sink
        except Exception:
            sink.check()  # the cause comes before what followed from it
            raise
        sink.check()


class Sink:
    """The part of a binary file that HDF5 needs; writing to it always seems to succeed.

    Args:
        raw: An unbuffered file, open for reading and writing.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._place = 0
        self._size = 0
        self._lost: dict[int, bytes] = {}
        self.error: OSError | None = None

    def check(self) -> None:
        """Report a failure there was.

        Raises:
            OSError: The first one.
        """
        if self.error is not None:
            raise self.error

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a place, from the beginning or the end."""
        self._place = offset + (self._size if whence == os.SEEK_END else 0)
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def write(self, data: Any) -> int:
        """Write bytes at the place and move behind them."""
        view = memoryview(data).cast("B")
        if self.error is None:
            try:
                self._write(view)
            except OSError as error:
                self.error = error
        if self.error is not None and len(view) <= MAX_KEPT:
            self._lost[self._place] = bytes(view)
        self._place += len(view)
        self._size = max(self._size, self._place)
        return len(view)

    def _write(self, view: memoryview) -> None:
        self._raw.seek(self._place)
        while view:
            view = view[self._raw.write(view) :]

    def readinto(self, buffer: Any) -> int:
        """Read bytes at the place, zeros where nothing was written."""
        view = memoryview(buffer).cast("B")
        self._raw.seek(self._place)
        n_read = self._raw.readinto(view) or 0
        view[n_read:] = bytes(len(view) - n_read)
        for start, data in self._lost.items():
            first, last = max(start, self._place), min(start + len(data), self._place + len(view))
            if first < last:
                view[first - self._place : last - self._place] = data[first - start : last - start]
        self._place += len(view)
        return len(view)

    def read(self, size: int = -1) -> bytes:
        """Read bytes at the place; by default all that follow."""
        buffer = bytearray(max(self._size - self._place, 0) if size < 0 else size)
        self.readinto(buffer)
        return bytes(buffer)

    def truncate(self, size: int | None = None) -> int:
        """Set the length of the file."""
        self._size = self._place if size is None else size
        if self.error is None:
            try:
                self._raw.truncate(self._size)
            except OSError as error:
                self.error = error
        return self._size

    def flush(self) -> None:
        """Do nothing: there is no buffer."""
