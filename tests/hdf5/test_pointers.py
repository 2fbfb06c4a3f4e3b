import io

import pytest

from sleap.errors import FormatError
from sleap.hdf5.datatype import REFERENCE, VECTOR, Datatype, Pointer
from sleap.hdf5.heap import GlobalHeap
from sleap.hdf5.pointers import check_pointers, read_addresses
from sleap.hdf5.source import Source

TEXT = Datatype(VECTOR, 16, (Pointer(0, 1),))


def slot(length: int, address: int, number: int) -> bytes:
    return b"".join(
        value.to_bytes(width, "little") for value, width in ((length, 4), (address, 8), (number, 4))
    )


@pytest.fixture
def heap() -> GlobalHeap:
    size = (4096).to_bytes(8, "little")
    head = b"\1\0" + bytes(6) + (24).to_bytes(8, "little") + bytes(24)
    rest = bytes(8) + (4096 - 16 - 40).to_bytes(8, "little")
    data = bytes(64) + b"GCOL\1\0\0\0" + size + head + rest
    return GlobalHeap(Source(io.BytesIO(data.ljust(64 + 4096, b"\0"))))


def test_what_is_there_is_counted_as_often_as_it_is_named(heap: GlobalHeap) -> None:
    assert check_pointers(heap, TEXT, slot(20, 64, 1) * 3 + slot(0, 0, 0), "it") == 60


@pytest.mark.parametrize("wrong", [(25, 64, 1), (1, 64, 2), (1, 72, 1), (1, 1 << 60, 1)])
def test_what_is_not_there_is_refused(heap: GlobalHeap, wrong: tuple[int, int, int]) -> None:
    with pytest.raises(FormatError):
        check_pointers(heap, TEXT, slot(*wrong), "it")


def test_references() -> None:
    kind = Datatype(REFERENCE, 12, (Pointer(4, 0),))
    data = b"abcd" + (96).to_bytes(8, "little") + b"efgh" + bytes(8)
    assert read_addresses(kind, data) == [96, 0]
