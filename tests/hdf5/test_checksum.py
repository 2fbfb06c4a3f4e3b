import pytest

from sleap.errors import FormatError
from sleap.hdf5.checksum import checksum, verify


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # From the comments of lookup3.c (hashlittle with 0).
        (b"", 0xDEADBEEF),
        (b"Four score and seven years ago", 0x17770551),
    ],
)
def test_published_values(data: bytes, expected: int) -> None:
    assert checksum(data) == expected


def test_a_flipped_bit_is_found() -> None:
    data = bytes(range(100))
    whole = data + checksum(data).to_bytes(4, "little")
    verify(whole, "it")
    with pytest.raises(FormatError, match="it does not agree with its checksum"):
        verify(b"\1" + whole[1:], "it")
