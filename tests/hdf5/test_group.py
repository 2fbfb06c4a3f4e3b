from collections.abc import Callable
from pathlib import Path

import h5py
import pytest

from sleap.errors import FormatError
from sleap.hdf5 import group as module
from sleap.hdf5.files import open_checked
from sleap.hdf5.group import Limits, parse_link


def test_links() -> None:
    assert parse_link(b"\1\0\1a" + bytes(8)).address == 0
    soft = parse_link(b"\1\x08\1\1a\2\0/b")
    assert (soft.name, soft.address, soft.target) == (b"a", None, b"/b")
    assert parse_link(b"\1\x08\x40\1a\2\0xy").target is None
    for wrong in (b"", b"\2\0\1a" + bytes(8), b"\1\0\0" + bytes(8), b"\1\x08\5\1a", b"\1\0\xffa"):
        with pytest.raises(FormatError):
            parse_link(wrong)


def test_nodes_of_absurd_size_are_refused() -> None:
    Limits().check()
    with pytest.raises(FormatError):
        Limits(chunks=0).check()


@pytest.mark.parametrize("version", ["earliest", "latest"])
def test_too_many_members_are_refused(
    tmp_path: Path, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.h5"
    with h5py.File(path, "w", libver=version) as file:
        for number in range(40):
            file[f"group/{number}"] = h5py.SoftLink("/x")
    with open_checked(path) as file:
        assert len(file["group"]) == 40
    monkeypatch.setattr(module, "MAX_LINKS", 30)
    with pytest.raises(FormatError, match="more than 30 members"):
        open_checked(path)


def test_trees_in_circles_are_refused(
    make: Callable[..., Path], patch: Callable[[Path, int, bytes], None]
) -> None:
    path = make(a=1)
    place = path.read_bytes().index(b"TREE")
    patch(path, place + 5, b"\1")  # one level up,
    patch(path, place + 32, place.to_bytes(8, "little"))  # and its child is itself
    with pytest.raises(FormatError):
        open_checked(path)
