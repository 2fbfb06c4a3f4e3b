"""The checksum of the newer structures of HDF5: Bob Jenkins' lookup3 of 2006, "hashlittle"."""

import struct

from sleap.errors import FormatError

_MASK = 0xFFFFFFFF


def checksum(data: bytes) -> int:
    """Return the checksum of some bytes, 32 bits.

    HDF5 File Format Specification, version 3.0, "Disk Format Level 0A": begins with 0.
    """
    a = b = c = (0xDEADBEEF + len(data)) & _MASK
    n_blocks = max(-(-len(data) // 12) - 1, 0)
    for x, y, z in struct.iter_unpack("<III", data[: 12 * n_blocks]):
        a = (a + x) & _MASK
        b = (b + y) & _MASK
        c = (c + z) & _MASK
        a = ((a - c) & _MASK) ^ (c << 4 & _MASK | c >> 28)
        c = (c + b) & _MASK
        b = ((b - a) & _MASK) ^ (a << 6 & _MASK | a >> 26)
        a = (a + c) & _MASK
        c = ((c - b) & _MASK) ^ (b << 8 & _MASK | b >> 24)
        b = (b + a) & _MASK
        a = ((a - c) & _MASK) ^ (c << 16 & _MASK | c >> 16)
        c = (c + b) & _MASK
        b = ((b - a) & _MASK) ^ (a << 19 & _MASK | a >> 13)
        a = (a + c) & _MASK
        c = ((c - b) & _MASK) ^ (b << 4 & _MASK | b >> 28)
        b = (b + a) & _MASK
    rest = data[12 * n_blocks :]
    if not rest:
        return c
    x, y, z = struct.unpack("<III", rest.ljust(12, b"\0"))
    a, b, c = (a + x) & _MASK, (b + y) & _MASK, (c + z) & _MASK
    c = ((c ^ b) - (b << 14 & _MASK | b >> 18)) & _MASK
    a = ((a ^ c) - (c << 11 & _MASK | c >> 21)) & _MASK
    b = ((b ^ a) - (a << 25 & _MASK | a >> 7)) & _MASK
    c = ((c ^ b) - (b << 16 & _MASK | b >> 16)) & _MASK
    a = ((a ^ c) - (c << 4 & _MASK | c >> 28)) & _MASK
    b = ((b ^ a) - (a << 14 & _MASK | a >> 18)) & _MASK
    return int(((c ^ b) - (b << 24 & _MASK | b >> 8)) & _MASK)


def verify(data: bytes, what: str) -> None:
    """Check that a structure agrees with the checksum in its last four bytes.

    The library (1.14) may crash on one that does not, while it reports it.

    Raises:
        FormatError: If it does not.
    """
    if int.from_bytes(data[-4:], "little") != checksum(data[:-4]):
        raise FormatError(f"{what} does not agree with its checksum.")
