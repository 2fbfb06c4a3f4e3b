"""Files as MATLAB writes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import scipy.io


@pytest.fixture(params=["5", "5 deflated", "7.3"])
def save_mat(request: pytest.FixtureRequest) -> Callable[[Path, dict[str, Any]], Path]:
    """Write variables to a file of each version: arrays, str, lists (cells), dictionaries."""
    if request.param == "7.3":
        return save_mat73

    def save(path: Path, variables: dict[str, Any]) -> Path:
        scipy.io.savemat(path, as_matlab(variables), do_compression="deflated" in request.param)
        return path

    return save


def as_matlab(value: Any) -> Any:
    """Turn lists into what scipy writes as a cell."""
    if isinstance(value, dict):
        return {key: as_matlab(item) for key, item in value.items()}
    if isinstance(value, list):
        cell = np.empty((len(value), 1), object)
        for row, item in enumerate(value):
            cell[row, 0] = as_matlab(item)
        return cell
    return value


def save_mat73(path: Path, variables: dict[str, Any]) -> Path:
    """Write variables as HDF5, with the header of MATLAB in front."""
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, value in variables.items():
            put(file, file, name, value)
    header = b"MATLAB 7.3 MAT-file, Platform: PCWIN64".ljust(124) + b"\x00\x02IM"
    with path.open("r+b") as raw:
        raw.write(header)
    return path


def put(file: h5py.File, parent: h5py.Group, name: str, value: Any) -> h5py.Dataset | h5py.Group:
    """Write one value: axes reversed, text as code units, cells as references."""
    if isinstance(value, dict):
        group = parent.create_group(name)
        for key, item in value.items():
            put(file, group, key, item)
        return group
    if isinstance(value, str):
        made = parent.create_dataset(name, data=np.array([[ord(one)] for one in value], "u2"))
        made.attrs["MATLAB_class"] = np.bytes_("char")
        return made
    if isinstance(value, list):
        refs = file.require_group("#refs#")
        made = parent.create_dataset(name, (1, len(value)), h5py.ref_dtype)
        for row, item in enumerate(value):
            made[0, row] = put(file, refs, f"r{len(refs)}", item).ref
        made.attrs["MATLAB_class"] = np.bytes_("cell")
        return made
    array = np.atleast_2d(value)
    made = parent.create_dataset(name, data=array.T if array.size else np.zeros(2, "u8"))
    if not array.size:
        made.attrs["MATLAB_empty"] = np.uint8(1)
    made.attrs["MATLAB_class"] = np.bytes_("double")
    return made


@pytest.fixture
def leap() -> dict[str, Any]:
    """Four frames of three nodes; the second is not labeled, the last not wholly."""
    positions = np.arange(24, dtype=float).reshape(3, 2, 4)
    initialized = np.array([[1, 0, 1, 1], [1, 0, 1, 0], [1, 0, 1, 0]], np.uint8)
    return {
        "boxPath": "C:\\data\\box.h5",
        "positions": positions,
        "initialized": initialized,
        "skeleton": {
            "nodes": ["head", "thorax", "tail"],
            "edges": np.array([[2.0, 1.0], [2.0, 3.0]]),
        },
        "session": "x",
    }
