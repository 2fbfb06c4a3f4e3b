"""MATLAB files of version 7.3 as plain data: HDF5 with the axes reversed.

A cell is a dataset of references to datasets in the group ``#refs#``, text is a dataset of UTF-16
code units, a structure is a group; the attribute ``MATLAB_class`` says which.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from sleap.errors import FormatError
from sleap.io.slp import hdf5

SIGNATURE = b"MATLAB 7.3 MAT-file"

MAX_CELLS = 100_000
"""Cells read in all, at most."""


def read_mat73(path: str | Path, names: Collection[str]) -> dict[str, Any]:
    """Read variables of a file, as ``read_mat5`` gives them.

    Args:
        path: The file.
        names: Which variables.

    Returns:
        Those that are there.

    Raises:
        FileError: If it is not there or cannot be opened.
        FormatError: If it is damaged, or a value lies outside of it.
    """
    with hdf5.opened(path) as file:
        reader = _Reader(file)
        return {name: reader.value(file, name, 0) for name in names if name in file}


class _Reader:
    def __init__(self, file: h5py.File) -> None:
        self._file = file
        self._n_cells = 0

    def value(self, parent: h5py.Group, name: str, depth: int) -> Any:
        """Read a structure, cell, text or array."""
        if depth > hdf5.MAX_DEPTH:
            raise FormatError("its structures are nested too deeply.")
        found = hdf5.find(parent, name)
        if found is None:
            return None
        if isinstance(found, h5py.Group):
            return {key: self.value(found, key, depth + 1) for key in found}
        if h5py.check_ref_dtype(found.dtype) is not None:
            return self._cells(found, depth)
        dataset = hdf5.find_dataset(parent, name)
        assert dataset is not None
        if dataset.attrs.get("MATLAB_empty"):
            return np.empty((0, 0))
        values = np.asarray(dataset[()])
        if _class(dataset) == "char":
            return _text(values)
        return values.T

    def _cells(self, dataset: h5py.Dataset, depth: int) -> list[Any]:
        if dataset.is_virtual or dataset.external:
            raise FormatError(f"The values of '{dataset.name}' lie in another file.")
        self._n_cells += dataset.size
        if self._n_cells > MAX_CELLS:
            raise FormatError(f"It claims more than {MAX_CELLS} cells.")
        parts: list[Any] = []
        # Stored with the axes reversed: its rows are the columns of MATLAB.
        for reference in np.asarray(dataset[()]).reshape(-1):
            if not isinstance(reference, h5py.Reference) or not reference:
                parts.append(None)
                continue
            target = self._file[reference].name
            if target is None:
                raise FormatError(f"'{dataset.name}' refers to what has no name.")
            parts.append(self.value(self._file, target, depth + 1))
        return parts


def _class(dataset: h5py.Dataset) -> str:
    name = dataset.attrs.get("MATLAB_class", b"")
    return name.decode("ascii", "replace") if isinstance(name, bytes) else str(name)


def _text(values: np.ndarray[Any, Any]) -> Any:
    """Make text of (n, 1) code units; of several rows a list of texts."""
    if values.dtype.kind not in "iu":
        raise FormatError("A text in it is no text.")
    columns = np.atleast_2d(values.T).astype("<u2")
    rows = [row.tobytes().decode("utf-16-le", "replace") for row in columns]
    return rows[0] if len(rows) == 1 else rows
