"""The file of a journal being written: handed to the system at once, put on the disk soon."""

import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sleap.editing.journal.records import MAGIC, Piece
from sleap.io.atomic import flush_folder


class JournalFile:
    """An append-only file.

    What was appended survives the end of the process from then on; a thread asks the system to
    bring it to the disk as soon as it can, so that it survives a power failure, too. ``flush``
    waits for that.

    Args:
        path: The file; it must not be there.
        pieces: What it begins with, behind ``MAGIC``.

    Raises:
        OSError: If it cannot be written.
    """

    def __init__(self, path: Path, pieces: Iterable[Piece]) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)
        self._size = 0
        self._n_written = 0
        self._n_synced = 0
        self._is_open = True
        self._changed = threading.Condition()
        try:
            self.append([MAGIC, *pieces])
        except OSError:
            os.close(self._handle)
            path.unlink(missing_ok=True)
            raise
        threading.Thread(target=self._sync, name="sync journal", daemon=True).start()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    def append(self, pieces: Iterable[Piece]) -> None:
        """Write pieces; on an error the file is as it was before.

        Raises:
            OSError: If the disk refuses.
        """
        with self._changed:
            start = self._size
            try:
                for piece in _gathered(pieces):
                    view = memoryview(piece)
                    while view:
                        n_written = os.write(self._handle, view)
                        self._size += n_written
                        view = view[n_written:]
            except OSError:
                self._size = start
                with suppress(OSError):
                    os.ftruncate(self._handle, start)
                    os.lseek(self._handle, start, os.SEEK_SET)
                raise
            self._n_written += 1
            self._changed.notify_all()

    def flush(self) -> None:
        """Wait until all of it is on the disk."""
        with self._changed:
            wanted = self._n_written
            self._changed.wait_for(lambda: self._n_synced >= wanted or not self._is_open)

    def close(self) -> None:
        """Bring all to the disk, and close."""
        self.flush()
        with self._changed:
            if self._is_open:
                self._is_open = False
                os.close(self._handle)
                self._changed.notify_all()

    def _sync(self) -> None:
        flush_folder(self.path.parent)  # so that a power failure leaves the name of the file, too
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._n_synced < self._n_written or not self._is_open
                )
                if not self._is_open:
                    return
                wanted, handle = self._n_written, os.dup(self._handle)
            try:
                with suppress(OSError):
                    _FSYNC(handle)
            finally:
                os.close(handle)
            with self._changed:
                self._n_synced = max(self._n_synced, wanted)
                self._changed.notify_all()


_BINARY: int = getattr(os, "O_BINARY", 0)
_FSYNC = getattr(os, "fdatasync", os.fsync)

_SMALL = 1 << 16


def _gathered(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Join pieces that are small, so that most records are written in one go."""
    small: list[Piece] = []
    for piece in pieces:
        if len(piece) < _SMALL:
            small.append(piece)
            continue
        yield b"".join(small)
        small = []
        yield piece
    yield b"".join(small)
