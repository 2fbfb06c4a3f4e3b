from pathlib import Path

import h5py
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io.files import save_file
from sleap.io.slp import damaged


@pytest.fixture
def data(labels: Labels, tmp_path: Path) -> bytes:
    save_file(labels, tmp_path / "whole.slp")
    return (tmp_path / "whole.slp").read_bytes()


def names(path: Path) -> set[str]:
    with damaged.opened(path) as (_, file):
        return set() if file is None else set(file)


def test_zeros_follow_the_end_and_patches_lie_over_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    data = damaged.Damaged(path)
    data.pretend_size(14)
    data.patch(8, b"AB")
    data.patch(12, b"CDE")
    assert data.seek(0, 2) == 15
    data.seek(6)
    assert data.read() == b"67AB\0\0CDE"
    assert data.tell() == 15
    buffer = bytearray(4)
    data.seek(0)
    assert data.readinto(buffer) == 4
    assert bytes(buffer) == b"0123"
    with pytest.raises(OSError, match="only read"):
        data.write(b"x")
    data.close()
    assert path.read_bytes() == b"0123456789"


def test_a_file_that_is_cut_off_opens(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(data[: len(data) * 3 // 4])
    with pytest.raises(OSError, match="truncated"):
        h5py.File(path)
    assert {"metadata", "frames"} <= names(path)


def test_a_lost_superblock_is_made_anew(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(bytes(96) + data[96:])
    assert {"metadata", "frames", "instances", "points", "videos_json"} <= names(path)


def test_a_lost_root_group_is_made_anew(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(bytes(136) + data[136:])  # the superblock and the header of the root
    assert {"metadata", "frames", "instances", "points", "videos_json"} <= names(path)


def test_what_is_no_hdf5_at_all_opens_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(b"hello" * 100)
    assert names(path) == set()
    path.write_bytes(b"")
    with pytest.raises(FormatError, match="is empty"):
        names(path)
