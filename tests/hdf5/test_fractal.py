from pathlib import Path

import h5py
import pytest

from sleap.errors import FormatError
from sleap.hdf5.files import open_checked


@pytest.fixture
def dense(tmp_path: Path) -> Path:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w", libver="latest") as file:
        for number in range(40):
            file[f"group/member {number}"] = h5py.SoftLink("/x")
            file["group"].attrs[f"attribute {number}"] = number
    return path


def test_all_members_are_found(dense: Path) -> None:
    with open_checked(dense) as file:
        found = file["group"]
        assert len(found) == len(found.attrs) == 40
        assert found.find_address("member 3") is None  # its target is not there
        assert found.attrs["attribute 7"] == 7


@pytest.mark.parametrize("signature", [b"FRHP", b"FHDB", b"BTHD", b"BTLF"])
def test_damage_in_heaps_and_trees_is_refused(dense: Path, signature: bytes) -> None:
    """Some of these take the library down (1.14)."""
    whole = dense.read_bytes()
    place = whole.index(signature)
    for offset in (5, 9, 14, 20, 25):
        at = place + offset
        dense.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        with pytest.raises(FormatError):
            open_checked(dense)
