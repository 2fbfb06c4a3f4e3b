import io
from pathlib import Path

import pytest

from sleap.errors import FormatError
from sleap.hdf5.source import Fields, Source


def test_pieces_inside_the_file_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    with Source(tmp_path / "a") as source:
        assert source.take(2, 3, "it") == b"234"
        source.begin_at(4)
        assert (source.take(0, 6, "it"), source.size) == (b"456789", 6)
        for address, length in ((0, 7), (6, 1), (-1, 1), (0, -1), (1 << 63, 1)):
            with pytest.raises(FormatError, match="it should lie"):
                source.take(address, length, "it")
            with pytest.raises(FormatError, match="outside of the file"):
                source.check(address, length, "it")


def test_taking_without_end_is_noticed() -> None:
    source = Source(io.BytesIO(bytes(100)))
    with pytest.raises(FormatError, match="in circles"):
        for _ in range(100_000):
            source.take(0, 100, "it")


def test_fields() -> None:
    fields = Fields(b"TREE\1\2\3ab\0\0\0\0\0\0x\0", "it")
    fields.expect(b"TREE")
    assert (fields.number(1), fields.number(2)) == (1, 0x302)
    assert fields.text(padded=True) == b"ab"
    assert fields.left == 2 and fields.text() == b"x"
    with pytest.raises(FormatError, match="it is too short"):
        fields.number(1)
    with pytest.raises(FormatError, match="without an end"):
        Fields(b"abc", "it").text()
    with pytest.raises(FormatError, match="should with b'SNOD'"):
        Fields(b"abcd", "it").expect(b"SNOD")
