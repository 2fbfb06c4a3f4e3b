from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FileError, FormatError
from sleap.io.slp import hdf5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.h5"


def test_values_inside_the_file_are_found(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["group/values"] = np.arange(3)
        file["link"] = h5py.SoftLink("/group/values")
        file["group/near"] = h5py.SoftLink("values")
    with hdf5.opened(path) as file:
        for name in ("group/values", "/group/values", "link", "group/near"):
            dataset = hdf5.find_dataset(file, name)
            assert dataset is not None
            assert dataset[()].tolist() == [0, 1, 2]
        assert hdf5.find(file, "group/none") is None
        assert hdf5.find(file, "group/values/deeper") is None
        assert hdf5.find_group(file, "link") is None
        with pytest.raises(FormatError, match="is a group"):
            hdf5.find_dataset(file, "group")


def test_links_out_of_the_file_are_refused(path: Path, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["secret"] = np.arange(3)
    with h5py.File(path, "w") as file:
        file["out"] = h5py.ExternalLink("other.h5", "/secret")
        file["indirect"] = h5py.SoftLink("/out")
        file["circle"] = h5py.SoftLink("/circle")
        file["nothing"] = h5py.SoftLink("/none")
    for name in ("out", "indirect", "circle"):
        with pytest.raises(FormatError, match="leads out of the file"), hdf5.opened(path) as file:
            hdf5.find_dataset(file, name)
    with hdf5.opened(path) as file:
        assert hdf5.find_dataset(file, "nothing") is None


def test_values_in_other_files_are_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(bytes(24))
    with h5py.File(tmp_path / "other.h5", "w") as other:
        other["secret"] = np.arange(3)
    layout = h5py.VirtualLayout((3,), "i8")
    layout[:] = h5py.VirtualSource(str(tmp_path / "other.h5"), "secret", (3,))
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("virtual", layout)
        file.create_dataset("raw", (3,), "i8", external=[(str(tmp_path / "raw"), 0, 24)])
    for name in ("virtual", "raw"):
        with pytest.raises(FormatError, match="in another file"), hdf5.opened(path) as file:
            hdf5.find_dataset(file, name)


def test_references_are_refused(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("ref", data=file["/"].ref, dtype=h5py.ref_dtype)
    with pytest.raises(FormatError, match="references"), hdf5.opened(path) as file:
        hdf5.find_dataset(file, "ref")


def test_absurd_sizes_are_refused_without_reading(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("huge", (1 << 40,), "f8", chunks=(1024,))
        file.create_dataset("zeros", data=np.zeros(9_000_000), chunks=(90_000,), compression=1)
    with hdf5.opened(path) as file:
        with pytest.raises(FormatError, match="claims"):
            hdf5.find_dataset(file, "huge")
        assert hdf5.find_dataset(file, "zeros") is not None


def test_texts_of_any_kind_are_read_as_json(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["fixed"] = np.array([b"[1]", b"[22]"])
        file["variable"] = ["[1]", "[22]"]
        file["empty"] = np.empty(0)
        file["none"] = h5py.Empty("f8")
        file["bad"] = np.array([b"[1"])
        file["number"] = np.arange(2)
    with hdf5.opened(path) as file:
        assert hdf5.read_json_list(file, "fixed") == [[1], [22]]
        assert hdf5.read_json_list(file, "variable") == [[1], [22]]
        assert hdf5.read_json_list(file, "empty") == []
        assert hdf5.read_json_list(file, "none") == []
        assert hdf5.read_json_list(file, "absent") == []
        with pytest.raises(FormatError, match=r"bad\[0\]"):
            hdf5.read_json_list(file, "bad")
        with pytest.raises(FormatError, match="should be text"):
            hdf5.read_json_list(file, "number")


def test_what_is_no_table_is_refused(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["cube"] = np.zeros((2, 2, 2))
        file["texts"] = ["a", "b"]
    with hdf5.opened(path) as file:
        for name in ("cube", "texts"):
            with pytest.raises(FormatError, match="should be a table"):
                hdf5.read_rows(file[name])


def test_files_that_cannot_be_opened_are_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        hdf5.check_signature(path)
    with pytest.raises(FileError, match="is a folder"):
        hdf5.check_signature(tmp_path)
    path.touch()
    with pytest.raises(FormatError, match="is empty"):
        hdf5.check_signature(path)


def test_any_error_inside_names_the_file(path: Path) -> None:
    with h5py.File(path, "w"):
        pass
    with pytest.raises(FormatError, match="damaged") as caught, hdf5.opened(path) as file:
        file["none"]
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("locking", [True, False, "best-effort", None])
def test_a_file_that_is_open_already_is_read(path: Path, locking: Any) -> None:
    with h5py.File(path, "w") as file:
        file["a"] = 3
    with h5py.File(path, "r", locking=locking), hdf5.opened(path) as file:
        assert file["a"][()] == 3
