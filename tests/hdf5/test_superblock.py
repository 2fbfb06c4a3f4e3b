import io
from pathlib import Path

import h5py
import pytest

from sleap.errors import FormatError
from sleap.hdf5.source import Source
from sleap.hdf5.superblock import read_superblock


@pytest.mark.parametrize("version", ["earliest", "v108", "latest"])
def test_the_root_is_found(tmp_path: Path, version: str) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w", libver=version, userblock_size=512) as file:
        file["a"] = 1
        root = h5py.h5o.get_info(file.id).addr
    with Source(path) as source:
        assert read_superblock(source).root == root
        assert source.size == path.stat().st_size - 512


def test_absurd_beginnings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w"):
        pass
    whole = path.read_bytes()
    for place, value in ((8, 9), (13, 4), (14, 2), (16, 0), (19, 0x7F), (24, 1), (48, 0)):
        damaged = whole[:place] + bytes([value]) + whole[place + 1 :]
        if place == 16:
            damaged = whole[:16] + bytes(2) + whole[18:]
        with pytest.raises(FormatError):
            read_superblock(Source(io.BytesIO(damaged)))
    with pytest.raises(FormatError, match="not an HDF5 file"):
        read_superblock(Source(io.BytesIO(bytes(2000))))
