from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.formats.leap_matlab import mat73
from sleap.io.formats.leap_matlab.mat73 import read_mat73
from sleap.io.formats.leap_matlab.read import read_mat

Save = Callable[[Path, dict[str, Any]], Path]


def test_both_kinds_of_files_give_the_same(tmp_path: Path, save_mat: Save) -> None:
    array = np.arange(24.0).reshape(2, 3, 4)
    path = save_mat(
        tmp_path / "a.mat",
        {"a": array, "s": {"cell": ["head", np.eye(2)], "none": np.zeros((0, 0))}, "t": "wing"},
    )
    found = read_mat(path, ["a", "s", "t", "nothing"])
    assert sorted(found) == ["a", "s", "t"]
    np.testing.assert_array_equal(found["a"], array)
    assert found["t"] == "wing"
    assert found["s"]["cell"][0] == "head"
    np.testing.assert_array_equal(found["s"]["cell"][1], np.eye(2))
    assert found["s"]["none"].size == 0


def test_nothing_outside_of_the_file_is_read(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["x"] = np.eye(2)
    with h5py.File(tmp_path / "a.mat", "w") as file:
        file["a"] = h5py.ExternalLink("other.h5", "x")
    with pytest.raises(FormatError, match="leads out of the file"):
        read_mat73(tmp_path / "a.mat", ["a"])


def test_cells_that_hold_themselves_are_refused(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.mat", "w") as file:
        cell = file.create_dataset("a", (1, 2), h5py.ref_dtype)
        cell[0, 0] = cell[0, 1] = cell.ref
    with pytest.raises(FormatError, match="nested too deeply"):
        read_mat73(tmp_path / "a.mat", ["a"])


def test_references_to_nothing_are_none(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.mat", "w") as file:
        file.create_dataset("a", (1, 2), h5py.ref_dtype)
    assert read_mat73(tmp_path / "a.mat", ["a"]) == {"a": [None, None]}


def test_the_number_of_cells_is_bounded(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.mat", "w") as file:
        file.create_dataset("a", (1, mat73.MAX_CELLS + 1), h5py.ref_dtype, chunks=(1, 1000))
    with pytest.raises(FormatError, match="cells"):
        read_mat73(tmp_path / "a.mat", ["a"])


def test_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.mat", "w") as file:
        file["a"] = np.eye(2)
        file["a"].attrs["MATLAB_class"] = np.bytes_("char")
        file["rows"] = np.array([[97, 99], [98, 100]], "u2")
        file["rows"].attrs["MATLAB_class"] = "char"
    assert read_mat73(tmp_path / "a.mat", ["rows"]) == {"rows": ["ab", "cd"]}
    with pytest.raises(FormatError, match="is no text"):
        read_mat73(tmp_path / "a.mat", ["a"])
