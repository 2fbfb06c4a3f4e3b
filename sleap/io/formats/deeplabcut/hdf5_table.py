"""Tables of DeepLabCut as HDF5: a data frame as pandas stores it through PyTables.

There are two layouts. The *fixed* one (attribute ``pandas_type`` = ``frame``) has a dataset for
each level of the names of columns (``axis0_level0``, ...) and of rows (``axis1...``), and blocks of
values. The *table* one (``frame_table``) has one table of rows, and the names of its columns
pickled in the attribute ``non_index_axes``. Pickles are read as data; nothing in them runs.
"""

from pathlib import Path
from typing import Any

import h5py
import numpy as np

from sleap.core.tables import FloatArray, IntArray
from sleap.errors import FormatError, SleapError
from sleap.io import plain_pickle
from sleap.io.formats.deeplabcut.table import Table, make_table
from sleap.io.slp.hdf5 import SIGNATURE, find, find_dataset, find_group, opened, read_rows

Names = list[tuple[Any, ...]]

PANDAS = "pandas_type"
MAX_LEVELS = 8
MAX_BLOCKS = 1000

FREE_LENGTH = 1 << 16
"""Entries of a list that are read without asking how many bytes the file stores."""

MAX_RATIO = 16
"""Entries of a list for each byte stored, at most."""


def is_hdf5(path: Path, head: bytes) -> bool:
    """Tell whether a file holds a data frame."""
    if not head.startswith(SIGNATURE):
        return False
    try:
        with opened(path) as file:
            return _find_frame(file) is not None
    except SleapError:
        return False


def read_hdf5(path: Path) -> Table:
    """Read the table of a file.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it holds none, or is damaged.
    """
    with opened(path) as file:
        group = _find_frame(file)
        if group is None:
            raise FormatError("It holds no data frame of pandas.")
        kind = _text(group.attrs[PANDAS])
        if kind == "frame":
            columns, rows, values = _read_fixed(group)
        elif kind in ("frame_table", "appendable_frame"):
            columns, rows, values = _read_rows(group)
        else:
            raise FormatError(f"Its data are stored as '{kind:.40}': expected 'frame'.")
        names = [tuple(_text(part) for part in name) for name in columns]
        return make_table(names, _index(rows), values)


def _find_frame(file: h5py.File) -> h5py.Group | None:
    """Return the first group that holds a data frame."""
    for name in file:
        group = find_group(file, name)
        if group is not None and PANDAS in group.attrs:
            return group
    return None


def _index(rows: Names) -> list[str] | IntArray:
    """Return what rows are: frame numbers, or paths."""
    if rows and all(len(row) == 1 and isinstance(row[0], int) for row in rows):
        numbers = np.array([row[0] for row in rows])
        if numbers.min() < 0:
            raise FormatError(f"A row is of the frame {int(numbers.min())}.")
        return numbers.astype(np.int64)
    return ["/".join(_text(part) for part in row).replace("\\", "/") for row in rows]


# -- the fixed layout -----------------------------------------------------------------------------


def _read_fixed(group: h5py.Group) -> tuple[Names, Names, FloatArray]:
    columns, rows = _read_axis(group, "axis0"), _read_axis(group, "axis1")
    n_blocks = int(group.attrs.get("nblocks", 1))
    if not 0 <= n_blocks <= MAX_BLOCKS:
        raise FormatError(f"It claims to hold {n_blocks} blocks of values.")
    place = {name: number for number, name in enumerate(columns)}
    blocks: list[tuple[list[int], h5py.Dataset]] = []
    for number in range(n_blocks):
        block = _dataset(group, f"block{number}_values")
        names = _read_axis(group, f"block{number}_items")
        if block.dtype.kind not in "fiub" or block.shape != (len(rows), len(names)):
            raise FormatError(
                f"Block {number} is {block.dtype} of shape {block.shape}: expected numbers of "
                f"shape {(len(rows), len(names))}."
            )
        unknown = next((name for name in names if name not in place), None)
        if unknown is not None:
            raise FormatError(f"Block {number} has an unknown column {unknown}.")
        blocks.append(([place[name] for name in names], block))
    if sum(len(places) for places, _ in blocks) != len(columns):
        raise FormatError(f"Its blocks do not hold the {len(columns)} columns that it names.")
    values = np.full((len(rows), len(columns)), np.nan)
    for places, block in blocks:
        values[:, places] = block[()]
    return columns, rows, values


def _read_axis(group: h5py.Group, name: str) -> Names:
    """Return the names along an axis, of one or several levels."""
    if find(group, f"{name}_level0") is None:
        return [(value,) for value in _read_values(group, name)]
    levels: list[list[Any]] = []
    for level in range(MAX_LEVELS):
        if find(group, f"{name}_level{level}") is None:
            break
        values = [*_read_values(group, f"{name}_level{level}"), ""]
        numbers = _dataset(group, f"{name}_label{level}")
        if numbers.dtype.kind not in "iu" or numbers.ndim != 1:
            raise FormatError(f"'{numbers.name}' should be a list of numbers.")
        _check_length(numbers)
        chosen = numbers[()].astype(np.int64)
        if len(chosen) and not -1 <= chosen.min() <= chosen.max() < len(values) - 1:
            raise FormatError(f"'{numbers.name}' names values that are not there.")
        levels.append([values[number] for number in chosen.tolist()])
    return list(zip(*levels, strict=True))


def _read_values(group: h5py.Group, name: str) -> list[Any]:
    """Return the values of a list: texts, numbers, or a pickled array."""
    dataset = _dataset(group, name)
    _check_length(dataset)
    values = dataset[()]
    if _text(dataset.attrs.get("PSEUDOATOM", "")) == "object":
        found = plain_pickle.loads(np.asarray(values[0], np.uint8).tobytes()) if len(values) else []
        values = np.asarray(found, object)
    if values.ndim != 1:
        raise FormatError(f"'{name}' should be a list, and is of shape {values.shape}.")
    result: list[Any] = values.tolist()
    return result


# -- the layout as a table ------------------------------------------------------------------------


def _read_rows(group: h5py.Group) -> tuple[Names, Names, FloatArray]:
    names = _axis_names(group)
    dataset = _dataset(group, "table")
    rows = read_rows(dataset)
    fields = rows.dtype.names or ()
    if "index" not in fields:
        raise FormatError(f"Its table has the columns {', '.join(fields):.200}, and no index.")
    columns: Names = []
    parts: list[FloatArray] = []
    for field in fields:
        if not field.startswith("values_block_"):
            continue
        part = rows[field].reshape(len(rows), -1)
        kind = dataset.attrs.get(f"{field}_kind")
        own = _tuples(_unpickle(kind)) if kind is not None else names
        if part.dtype.kind not in "fiub" or part.shape[1] != len(own):
            raise FormatError(f"'{field}' should be numbers in {len(own)} columns.")
        columns += own
        parts.append(part.astype(float))
    order = {name: number for number, name in enumerate(columns)}
    if sorted(map(repr, order)) != sorted(map(repr, names)):
        raise FormatError("The columns of its table are not those that it names.")
    values = np.hstack(parts) if parts else np.empty((len(rows), 0))
    index: list[Any] = rows["index"].tolist()
    return names, [(one,) for one in index], values[:, [order[name] for name in names]]


def _axis_names(group: h5py.Group) -> Names:
    """Return the names of the columns: the attribute is ``[(1, [names])]``."""
    axes = _unpickle(group.attrs.get("non_index_axes"))
    if not isinstance(axes, list) or len(axes) != 1 or len(axes[0]) != 2:
        raise FormatError("Its attribute 'non_index_axes' does not name the columns.")
    return _tuples(axes[0][1])


def _tuples(names: Any) -> Names:
    if not isinstance(names, list) or not all(isinstance(name, tuple) for name in names):
        raise FormatError("Its columns should be named by several levels.")
    return names


def _unpickle(value: Any) -> Any:
    """Read an attribute that PyTables pickled; HDF5 gives its bytes in one of several ways."""
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    if isinstance(value, np.ndarray | np.generic):
        value = value.tobytes()
    if not isinstance(value, bytes):
        raise FormatError(f"An attribute should be a pickle, and is {type(value).__name__}.")
    return plain_pickle.loads(value)


# -- what both need -----------------------------------------------------------------------------


def _dataset(group: h5py.Group, name: str) -> h5py.Dataset:
    dataset = find_dataset(group, name)
    if dataset is None:
        raise FormatError(f"It has no dataset '{name}'.")
    return dataset


def _check_length(dataset: h5py.Dataset) -> None:
    """Check that a list, of which each entry becomes an object, is not absurdly long."""
    stored = dataset.id.get_storage_size()
    if dataset.size > FREE_LENGTH + MAX_RATIO * stored:
        raise FormatError(
            f"'{dataset.name}' claims {dataset.size} entries, and the file stores {stored} bytes."
        )


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray | np.generic):
        value = value.item() if value.ndim == 0 else b""
    return value.decode("utf-8") if isinstance(value, bytes) else str(value)
