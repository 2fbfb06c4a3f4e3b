from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5.datatype import REFERENCE, VECTOR, Pointer, parse
from sleap.hdf5.source import Fields, Source
from sleap.hdf5.structure import Structure


def encode(kind: Any) -> bytes:
    """Return a type as the library stores it."""
    return bytes(h5py.h5t.py_create(np.dtype(kind), logical=True).encode())[2:]


@pytest.mark.parametrize(
    "kind",
    [
        *("u1", ">i8", "f2", "<f4", ">f8", "g", "S7", "?", "V9", "c8"),
        [("a", "f4"), ("b", "S5"), ("c", "f8", (2, 3)), ("d", [("e", "?")])],
    ],
)
def test_plain_types(kind: Any) -> None:
    found = parse(Fields(encode(kind), "it"))
    assert found.size == np.dtype(kind).itemsize and not found.pointers and not found.refused


def test_types_that_point_elsewhere(tmp_path: Path) -> None:
    text = h5py.string_dtype()
    kinds = {
        "text": text,
        "vector": h5py.vlen_dtype(np.dtype("f4")),
        "rows": np.dtype([("i", "i4"), ("s", text), ("t", text, (2,))]),
        "reference": h5py.ref_dtype,
        "region": h5py.regionref_dtype,
        "vectors": h5py.vlen_dtype(text),
    }
    with h5py.File(tmp_path / "a.h5", "w") as file:
        for name, kind in kinds.items():
            file.create_dataset(name, (2,), kind)
    with Source(tmp_path / "a.h5") as source:
        objects = Structure(source).objects.values()
        types = {found.name[1:]: found.dataset.type for found in objects if found.dataset}
    assert types["text"].pointers == (Pointer(0, 1),)
    vector = types["vector"]
    assert (vector.kind, vector.size, vector.pointers) == (VECTOR, 16, (Pointer(0, 4),))
    assert [pointer.offset for pointer in types["rows"].pointers] == [4, 20, 36]
    assert (types["reference"].kind, types["reference"].pointers) == (REFERENCE, (Pointer(0, 0),))
    assert "regions" in types["region"].refused
    assert "vectors of vectors" in types["vectors"].refused


def test_damage_anywhere_is_an_error_or_another_type() -> None:
    whole = encode([("a", "f4"), ("s", "S5"), ("c", "?", (2, 3))])
    refused = 0
    for place in range(len(whole)):
        for value in (0, 1, 0x7F, 0xFF):
            try:
                found = parse(Fields(whole[:place] + bytes([value]) + whole[place + 1 :], "it"))
                assert 0 < found.size <= 1 << 26
            except FormatError:
                refused += 1
    assert refused > 100


def test_types_without_end_are_refused() -> None:
    array = encode(("f4", (2,)))
    with pytest.raises(FormatError):
        parse(Fields(array[:-20] * 50 + array, "it"))
    with pytest.raises(FormatError, match="0 bytes"):
        parse(Fields(b"\x13\0\0\0\0\0\0\0", "it"))
