"""MATLAB files of version 5 to 7 as plain data: numbers, text, cells and structures.

A file is a row of elements: a tag (type, number of bytes) and data, filled up to 8 bytes. Each
variable is an element of type 14, or one of type 15 that holds it deflated. (MathWorks, "MAT-File
Format", R2019b, chapter 1.) Objects, functions and sparse matrices are read as None; nothing in
the file is ever called, and nothing is made larger than the bytes that are there.
"""

import struct
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.errors import FormatError

SIGNATURE = b"MATLAB 5.0 MAT-file"

HEADER = 128

MAX_SIZE = 1 << 29
"""Bytes of one variable, inflated, at most."""

MAX_DEPTH = 12
"""Cells and structures inside of each other, at most."""

_MATRIX, _COMPRESSED = 14, 15
_CELL, _STRUCT, _CHAR = 1, 2, 4
_NUMERIC = range(6, 16)
_TYPES = {
    1: "i1",
    2: "u1",
    3: "i2",
    4: "u2",
    5: "i4",
    6: "u4",
    7: "f4",
    9: "f8",
    12: "i8",
    13: "u8",
}
_TEXTS = {1: "utf-8", 2: "utf-8", 4: "utf-16", 16: "utf-8", 17: "utf-16", 18: "utf-32"}


def read_mat5(path: str | Path, names: Collection[str]) -> dict[str, Any]:
    """Read variables of a file.

    Args:
        path: The file.
        names: Which variables.

    Returns:
        Those that are there: arrays in the order of axes of MATLAB, str for one row of
        characters (a list of them for several), a list of the parts of a cell (column by column),
        a dictionary for a structure (a list of them for several).

    Raises:
        FormatError: If the file is damaged.
    """
    data = Path(path).read_bytes()
    if len(data) < HEADER or data[126:128] not in (b"IM", b"MI"):
        raise FormatError("it is no MATLAB file of version 5.")
    order = "<" if data[126:128] == b"IM" else ">"
    found: dict[str, Any] = {}
    for kind, element in _Elements(data, order, HEADER):
        if kind == _COMPRESSED:
            kind, element = _inflate(element, order)
        if kind == _MATRIX and len(element):
            matrix = _Matrix(element, order)
            if matrix.name in names:
                found[matrix.name] = matrix.value(0)
    return found


def _inflate(data: memoryview, order: str) -> tuple[int, memoryview]:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(data, MAX_SIZE)
    except zlib.error as error:
        raise FormatError(f"the file is damaged ({error}).") from error
    if inflater.unconsumed_tail:
        raise FormatError(f"a variable in it is larger than {MAX_SIZE} bytes.")
    return next(iter(_Elements(plain, order, 0)), (0, memoryview(b"")))


class _Elements:
    """The elements that lie one behind the other."""

    def __init__(self, data: bytes | memoryview, order: str, place: int) -> None:
        self._data = memoryview(data)
        self._order = order
        self._place = place

    def __iter__(self) -> Iterator[tuple[int, memoryview]]:
        while len(self._data) - self._place >= 8:
            yield self.next()

    def next(self) -> tuple[int, memoryview]:
        """Return type and data of the next element."""
        data, place = self._data, self._place
        if len(data) - place < 8:
            raise FormatError("the file is incomplete; its copy or download broke off.")
        kind, size = struct.unpack_from(f"{self._order}II", data, place)
        if kind >> 16:  # a small element: four bytes of tag, four of data
            kind, size = kind & 0xFFFF, kind >> 16
            self._place += 8
            return kind, data[place + 4 : place + 4 + min(size, 4)]
        if size > len(data) - place - 8:
            raise FormatError("the file is incomplete; its copy or download broke off.")
        filled = size if kind == _COMPRESSED else (size + 7) // 8 * 8
        self._place = place + 8 + filled
        return kind, data[place + 8 : place + 8 + size]


class _Matrix:
    """One variable, or one part of a cell or structure."""

    def __init__(self, data: memoryview, order: str) -> None:
        self._order = order
        self._parts = _Elements(data, order, 0)
        _, flags = self._parts.next()
        self._class = int(struct.unpack_from(f"{order}I", flags)[0]) & 0xFF
        kind, shape = self._parts.next()
        self._shape = tuple(max(size, 0) for size in _numbers(kind, shape, order).tolist())
        self._n = int(np.prod([float(size) for size in self._shape])) if self._shape else 0
        self._n_bytes = len(data)
        self.name = bytes(self._parts.next()[1]).decode("utf-8", "replace")

    def value(self, depth: int) -> Any:
        """Read what it holds."""
        if depth > MAX_DEPTH:
            raise FormatError("its structures are nested too deeply.")
        if self._class in _NUMERIC:
            values = _numbers(*self._parts.next(), self._order)
            if len(values) != self._n:
                raise FormatError(f"a variable of shape {self._shape} holds {len(values)} numbers.")
            return values.reshape(self._shape, order="F")
        if self._class == _CHAR:
            return self._text()
        if self._class == _CELL:
            return [self._part(depth) for _ in range(self._checked(1))]
        if self._class == _STRUCT:
            return self._structures(depth)
        return None

    def _text(self) -> Any:
        kind, data = self._parts.next()
        encoding = _TEXTS.get(kind, "latin-1")
        if encoding in ("utf-16", "utf-32"):
            encoding += "-le" if self._order == "<" else "-be"
        text = bytes(data).decode(encoding, "replace")
        n_rows = self._shape[0] if self._shape else 0
        if n_rows <= 1 or len(text) % n_rows:
            return text
        return [text[row::n_rows] for row in range(n_rows)]

    def _structures(self, depth: int) -> Any:
        kind, data = self._parts.next()
        length = int(_numbers(kind, data, self._order)[0])
        _, data = self._parts.next()
        if length < 1:
            raise FormatError("a structure in it has no names of fields.")
        names = [
            bytes(data[place : place + length]).split(b"\0")[0].decode("utf-8", "replace")
            for place in range(0, len(data), length)
        ]
        n = self._checked(len(names)) if names else 0
        found = [{name: self._part(depth) for name in names} for _ in range(n)]
        return found[0] if n == 1 else found

    def _checked(self, n_parts: int) -> int:
        """Return how many cells or structures there are, which need eight bytes a part."""
        if self._n * n_parts * 8 > self._n_bytes:
            raise FormatError(f"a cell or structure claims {self._n} entries.")
        return self._n

    def _part(self, depth: int) -> Any:
        kind, data = self._parts.next()
        if kind != _MATRIX:
            raise FormatError(f"a part of a cell or structure is of type {kind}.")
        return _Matrix(data, self._order).value(depth + 1) if len(data) else np.empty((0, 0))


def _numbers(kind: int, data: memoryview, order: str) -> npt.NDArray[Any]:
    if kind not in _TYPES:
        raise FormatError(f"numbers of type {kind} in it are not known.")
    dtype = np.dtype(order + _TYPES[kind])
    if len(data) % dtype.itemsize:
        raise FormatError("a variable in it is cut off.")
    return np.frombuffer(data, dtype).astype(dtype.newbyteorder("="))
