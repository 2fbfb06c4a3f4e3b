import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FileError, FormatError
from sleap.hdf5.files import check_regular, is_hdf5, open_checked


def same(one: Any, other: Any) -> None:
    if isinstance(one, h5py.Empty):
        assert one == other
    elif getattr(one, "dtype", None) == h5py.ref_dtype:
        assert len(one) == len(other)
    else:
        np.testing.assert_array_equal(one, other)


def test_all_that_the_library_reads_is_read(rich: Path) -> None:
    n_datasets = 0
    with h5py.File(rich) as plain, open_checked(rich) as checked:
        names: list[str] = []
        plain.visit(names.append)
        for name in names:
            one, other = plain[name], checked[name]
            assert isinstance(other, type(one))
            same(list(one.attrs), list(other.attrs))
            for key in one.attrs:
                same(one.attrs[key], other.attrs[key])
            if isinstance(one, h5py.Dataset):
                same(one[()], other[()])
                n_datasets += 1
        assert list(checked) == list(plain)
    assert n_datasets > 20


def test_files_of_other_libraries_are_read(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="writes DeepLabCut's tables")
    pytest.importorskip("tables", reason="writes DeepLabCut's tables")
    frame = pandas.DataFrame({"a": [1.0, 2.0], "s": ["x", "y"]})
    for kind in ("fixed", "table"):
        frame[["a"]].to_hdf(tmp_path / f"{kind}.h5", key="k", format=kind)
        with open_checked(tmp_path / f"{kind}.h5") as file:
            assert "k" in file


def test_a_foreign_block_before_the_file_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w", userblock_size=1024) as file:
        file["a"] = ["x", "yy"]
        file.create_dataset("b", data=np.arange(100), chunks=(7,), compression="gzip")
    assert is_hdf5(path)
    with open_checked(path) as file:
        assert file["a"].asstr()[()].tolist() == ["x", "yy"]
        assert file["b"][5:9].tolist() == [5, 6, 7, 8]


def test_what_is_no_hdf5_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    for data in (b"", b"text", bytes(5000), b"\x89HDF\r\n\x1a\n", b"\x89HDF\r\n\x1a\n" + bytes(99)):
        path.write_bytes(data)
        with pytest.raises(FormatError):
            open_checked(path)
    path.write_bytes(b"text")
    assert not is_hdf5(path)


@pytest.mark.skipif(os.name == "nt", reason="pipes of Unix")
def test_only_files_are_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, what in ((tmp_path, "folder"), (tmp_path / "pipe", "pipe"), ("/dev/null", "device")):
        with pytest.raises(FileError, match=what):
            check_regular(path)


def test_damage_of_one_object_may_leave_the_others(
    make: Callable[..., Path], patch: Callable[[Path, int, bytes], None]
) -> None:
    path = make(a=np.arange(3), b=np.arange(4))
    with h5py.File(path) as file:
        place = h5py.h5o.get_info(file["a"].id).addr
    patch(path, place, b"\xff")
    with pytest.raises(FormatError, match="'/a' is damaged"):
        open_checked(path)
    with open_checked(path, strict=False) as file:
        assert file["b"][()].tolist() == [0, 1, 2, 3]
        with pytest.raises(FormatError, match="'/a' cannot be read"):
            file["a"]
