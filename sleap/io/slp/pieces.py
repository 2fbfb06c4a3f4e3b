"""Reads a damaged HDF5 file piece by piece, so that a bad piece costs only itself.

Before each piece its name is announced, and one that is to be left out is not touched: what
announced it last was the end of the process that tried it before (``sleap.workflows.repair``).
"""

from collections.abc import Callable, Iterator
from typing import Any

import h5py
import numpy as np
from attrs import define, field

from sleap.core.tables import BoolArray, Rows, conform
from sleap.errors import SleapError
from sleap.io.slp.damaged import Damaged
from sleap.io.slp.mending import Part

BLOCK = 1 << 26
"""Bytes read between two signs of life."""

MAX_RATIO = 1200
"""Bytes read per byte of the file, at most; deflate reaches 1032."""

BROKEN = (
    OSError,
    RuntimeError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
    MemoryError,
    SleapError,
)
"""What reading damaged HDF5 may raise."""


@define
class Pieces:
    """The pieces of a damaged file.

    Args:
        damaged: Its bytes.
        file: The file as HDF5 sees it; None if it sees nothing.
        announce: Told the name of each piece before it is read.
        skipped: Names of pieces to leave out.
        notes: What was wrong, sentences for a person.
    """

    damaged: Damaged
    file: h5py.File | None
    announce: Callable[[str], None]
    skipped: frozenset[str] = frozenset()
    notes: list[str] = field(factory=list)

    def try_piece(self, name: str, read: Callable[[], Any]) -> Any:
        """Read a piece; None if it is to be left out or cannot be read."""
        if name in self.skipped:
            return None
        self.announce(name)
        try:
            return read()
        except BROKEN:
            return None

    def find(self, name: str) -> h5py.Group | h5py.Dataset | None:
        """Find an object inside the file; None if it cannot be reached."""

        def look() -> Any:
            assert self.file is not None
            link = self.file.get(name, getlink=True)
            found = self.file[name] if isinstance(link, h5py.HardLink) else None
            if isinstance(found, h5py.Dataset) and (found.is_virtual or found.external):
                return None
            return found

        return None if self.file is None else self.try_piece(f"'{name}'", look)

    def read_attribute(self, owner: Any, key: str) -> Any:
        """Read an attribute; None if there is none or it is damaged."""
        return self.try_piece(f"'{owner.name}', {key}", lambda: owner.attrs[key])

    def read_table(self, name: str, dtype: np.dtype[Any]) -> Part:
        """Read what is left of a table."""
        dataset = self.find(name)
        if not isinstance(dataset, h5py.Dataset):
            self.notes.append(f"The table '{name}' is missing.")
            return Part.empty(dtype)
        raw = self.read_rows(dataset)
        try:
            if raw is None:
                raise ValueError
            part = Part(np.array(conform(raw.rows, dtype)), raw.is_there)
        except (SleapError, ValueError, TypeError):
            self.notes.append(f"The table '{name}' cannot be read at all.")
            return Part.empty(dtype)
        if lost := int(np.count_nonzero(~part.is_there)):
            self.notes.append(f"{lost} of {len(part.rows)} rows of the table '{name}' are lost.")
        return part

    def read_rows(self, dataset: h5py.Dataset) -> Part | None:
        """Read the rows of a dataset that can be read; None if there are none."""

        def measure() -> tuple[tuple[int, ...], np.dtype[Any], Any, int | None]:
            return dataset.shape, dataset.dtype, dataset.chunks, dataset.id.get_offset()

        facts = self.try_piece(f"the layout of '{dataset.name}'", measure)
        if facts is None or not facts[0]:
            return None
        shape, dtype, chunks, offset = facts
        row_size = dtype.itemsize * int(np.prod(shape[1:], dtype=object))
        n = min(shape[0], MAX_RATIO * self.damaged.size // max(row_size, 1))
        if dtype.kind != "O" and offset is not None:
            n = min(n, shape[0])
            return self._read_straight(f"'{dataset.name}'", shape, dtype, n, row_size, offset)
        rows = np.zeros((n, *shape[1:]), dtype)
        is_there = np.zeros(n, bool)
        step = chunks[0] if chunks else (1 if dtype.kind == "O" else 4096)
        for first in range(0, n, step):
            place = slice(first, min(first + step, n))
            self._read_slice(dataset, place, rows, is_there)
        return Part(rows, is_there)

    def _read_straight(
        self,
        name: str,
        shape: tuple[int, ...],
        dtype: np.dtype[Any],
        n: int,
        row_size: int,
        offset: int,
    ) -> Part:
        """Take rows that lie one behind the other from the bytes themselves."""
        n_there = min(max(self.damaged.size - offset, 0) // max(row_size, 1), n)
        # Beyond the end so many rows as the damaged file could have had are worth a mention.
        n = min(n, n_there + (1 << 32) // max(row_size, 1))
        rows = np.zeros((n, *shape[1:]), dtype)
        step = max(BLOCK // max(row_size, 1), 1)
        for first in range(0, n_there, step):
            self.announce(f"the values of {name}")  # nothing in it can go wrong, but it takes time
            last = min(first + step, n_there)
            data = self.damaged.raw[offset + first * row_size : offset + last * row_size]
            rows[first:last] = np.frombuffer(data, dtype).reshape(last - first, *shape[1:])
        return Part(rows, np.arange(n) < n_there)

    def _read_slice(
        self, dataset: h5py.Dataset, place: slice, rows: Rows, is_there: BoolArray
    ) -> None:
        def read() -> bool:
            if dataset.chunks:
                where = (place.start, *(0 for _ in dataset.shape[1:]))
                info = dataset.id.get_chunk_info_by_coord(where)
                if info.byte_offset is not None:
                    is_cut = info.byte_offset + info.size > self.damaged.size
                    if is_cut:
                        raise OSError("the chunk lies behind the end of the file")
            rows[place] = dataset[place]
            return True

        name = f"rows {place.start} to {place.stop} of '{dataset.name}'"
        is_there[place] = self.try_piece(name, read) is True

    def read_texts(self, name: str) -> tuple[list[Any], int] | None:
        """Read a list of texts: what can be read (None for the rest), and how many there were."""
        dataset = self.find(name)
        if not isinstance(dataset, h5py.Dataset):
            return None
        part = self.read_rows(dataset)
        if part is None:
            return None
        texts = [
            text if good else None
            for text, good in zip(_flat(part.rows), part.is_there.tolist(), strict=False)
        ]
        return texts, len(texts)


def _flat(rows: Rows) -> Iterator[Any]:
    return iter(rows.reshape(-1).tolist())
