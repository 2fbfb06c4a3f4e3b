from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.io.slp.sink import Sink, created


def fill(file: h5py.File) -> None:
    file.create_group("group").attrs["text"] = "some text"
    file["group/array"] = np.arange(100_000.0)
    vectors = file.create_dataset("vectors", (50,), dtype=h5py.vlen_dtype(np.int8))
    for row in range(50):
        vectors[row] = np.full(1000 * (row % 3 + 1), row % 100, np.int8)
    file.create_dataset("chunks", data=np.zeros((64, 64)), chunks=(8, 8), compression="gzip")


def test_what_is_written_is_an_ordinary_file(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with created(path) as (file, sink):
        fill(file)
        sink.check()
    with h5py.File(path) as file:
        assert file["group"].attrs["text"] == "some text"
        assert file["group/array"][-1] == 99_999
        assert [len(file["vectors"][row]) for row in (0, 1, 2)] == [1000, 2000, 3000]
        assert not file["chunks"][()].any()


class FullDisk:
    """A file that takes a number of bytes and no more."""

    def __init__(self, raw: Any, room: int) -> None:
        self._raw = raw
        self._room = room

    def write(self, data: memoryview) -> int:
        if self._raw.tell() + len(data) > self._room:
            raise OSError(28, "No space left on device")
        return int(self._raw.write(data))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


@pytest.mark.parametrize("room", [0, 50, 2_000, 10_000, 100_000, 810_000, 850_000])
def test_a_full_disk_is_one_error_whenever_it_comes(tmp_path: Path, room: int) -> None:
    with (tmp_path / "a.h5").open("w+b", buffering=0) as raw:
        sink = Sink(FullDisk(raw, room))
        with h5py.File(sink, "w") as file:
            fill(file)
        with pytest.raises(OSError, match="No space left"):
            sink.check()


def test_the_first_cause_is_reported(tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="No space left"),
        created(tmp_path / "a.h5") as (file, sink),
    ):
        sink.error = OSError(28, "No space left on device")
        file["a"] = 3
        raise ValueError("what followed")
    with pytest.raises(ValueError, match="its own"), created(tmp_path / "a.h5"):
        raise ValueError("its own")


def test_lost_bytes_can_be_read_back(tmp_path: Path) -> None:
    with (tmp_path / "a").open("w+b", buffering=0) as raw:
        sink = Sink(FullDisk(raw, 4))
        sink.write(b"abcd")
        sink.write(b"efgh")
        sink.seek(6)
        sink.write(b"XY")
        buffer = bytearray(10)
        sink.seek(2)
        assert sink.readinto(buffer) == 10
        assert bytes(buffer) == b"cdefXY\0\0\0\0"
        assert sink.seek(0, 2) == 8
        assert sink.tell() == 8
        sink.seek(4)
        assert sink.read() == b"efXY"
