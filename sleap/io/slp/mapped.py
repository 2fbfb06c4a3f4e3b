"""Large tables mapped straight from the file: opened before they are read.

A map is fast but shares the fate of its file: a program that shortens the file in place (as the
original does when it saves) takes the pages away, and the process that looks at one dies of it,
even if the pages were private copies. So a thread *settles* the tables right after they were
opened: it reads them into memory with room to grow, and puts that in the place of the map, while
the first frames are on the screen already. Whoever writes to a table before that waits for it or
gets a copy of his own. Frames and instances, which nearly every edit writes to, are small beside
the points, and settled before the file counts as read, so that the first edit waits for nothing.
Windows cannot replace a mapped file, so there tables are read, as are those whose layout does not
allow a map (chunks, compression, other types).
"""

import logging
import mmap
import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import h5py
import numpy as np
from attrs import field, frozen

from sleap.core.tables import Rows, Table

logger = logging.getLogger(__name__)

CAN_MAP = os.name != "nt"

MIN_SIZE = 1 << 20
"""Bytes of a table below which reading is as fast."""

STEP = 1 << 24
"""Bytes read at a time."""

MAX_SHARE = 0.5
"""Share of the memory there is that tables may take to be settled; larger ones stay mapped."""


@frozen
class Mapped:
    """A table over a map of its file.

    Args:
        rows: (n,) the table, read-only.
        path: The file.
        identity: Device and inode of the file.
        offset: Where the table begins in it, bytes.
    """

    rows: Rows = field(repr=False)
    path: Path
    identity: tuple[int, int]
    offset: int


def map_table(file: h5py.File, dataset: h5py.Dataset, dtype: np.dtype[Any]) -> Mapped | None:
    """Map a table, if its layout and this system allow it.

    Args:
        file: The open file.
        dataset: The table in it.
        dtype: The type it must have to be used as it is.

    Returns:
        The table, or None: then it has to be read.
    """
    offset = dataset.id.get_offset()  # None if it lies in pieces
    if (
        not CAN_MAP
        or offset is None
        or dataset.dtype != dtype
        or dataset.ndim != 1
        or dataset.nbytes < MIN_SIZE
        or file.userblock_size
    ):
        return None
    start = offset - offset % mmap.ALLOCATIONGRANULARITY
    path = Path(file.filename).absolute()
    with path.open("rb") as raw:
        identity = _identify(raw.fileno())
        if identity != _identify(file.id.get_vfd_handle()):
            return None  # replaced since it was opened
        if offset + dataset.nbytes > os.fstat(raw.fileno()).st_size:
            return None
        length = offset + dataset.nbytes - start
        memory = mmap.mmap(raw.fileno(), length, access=mmap.ACCESS_READ, offset=start)
    rows: Rows = np.frombuffer(memory, dtype, dataset.shape[0], offset - start)
    return Mapped(rows, path, identity, offset)


def settle(tables: Sequence[tuple[Table, Mapped]], *, at_once: bool = False) -> Thread | None:
    """Read mapped tables into memory, in a thread.

    Args:
        tables: Each table and the map it was made of.
        at_once: Whether to wait for it: nobody who writes to them then has to.

    Returns:
        The thread at work; None if there is nothing to do, or too little memory to do it.
    """
    n_bytes = sum(mapped.rows.nbytes for _, mapped in tables)
    if not n_bytes:
        return None
    if n_bytes > MAX_SHARE * _available_memory():
        logger.info("Tables of %.3g bytes stay mapped from their file.", n_bytes)
        return None
    thread = Thread(target=_settle, args=(list(tables),), name="settle tables", daemon=True)
    thread.start()
    if at_once:
        thread.join()
    return thread


def _settle(tables: list[tuple[Table, Mapped]]) -> None:
    while tables:
        table, mapped = tables.pop(0)
        try:
            table.settle(partial(_read, mapped))
        except (OSError, MemoryError) as error:
            logger.warning("A table of '%s' stays mapped: %s.", mapped.path, error)
            return


def _read(mapped: Mapped, rows: Rows) -> Rows:
    """Read a table into an array twice as long: what is not written to takes no memory.

    Args:
        mapped: Where the table lies.
        rows: The table over its map.

    Raises:
        OSError: If the file was replaced or shortened.
    """
    n_bytes = rows.nbytes
    copy = np.empty(2 * len(rows), rows.dtype)
    view = copy.view(np.uint8).data[:n_bytes]
    with mapped.path.open("rb", buffering=0) as raw:
        if _identify(raw.fileno()) != mapped.identity:
            raise OSError("the file was replaced")
        raw.seek(mapped.offset)
        done = 0
        while done < n_bytes:
            n_read = raw.readinto(view[done : done + STEP])
            if not n_read:
                raise OSError("the file was shortened")
            done += n_read
    return copy


def _identify(handle: int) -> tuple[int, int]:
    status = os.fstat(handle)
    return status.st_dev, status.st_ino


def _available_memory() -> int:
    """Return the bytes that can be had without swapping; many where the system does not say."""
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return 1 << 33
