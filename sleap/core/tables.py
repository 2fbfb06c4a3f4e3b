"""The four tables of a labels file, as numpy arrays that grow.

The field names, types and their order are those of the datasets ``frames``, ``instances``,
``points`` and ``pred_points`` of the ``.slp`` format 1.2, so a table is read and written whole.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.errors import LabelsError

Rows = npt.NDArray[Any]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]

USER = 0
PREDICTED = 1

FRAMES = np.dtype(
    [
        ("frame_id", "<u8"),
        ("video", "<u4"),
        ("frame_idx", "<u8"),
        ("instance_id_start", "<u8"),
        ("instance_id_end", "<u8"),
    ]
)
INSTANCES = np.dtype(
    [
        ("instance_id", "<i8"),
        ("instance_type", "u1"),
        ("frame_id", "<u8"),
        ("skeleton", "<u4"),
        ("track", "<i4"),
        ("from_predicted", "<i8"),
        ("score", "<f4"),
        ("point_id_start", "<u8"),
        ("point_id_end", "<u8"),
        ("tracking_score", "<f4"),
    ]
)
POINTS = np.dtype([("x", "<f8"), ("y", "<f8"), ("visible", "?"), ("complete", "?")])
PRED_POINTS = np.dtype([*POINTS.descr, ("score", "<f8")])

_OPTIONAL = {"tracking_score": np.nan}


def conform(array: Rows, dtype: np.dtype[Any]) -> Rows:
    """Bring an array of a file to one of the four types.

    Args:
        array: (n,) structured with at least the fields of ``dtype`` in any order and number type
            (``tracking_score`` may be absent: NaN), or (n, n_fields) plain numbers in that order.
        dtype: ``FRAMES``, ``INSTANCES``, ``POINTS`` or ``PRED_POINTS``.

    Returns:
        The array itself if it is of that type already; else a converted copy.

    Raises:
        LabelsError: If a field is missing.
    """
    if array.dtype == dtype and array.ndim == 1:
        return array
    names = dtype.names or ()
    result = np.empty(len(array), dtype)
    has = array.dtype.names
    for column, name in enumerate(names):
        if has is not None and name in has:
            result[name] = array[name]
        elif has is None and array.ndim == 2 and column < array.shape[1]:
            result[name] = array[:, column]
        elif name in _OPTIONAL:
            result[name] = _OPTIONAL[name]
        elif len(array):
            raise LabelsError(
                f"A table has no column '{name}': expected {', '.join(names)}; "
                f"got {array.dtype} of shape {array.shape}."
            )
    return result


class Table:
    """A one-dimensional array that grows by doubling and copies itself before the first write.

    It takes over the array it is given: a writable one is written in place, a read-only one
    (a memory-mapped file) is copied the first time something is written or appended.

    Args:
        rows: (n,) array of any type.
    """

    __slots__ = ("_buffer", "_lock", "_n")

    def __init__(self, rows: Rows) -> None:
        self._buffer = rows
        self._n = len(rows)
        self._lock = Lock()
        """Held while a read-only array is replaced, so that no write goes to one given up."""

    def __reduce__(self) -> tuple[type["Table"], tuple[Rows]]:
        return Table, (np.array(self.rows),)

    def __len__(self) -> int:
        """Count the rows."""
        return self._n

    @property
    def rows(self) -> Rows:
        """All rows, without copying: the very array given as long as nothing was appended."""
        return self._buffer if self._n == len(self._buffer) else self._buffer[: self._n]

    @property
    def writable(self) -> Rows:
        """All rows to be written to; valid until the next append."""
        self.settle(lambda rows: np.array(rows))
        return self.rows

    def append(self, rows: Rows) -> int:
        """Add rows at the end.

        Args:
            rows: (m,) of the same type.

        Returns:
            The number of the first new row.
        """
        first, last = self._n, self._n + len(rows)
        self.settle(lambda old: _enlarge(old, last))
        if last > len(self._buffer):
            self._buffer = _enlarge(self._buffer[:first], last)
        _copy(rows, self._buffer[first:last])
        self._n = last
        return first

    def settle(self, copy: Callable[[Rows], Rows]) -> None:
        """Replace a read-only array by a writable one; may be called from any thread.

        Args:
            copy: Called with the read-only array, if it still is in use: returns one to take over
                whose first rows are equal; further ones are room to grow.
        """
        if not self._buffer.flags.writeable:
            with self._lock:
                if not self._buffer.flags.writeable:
                    self._buffer = copy(self._buffer)


def _enlarge(rows: Rows, n_rows: int) -> Rows:
    """Copy an array into one of twice its size: pages that are never touched take no memory."""
    grown = np.empty(max(n_rows, 2 * len(rows), 16), rows.dtype)
    _copy(rows, grown[: len(rows)])
    return grown


def _copy(source: Rows, target: Rows) -> None:
    """Copy rows whole where they are of one type: numpy copies records field by field."""
    if source.dtype == target.dtype and source.dtype.names and source.ndim == 1:
        source, target = (rows.view(f"V{rows.dtype.itemsize}") for rows in (source, target))
    target[...] = source
