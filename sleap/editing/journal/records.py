"""The file of a journal: records that are whole or do not count.

The file begins with ``MAGIC``. A record is its kind (4 bytes), the length of its payload (uint64)
and the CRC-32 of kind and payload (uint32), all little-endian, and the payload: the length of a
JSON text (uint32), the text, and the bytes of the arrays that the text lists under ``arrays`` as
``[type, shape]``. What is incomplete or damaged ends the journal.
"""

import json
import os
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS
from sleap.errors import FormatError

MAGIC = b"SLEAP editing journal 1\n"

HEAD = b"HEAD"
"""What the labels were at the start; the first record, and only that."""
EDIT = b"EDIT"
"""Changes done."""
UNDO = b"UNDO"
"""An edit of this journal undone."""
REDO = b"REDO"
"""An edit of this journal done again."""
BACK = b"BACK"
"""An edit undone that is older than what the journal begins with."""
MARK = b"MARK"
"""The labels as they are here are being saved."""
BASE = b"BASE"
"""What the file being saved is: its rows, and a digest to know it by."""

Array = npt.NDArray[Any]
Piece = bytes | memoryview
"""Part of a record; a view of an array is to be written before that changes."""

_RECORD = struct.Struct("<4sQI")
_LENGTH = struct.Struct("<I")
_PLAIN = re.compile(r"[<>|]?(?:[iuf][1248]|b1)")
_TABLES = {"FRAMES": FRAMES, "INSTANCES": INSTANCES, "POINTS": POINTS, "PRED_POINTS": PRED_POINTS}


@frozen
class Record:
    """One record as read.

    Args:
        kind: Such as ``EDIT``.
        value: Its JSON value.
        arrays: Its arrays, read-only.
        start: Where it begins in the file.
        end: Where it ends.
    """

    kind: bytes
    value: dict[str, Any]
    arrays: list[Array] = field(repr=False)
    start: int
    end: int


def pack(kind: bytes, value: dict[str, Any], arrays: Sequence[Array] = ()) -> list[Piece]:
    """Make a record, as pieces to be written at once, one after another."""
    listed = [[_type_name(array.dtype), list(array.shape)] for array in arrays]
    text = json.dumps({**value, "arrays": listed}, separators=(",", ":")).encode("utf-8")
    pieces: list[Piece] = [_LENGTH.pack(len(text)), text, *map(_bytes_of, arrays)]
    checksum = zlib.crc32(kind)
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    return [_RECORD.pack(kind, sum(map(len, pieces)), checksum), *pieces]


def read(path: Path) -> Iterator[Record]:
    """Yield all whole records of a journal.

    Raises:
        FormatError: If the file is no journal.
        OSError: If it cannot be read.
    """
    with path.open("rb") as file:
        magic = file.read(len(MAGIC))
        if magic != MAGIC and MAGIC.startswith(magic):
            return  # its program was stopped in the very beginning
        if magic != MAGIC:
            raise FormatError(f"Cannot read '{path}': it is no journal of edits.")
        size, start = os.fstat(file.fileno()).st_size, len(MAGIC)
        while start + _RECORD.size <= size:
            kind, length, checksum = _RECORD.unpack(file.read(_RECORD.size))
            end = start + _RECORD.size + length
            payload = file.read(length) if end <= size else b""
            if len(payload) != length or zlib.crc32(payload, zlib.crc32(kind)) != checksum:
                return
            try:
                value, arrays = _unpack(payload)
            except (ValueError, TypeError, LookupError, struct.error, RecursionError) as error:
                raise FormatError(f"Cannot read '{path}': a record is damaged.") from error
            yield Record(kind, value, arrays, start, end)
            start = end


def _bytes_of(array: Array) -> Piece:
    """Return the bytes of an array, without copying them."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data if array.size else b""


def _unpack(payload: bytes) -> tuple[dict[str, Any], list[Array]]:
    (length,) = _LENGTH.unpack_from(payload)
    place = _LENGTH.size + length
    value = json.loads(payload[_LENGTH.size : place])
    arrays: list[Array] = []
    for name, shape in value.pop("arrays"):
        dtype, count = _type_of(name), int(np.prod(shape, dtype=np.int64))
        arrays.append(np.frombuffer(payload, dtype, count, place).reshape(shape))
        place += count * dtype.itemsize
    return value, arrays


def _type_name(dtype: np.dtype[Any]) -> str:
    for name, known in _TABLES.items():
        if dtype == known:
            return name
    if not _PLAIN.fullmatch(dtype.str):
        raise TypeError(f"arrays of type {dtype} cannot be kept in a journal")
    return dtype.str


def _type_of(name: str) -> np.dtype[Any]:
    if name in _TABLES:
        return _TABLES[name]
    if not _PLAIN.fullmatch(name):
        raise ValueError(f"a journal cannot hold an array of type {name!r}")
    return np.dtype(name)
