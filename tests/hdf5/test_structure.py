from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5 import structure as module
from sleap.hdf5.source import Source
from sleap.hdf5.structure import Structure, memory_limit


def test_objects_are_found_once(rich: Path) -> None:
    names: list[str] = []
    with h5py.File(rich) as file:
        file.visit(names.append)
    with Source(rich) as source:
        structure = Structure(source)
    assert len(structure.objects) == len(names) + 1
    assert structure.find(structure.root).name == "/"
    with pytest.raises(FormatError, match="no object"):
        structure.find(3)


def test_too_many_objects_are_refused(
    make: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(a=1, b=2, c=3)
    monkeypatch.setattr(module, "MAX_OBJECTS", 3)
    with Source(path) as source, pytest.raises(FormatError, match="more than 3 objects"):
        Structure(source)


def test_too_many_groups_in_each_other_are_refused(make: Callable[..., Path]) -> None:
    with Source(make(**{"a/" * 99 + "a": 1})) as source:
        Structure(source)
    with Source(make(**{"a/" * 101 + "a": 1})) as source, pytest.raises(FormatError, match="100"):
        Structure(source)


def test_a_chunk_of_absurd_size_is_refused(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.create_dataset("a", (1 << 40,), "f8", chunks=(1 << 28,))
    with Source(tmp_path / "a.h5") as source, pytest.raises(FormatError, match="chunks claim"):
        Structure(source)


def test_the_texts_of_attributes_are_checked(make: Callable[..., Path]) -> None:
    path = make(a=np.arange(3))
    with h5py.File(path, "a") as file:
        file["a"].attrs["unit"] = "pixel"
    data = bytearray(path.read_bytes())
    place = data.index(b"GCOL") + 16 + 16 + 8 + 8  # the size of the free place behind the text
    data[place : place + 8] = bytes(8)
    path.write_bytes(data)
    with Source(path) as source, pytest.raises(FormatError, match="'/a' is damaged"):
        Structure(source)


def test_memory_grows_with_the_file() -> None:
    assert memory_limit(0) == 1 << 27
    assert memory_limit(1 << 30) == 64 << 30
