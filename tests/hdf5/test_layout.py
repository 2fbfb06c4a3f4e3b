import struct

import pytest

from sleap.errors import FormatError
from sleap.hdf5.layout import DEFLATE, SHUFFLE, parse_filters, parse_layout


def test_layouts() -> None:
    assert parse_layout(b"\3\0\4\0abcd").data == b"abcd"
    whole = parse_layout(b"\3\1" + struct.pack("<QQ", 512, 80))
    assert (whole.kind, whole.place, whole.size) == ("contiguous", 512, 80)
    chunked = parse_layout(b"\3\2\3" + struct.pack("<QIII", 512, 5, 7, 8))
    assert (chunked.chunk, chunked.size) == ((5, 7), 280)
    assert parse_layout(b"\4\3" + bytes(12)).kind == "virtual"
    old = parse_layout(b"\1\2\2" + bytes(5) + struct.pack("<QII", 512, 5, 8))
    assert (old.chunk, old.place) == ((5,), 512)


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\6\1", b"\3\7", b"\3\0\xff\xffab", b"\3\2\xff" + bytes(2000)),
        b"\3\2\2" + struct.pack("<QII", 512, 0, 8),
        *(b"\4\2\0\2\x09" + bytes(30), b"\4\2\0\2\1\5\x08\x09" + bytes(30)),
    ],
)
def test_damaged_layouts_are_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        parse_layout(data)


def filters(*numbers: int) -> bytes:
    rows = [struct.pack("<H", number) + (b"\0\0" if number >= 256 else b"") for number in numbers]
    return bytes([2, len(numbers)]) + b"".join(row + bytes(4) for row in rows)


def test_filters() -> None:
    assert parse_filters(filters(SHUFFLE, DEFLATE)) == ((SHUFFLE, DEFLATE), "")
    assert "filter 32015" in parse_filters(filters(32015))[1]
    assert "more than once" in parse_filters(filters(DEFLATE, DEFLATE))[1]
    for wrong in (b"\3\0", b"\2\x30", b"\2\1\1"):
        with pytest.raises(FormatError):
            parse_filters(wrong)
