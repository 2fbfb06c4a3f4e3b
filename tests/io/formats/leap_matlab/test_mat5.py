import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.io
from hypothesis import given
from hypothesis import strategies as st

from sleap.errors import FormatError
from sleap.io.formats.leap_matlab import mat5
from sleap.io.formats.leap_matlab.mat5 import read_mat5


@pytest.mark.parametrize("is_deflated", [False, True])
@pytest.mark.parametrize("dtype", ["f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "?"])
def test_numbers_are_read_in_the_order_of_axes(
    tmp_path: Path, dtype: str, is_deflated: bool
) -> None:
    array = np.arange(24).reshape(2, 3, 4).astype(dtype)
    scipy.io.savemat(tmp_path / "a.mat", {"a": array, "b": 1.0}, do_compression=is_deflated)
    found = read_mat5(tmp_path / "a.mat", ["a", "c"])
    assert list(found) == ["a"]
    np.testing.assert_array_equal(found["a"], array)


def test_text_cells_and_structures_are_read(tmp_path: Path) -> None:
    cell = np.array(["ab", np.array([[1.5]]), np.zeros((0, 0))], object)
    several = np.array([(1.0, "x"), (2.0, "y")], [("n", object), ("t", object)])
    scipy.io.savemat(
        tmp_path / "a.mat",
        {"s": {"name": "wing ä", "cell": cell}, "rows": np.array(["abc", "def"]), "m": several},
    )
    found = read_mat5(tmp_path / "a.mat", ["s", "rows", "m"])
    assert found["s"]["name"] == "wing ä"
    assert found["s"]["cell"][0] == "ab"
    assert found["s"]["cell"][1] == 1.5
    assert found["s"]["cell"][2].size == 0
    assert found["rows"] == ["abc", "def"]
    assert [one["t"] for one in found["m"]] == ["x", "y"]


def element(kind: int, data: bytes, order: str = "<") -> bytes:
    return struct.pack(f"{order}II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def matrix(kind: int, shape: list[int], *parts: bytes, order: str = "<") -> bytes:
    head = [
        element(6, struct.pack(f"{order}II", kind, 0), order),
        element(5, struct.pack(f"{order}{len(shape)}i", *shape), order),
        element(1, b"a", order),
    ]
    return element(14, b"".join([*head, *parts]), order)


def save(path: Path, data: bytes, mark: bytes = b"IM") -> Path:
    path.write_bytes(mat5.SIGNATURE.ljust(124) + b"\x00\x01" + mark + data)
    return path


def test_files_of_machines_that_count_the_other_way_are_read(tmp_path: Path) -> None:
    numbers = element(9, struct.pack(">2d", 1.5, 2.5), ">")
    path = save(tmp_path / "a.mat", matrix(6, [1, 2], numbers, order=">"), b"MI")
    np.testing.assert_array_equal(read_mat5(path, ["a"])["a"], [[1.5, 2.5]])


@pytest.mark.parametrize("kind", [3, 5, 16, 17, 18])
def test_objects_and_functions_are_not_read(tmp_path: Path, kind: int) -> None:
    path = save(tmp_path / "a.mat", matrix(kind, [1, 1], element(1, b"system")))
    assert read_mat5(path, ["a"]) == {"a": None}


def nested(depth: int) -> bytes:
    inner = matrix(6, [1, 1], element(9, struct.pack("<d", 1)))
    for _ in range(depth):
        inner = matrix(1, [1, 1], inner)
    return inner


@pytest.mark.parametrize(
    "data",
    [
        matrix(6, [2, 2], element(9, b"\0" * 8)),
        matrix(6, [1 << 30, 1 << 30, 1 << 30], element(9, b"")),
        matrix(6, [1, 1], element(9, b"\0" * 7)),
        matrix(6, [1, 1], element(99, b"\0" * 8)),
        matrix(1, [1 << 30, 1 << 30]),
        matrix(1, [1, 1], element(9, b"\0" * 8)),
        matrix(2, [1 << 30, 1], element(5, struct.pack("<i", 8)), element(1, b"name\0\0\0\0")),
        matrix(2, [1, 1], element(5, struct.pack("<i", 0)), element(1, b"name\0\0\0\0")),
        nested(40),
        matrix(6, [1, 1])[:-16],
        struct.pack("<II", 14, 1 << 31),
        element(15, b"no zlib"),
        element(15, zlib.compress(b"\0" * 100_000)),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mat5, "MAX_SIZE", 10_000)
    with pytest.raises(FormatError):
        read_mat5(save(tmp_path / "a.mat", data), ["a"])


def test_what_is_no_file_of_this_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mat").write_bytes(b"hello" * 40)
    with pytest.raises(FormatError, match="no MATLAB file"):
        read_mat5(tmp_path / "a.mat", ["a"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mat") / "a.mat"
    scipy.io.savemat(path, {"a": {"x": np.array(["p", "q"], object), "y": np.eye(2)}})
    return path


@given(changes=st.lists(st.tuples(st.integers(128, 600), st.integers(0, 255)), max_size=4))
def test_damaged_files_end_in_our_error_or_are_read(
    whole: Path, changes: list[tuple[int, int]]
) -> None:
    from sleap.io.json_text import reading

    data = bytearray(whole.read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    broken = whole.with_name("b.mat")
    broken.write_bytes(data)
    found: Any = None
    try:
        with reading(broken):
            found = read_mat5(broken, ["a"])
    except FormatError as error:
        assert "b.mat" in str(error)
    assert found is None or isinstance(found, dict)
