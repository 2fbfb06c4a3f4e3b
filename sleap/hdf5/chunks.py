"""The chunks of a dataset: which of them a file stores, and where."""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.errors import FormatError
from sleap.hdf5 import chunk_arrays, fractal
from sleap.hdf5.layout import Layout
from sleap.hdf5.source import UNDEFINED, Fields, Source

MAX_CHUNKS = 2_000_000
"""Chunks of one dataset, at most."""

IntArray = npt.NDArray[np.int64]


@frozen(eq=False)
class Chunks:
    """The chunks of a dataset that the file stores.

    Args:
        offsets: (n, rank) the first element of each, by axis.
        places: (n,) addresses.
        sizes: (n,) bytes as stored.
        masks: (n,) bits of the filters that were left out.
    """

    offsets: IntArray
    places: IntArray
    sizes: IntArray
    masks: IntArray


def read_chunks(
    source: Source, layout: Layout, shape: tuple[int, ...], is_packed: bool, half: int
) -> Chunks:
    """Read which chunks a file stores, and check that they lie in it.

    Args:
        source: The file.
        layout: Where the index lies.
        shape: Of the dataset.
        is_packed: Whether its chunks may be smaller than they are when unpacked.
        half: Half of the branches of a node of the old tree, at most.

    Raises:
        FormatError: If it is damaged, leads in circles, or the chunks lie over each other.
    """
    rank = len(shape)
    if len(layout.chunk) != rank:
        raise FormatError("the chunks of a dataset are of another rank than it.")
    rows: list[npt.NDArray[np.void]] = []
    n_chunks = 0
    found = _read(source, layout, shape, is_packed, half) if layout.place != UNDEFINED else iter(())
    for part in found:
        rows.append(part)
        n_chunks += len(part)
        if n_chunks > MAX_CHUNKS:
            raise FormatError(f"a dataset has more than {MAX_CHUNKS} chunks.")
    table = np.concatenate(rows) if rows else np.empty(0, _dtype(rank))
    table = table[table["place"] != np.uint64(UNDEFINED)]
    places, sizes = table["place"].astype(np.uint64), table["size"].astype(np.int64)
    if (places > np.uint64(source.size)).any():
        raise FormatError("a chunk lies outside of the file.")
    whole = places.astype(np.int64)
    if (whole + sizes > source.size).any():
        raise FormatError("a chunk lies outside of the file.")
    if not is_packed and (sizes != layout.size).any():
        raise FormatError("a chunk is of another size than all chunks.")
    if sizes.sum() > source.size:
        raise FormatError("its chunks are larger together than the file: they lie over each other.")
    offsets = table["offset"].reshape(len(table), rank)
    if (offsets >= np.uint64(1 << 62)).any() or (offsets % np.array(layout.chunk, "u8")).any():
        raise FormatError("a chunk begins where none can.")
    return Chunks(offsets.astype(np.int64), whole, sizes, table["mask"].astype(np.int64))


def _dtype(rank: int) -> np.dtype[np.void]:
    """Return the type of an entry of the old tree: its key, and where the chunk lies."""
    key = [("size", "<u4"), ("mask", "<u4"), ("offset", "<u8", (rank,)), ("element", "<u8")]
    return np.dtype([*key, ("place", "<u8")])


def _read(
    source: Source, layout: Layout, shape: tuple[int, ...], is_packed: bool, half: int
) -> Iterator[npt.NDArray[np.void]]:
    rank = len(shape)
    if layout.index == 0:
        yield from _read_old_tree(source, layout.place, rank, half)
    elif layout.index == 1:
        size, mask = layout.details or (layout.size, 0)
        yield _rows(rank, [((0,) * rank, layout.place, size, mask)])
    elif layout.index == 2:
        count = math.prod(-(-n // c) for n, c in zip(shape, layout.chunk, strict=True))
        source.check(layout.place, count * layout.size, "the chunks of a dataset")
    elif layout.index == 5:
        scaled = [
            _parse_record(record, rank, layout)
            for record in fractal.read_tree(source, layout.place, 10, 11)
        ]
        yield _rows(rank, scaled)
    else:
        entries = chunk_arrays.read(source, layout, is_packed)
        yield _rows(rank, _place_in_order(entries, layout, shape))


def _place_in_order(
    entries: list[tuple[int, int, int]], layout: Layout, shape: tuple[int, ...]
) -> list[tuple[tuple[int, ...], int, int, int]]:
    """Give the chunks of an array their places, the last axis running fastest."""
    counts = [max(-(-n // c), 1) for n, c in zip(shape, layout.chunk, strict=True)]
    placed = []
    for number, (place, size, mask) in enumerate(entries):
        if place == UNDEFINED:
            continue
        offset = []
        for count, length in zip(reversed(counts[1:]), reversed(layout.chunk[1:]), strict=True):
            number, digit = divmod(number, count)
            offset.append(digit * length)
        placed.append(((number * layout.chunk[0], *reversed(offset)), place, size, mask))
    return placed


def _parse_record(
    record: bytes, rank: int, layout: Layout
) -> tuple[tuple[int, ...], int, int, int]:
    fields = Fields(record, "a chunk")
    place = fields.number(8)
    width = len(record) - 12 - 8 * rank
    size, mask = (fields.number(width), fields.number(4)) if width > 0 else (layout.size, 0)
    offset = tuple(fields.number(8) * length for length in layout.chunk)
    return offset, place, size, mask


def _rows(rank: int, chunks: list[tuple[tuple[int, ...], int, int, int]]) -> npt.NDArray[np.void]:
    table = np.zeros(len(chunks), _dtype(rank))
    for row, (offset, place, size, mask) in enumerate(chunks):
        if size >= 1 << 32 or max(offset) >= 1 << 62:
            raise FormatError("a chunk is of an absurd size.")
        table[row] = (size, mask, offset, 0, place)
    return table


def _read_old_tree(
    source: Source, root: int, rank: int, half: int
) -> Iterator[npt.NDArray[np.void]]:
    dtype = _dtype(rank)
    what = "the tree of chunks"
    seen: set[int] = set()
    waiting: list[tuple[int, int | None]] = [(root, None)]
    while waiting:
        address, expected = waiting.pop()
        if address in seen:
            raise FormatError(f"{what} leads in circles.")
        seen.add(address)
        fields = Fields(source.take(address, 24, what), what)
        fields.expect(b"TREE")
        kind, level, count = fields.number(1), fields.number(1), fields.number(2)
        if kind != 1 or count > 2 * half or (expected is not None and level != expected):
            raise FormatError(f"{what} is damaged.")
        data = source.take(address + 24, count * dtype.itemsize + dtype.itemsize - 8, what)
        rows = np.frombuffer(data, dtype, count)
        if level:
            waiting += [(int(child), level - 1) for child in rows["place"]]
        else:
            yield rows
