import io

import pytest

from sleap.errors import FormatError
from sleap.hdf5.heap import GlobalHeap, LocalHeap
from sleap.hdf5.source import UNDEFINED, Source


def number(value: int, width: int = 8) -> bytes:
    return value.to_bytes(width, "little")


def collection(*objects: tuple[int, int, int]) -> bytes:
    """Make a collection of objects: number, length, and how many bytes they take."""
    data = b"GCOL\1\0\0\0" + number(4096)
    for name, length, taken in objects:
        data += number(name, 2) + bytes(6) + number(length) + bytes(taken)
    return data.ljust(4096, b"\0")


def test_objects_are_found() -> None:
    rest = 4096 - 16 - 32 - 40
    heap = GlobalHeap(Source(io.BytesIO(collection((1, 11, 16), (2, 24, 24), (0, rest, 0)))))
    assert (heap.find(0, 1), heap.find(0, 2)) == (11, 24)
    with pytest.raises(FormatError, match="is not in the heap"):
        heap.find(0, 3)


@pytest.mark.parametrize(
    "data",
    [
        collection((1, 8, 8), (0, 0, 0)),  # the library reads this one for ever
        collection((1, 1 << 62, 0)),
        collection((1, (1 << 64) - 1, 0)),
        collection((1, 8, 8), (1, 8, 8), (0, 4032, 0)),
        b"GCOL\1\0\0\0" + number(1 << 40) + bytes(4096),
        b"GCOL\1\0\0\0" + number(16) + bytes(4096),
        b"GCOX\1\0\0\0" + number(4096) + bytes(4096),
    ],
)
def test_damaged_collections_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        GlobalHeap(Source(io.BytesIO(data))).find(0, 1)


def local(free: int, data: bytes) -> Source:
    return Source(
        io.BytesIO(b"HEAP\0\0\0\0" + number(len(data)) + number(free) + number(32) + data)
    )


def test_names_of_a_group_are_found() -> None:
    heap = LocalHeap(local(UNDEFINED, b"\0\0\0\0\0\0\0\0name\0\0\0\0"), 0)
    assert (heap.text(0), heap.text(8)) == (b"", b"name")
    for offset in (16, 1 << 40):
        with pytest.raises(FormatError):
            heap.text(offset)
    with pytest.raises(FormatError, match="outside"):
        LocalHeap(local(1, b"endless!"), 0).text(0)


@pytest.mark.parametrize("block", [number(0) + number(16), number(1) + number(0)])
def test_free_places_in_circles_are_refused(block: bytes) -> None:
    with pytest.raises(FormatError, match="free place"):
        LocalHeap(local(0, block), 0)
