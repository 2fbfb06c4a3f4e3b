"""Tables found in the bytes of a file that has lost its index.

Each dataset says in its header where its values lie (the data layout message, clause IV.A.2.i of
the HDF5 File Format Specification, version 3.0). The headers have no signature, but such a message
has a shape that hardly anything else has. Values in chunks are listed by nodes of a version 1
B-tree (clause III.A.1). A table is known by what its rows hold: numbers that count up, ranges that
follow each other, flags that are 0 or 1.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, Rows
from sleap.io.slp.mending import Part, Parts

_LAYOUT = re.compile(rb"\x08\x00\x18\x00[\x00-\x07]\x00\x00\x00\x03\x01(.{8})(.{8})", re.DOTALL)
"""Layout message of version 3, class contiguous: address and size of the values."""

_NODE = struct.Struct("<4sBBHQQ")
"""Node of a tree: signature, type, level, number of entries, left and right neighbour."""

_CHUNK = struct.Struct("<2I3Q")
"""Key and child of a chunk with one axis: size, filter mask, first row, 0; address."""

_N_LOOKED_AT = 4096
"""Rows by which a table is known."""


def find_tables(raw: Any) -> Parts:
    """Find the four tables; the largest where there are several, empty where there is none.

    Args:
        raw: The bytes of the file.
    """
    parts = Parts()
    for match in _LAYOUT.finditer(raw):
        (offset,), (size,) = (struct.unpack("<Q", match[group]) for group in (1, 2))
        if 0 < offset < len(raw) and 0 < size < 1 << 48:
            for name, dtype in _TYPES:
                if size % dtype.itemsize == 0:
                    _take(parts, name, _straight(raw, offset, size, dtype))
    for chunks in _find_chunks(raw):
        for name, dtype in _TYPES:
            part = _assemble(chunks, dtype)
            if part is not None:
                _take(parts, name, part)
    return parts


def _take(parts: Parts, name: str, part: Part) -> None:
    """Take a table if it looks like one of that name and is larger than what there is."""
    known: Part = getattr(parts, name)
    rows = part.rows[part.is_there]
    if len(rows) > np.count_nonzero(known.is_there) and _LOOKS[name](rows[:_N_LOOKED_AT]):
        setattr(parts, name, part)


def _straight(raw: Any, offset: int, size: int, dtype: "np.dtype[Any]") -> Part:
    """Return rows that lie one behind the other, as far as the file goes."""
    n_there = min(size, len(raw) - offset) // dtype.itemsize
    n = min(size // dtype.itemsize, 2 * n_there + 1024)
    rows = np.zeros(n, dtype)
    rows[:n_there] = np.frombuffer(raw[offset : offset + n_there * dtype.itemsize], dtype)
    return Part(rows, np.arange(n) < n_there)


def _find_chunks(raw: Any) -> Iterator[list[tuple[int, bytes]]]:
    """Yield first row and values of the chunks of each dataset with one axis."""
    leaves: dict[int, tuple[int, int, list[tuple[int, bytes]]]] = {}
    place = raw.find(b"TREE")
    while place >= 0:
        leaf = _read_leaf(raw, place)
        if leaf is not None:
            leaves[place] = leaf
        place = raw.find(b"TREE", place + 4)
    for left, right, chunks in leaves.values():
        if left in leaves:
            continue
        together, seen = list(chunks), set()
        while right in leaves and right not in seen:
            seen.add(right)
            _, right, more = leaves[right]
            together += more
        yield together


def _read_leaf(raw: Any, place: int) -> tuple[int, int, list[tuple[int, bytes]]] | None:
    """Read a leaf of a tree of chunks: its neighbours and its chunks."""
    if place + _NODE.size > len(raw):
        return None
    _, kind, level, n, left, right = _NODE.unpack_from(raw, place)
    end = place + _NODE.size + n * _CHUNK.size
    if kind != 1 or level != 0 or not n or end > len(raw):
        return None
    chunks = []
    for number in range(n):
        entry = _CHUNK.unpack_from(raw, place + _NODE.size + number * _CHUNK.size)
        size, mask, row, element, address = entry
        if mask or element or row >= 1 << 48 or not 0 < size < 1 << 32:
            return None
        data = bytes(raw[address : address + size]) if address + size <= len(raw) else b""
        chunks.append((row, data))
    return left, right, chunks


def _assemble(chunks: list[tuple[int, bytes]], dtype: "np.dtype[Any]") -> Part | None:
    """Put chunks together as rows of a type; None if they are not."""
    whole = [(row, _inflated(data)) for row, data in chunks if data]
    sizes = {len(data) for _, data in whole if data}
    if len(sizes) != 1 or (size := sizes.pop()) % dtype.itemsize:
        return None
    n_rows = size // dtype.itemsize
    first = {row for row, _ in chunks}
    if any(row % n_rows for row in first) or max(first) > 2 * n_rows * len(chunks):
        return None
    rows = np.zeros(max(first) + n_rows, dtype)
    is_there = np.zeros(len(rows), bool)
    for row, data in whole:
        if data:
            rows[row : row + n_rows] = np.frombuffer(data, dtype)
            is_there[row : row + n_rows] = True
    # The last chunk is as long as the others, filled up with zeros.
    filled = np.flatnonzero(rows.view(np.uint8).reshape(len(rows), -1).any(axis=1))
    n = int(filled[-1]) + 1 if len(filled) else 0
    return Part(rows[:n], is_there[:n])


def _inflated(data: bytes) -> bytes:
    if data[:1] != b"\x78":
        return data
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def _is_frames(rows: Rows) -> bool:
    starts, ends = rows["instance_id_start"], rows["instance_id_end"]
    counts_up = rows["frame_id"][1:] == rows["frame_id"][:-1] + 1
    plausible = (starts <= ends) & (ends - starts < 1 << 20) & (rows["frame_idx"] < 1 << 40)
    return bool(plausible.all() and counts_up.all())


def _is_instances(rows: Rows) -> bool:
    starts, ends = rows["point_id_start"], rows["point_id_end"]
    counts_up = rows["instance_id"][1:] == rows["instance_id"][:-1] + 1
    plausible = (rows["instance_type"] <= 1) & (starts <= ends) & (ends - starts < 1 << 16)
    return bool(plausible.all() and counts_up.all())


def _is_points(rows: Rows) -> bool:
    flags = rows.view(np.uint8).reshape(len(rows), -1)[:, 16:18]
    return bool((flags <= 1).all() and _is_place(rows["x"]) and _is_place(rows["y"]))


def _is_pred_points(rows: Rows) -> bool:
    scores = rows["score"]
    with np.errstate(invalid="ignore"):
        in_range = np.isnan(scores) | (np.abs(scores) < 1e6)
    return _is_points(rows) and bool(in_range.all())


def _is_place(values: Rows) -> bool:
    with np.errstate(invalid="ignore"):
        sizes = np.abs(values)
        # Tiny numbers are those of other types, seen as floats.
        plausible = np.isnan(values) | (sizes == 0) | ((sizes > 1e-6) & (sizes < 1e7))
    return bool(plausible.all())


_TYPES = (
    ("frames", FRAMES),
    ("instances", INSTANCES),
    ("points", POINTS),
    ("pred_points", PRED_POINTS),
)

_LOOKS: dict[str, Callable[[Rows], bool]] = {
    "frames": _is_frames,
    "instances": _is_instances,
    "points": _is_points,
    "pred_points": _is_pred_points,
}
