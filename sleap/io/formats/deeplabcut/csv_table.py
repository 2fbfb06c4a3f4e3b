"""Tables of DeepLabCut as CSV: header lines named scorer, [individuals], bodyparts, coords.

Behind the header, a line is the index and the values. The index is a path in one cell (older
programs: ``labeled-data/video/img000.png``), a path in three cells, or the number of a frame.
"""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

import numpy as np

from sleap.core.tables import FloatArray
from sleap.errors import FormatError
from sleap.io.formats.deeplabcut.table import LEVELS, Table, make_table

N_BLOCK = 2048
"""Lines that are turned into numbers together."""


def is_csv(head: bytes) -> bool:
    """Tell whether a file begins as a table of DeepLabCut."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"scorer,")


def read_csv(path: Path) -> Table:
    """Read a table.

    Raises:
        FormatError: If it is not one, or damaged.
        ValueError: If a cell is no number.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, n_index = _read_header(file)
        columns = list(zip(*(cells[n_index:] for cells in header), strict=True))
        index: list[str] = []
        blocks: list[FloatArray] = []
        while lines := list(islice(_lines(file), N_BLOCK)):
            pairs = [_split(line, n_index) for line in lines]
            index += [name for name, _ in pairs]
            blocks.append(_numbers([cells for _, cells in pairs], len(columns)))
    values = np.concatenate(blocks) if blocks else np.empty((0, len(columns)))
    if n_index == 1 and all(name.isdecimal() for name in index):
        return make_table(columns, np.array(index, np.int64), values)
    return make_table(columns, index, values)


def _read_header(file: TextIO) -> tuple[list[list[str]], int]:
    """Read the lines up to the one of the coordinates; return their cells, and the index cells."""
    header: list[list[str]] = []
    for cells in csv.reader(file.readline() for _ in range(len(LEVELS))):
        if not cells or cells[0] not in LEVELS:
            break
        header.append(cells)
        if cells[0] == LEVELS[-1]:
            n_index = next((n for n, cell in enumerate(cells) if n and cell), 0)
            if n_index and len({len(line) for line in header}) == 1:
                return header, n_index
    raise FormatError(f"The first lines should be named {', '.join(LEVELS)}, and are not.")


def _lines(file: TextIO) -> Iterator[str]:
    """Yield the lines that are not empty."""
    for line in file:
        if line := line.rstrip("\r\n"):
            yield line


def _split(line: str, n_index: int) -> tuple[str, str]:
    """Return the index of a line as one path, and its values as text."""
    if '"' in line:
        cells = next(csv.reader([line]))
        return "/".join(cells[:n_index]), ",".join(cells[n_index:])
    *index, values = line.split(",", n_index)
    if len(index) < n_index:
        raise FormatError(f"The line '{line:.60}' breaks off.")
    return "/".join(index).replace("\\", "/"), values


def _numbers(lines: list[str], n_columns: int) -> FloatArray:
    """Turn lines of cells into numbers; empty cells are NaN."""
    for place, line in enumerate(lines):
        if ",," in line or not line or line[0] == "," or line[-1] == ",":
            cells = f",{line},"
            while ",," in cells:
                cells = cells.replace(",,", ",nan,")
            lines[place] = cells[1:-1]
    values = np.loadtxt(lines, delimiter=",", ndmin=2, comments=None)
    if values.shape[1] != n_columns:
        raise FormatError(f"A line has {values.shape[1]} values; there are {n_columns} columns.")
    return values
