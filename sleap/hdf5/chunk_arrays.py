"""The newer indices of chunks: an array of fixed length, and one that grows."""

from sleap.errors import FormatError
from sleap.hdf5.checksum import verify
from sleap.hdf5.layout import Layout
from sleap.hdf5.source import UNDEFINED, Fields, Source

Entry = tuple[int, int, int]

MAX_ENTRIES = 1_000_000
"""Entries of one array, at most."""

_WHAT = "an array of chunks"


def read(source: Source, layout: Layout, is_packed: bool) -> list[Entry]:
    """Read the entries of an array.

    Args:
        source: The file.
        layout: Where the array lies, and of which kind it is.
        is_packed: Whether entries hold their size.

    Returns:
        Address (``UNDEFINED`` where there is none), size and filter mask of each chunk, in order.

    Raises:
        FormatError: If it is damaged.
    """
    reader = _Entries(source, layout.size, is_packed)
    return _read_fixed(reader, layout) if layout.index == 3 else _read_growing(reader, layout)


class _Entries:
    """Reads runs of entries, in one piece or in pages that each end in a checksum."""

    def __init__(self, source: Source, size: int, is_packed: bool) -> None:
        self.source = source
        self.size = size
        self.is_packed = is_packed
        self.width = 8

    def begin(self, address: int, length: int, signature: bytes) -> Fields:
        """Take the head of an array and check what it says of its entries."""
        fields = Fields(self.source.take(address, length + 4, _WHAT), _WHAT)
        fields.expect(signature)
        verify(fields.data, _WHAT)
        version, client, width = fields.number(1), fields.number(1), fields.number(1)
        if version != 0 or client != int(self.is_packed):
            raise FormatError(f"{_WHAT} is damaged.")
        self.width = width
        if width not in (range(13, 21) if self.is_packed else (8,)):
            raise FormatError(f"{_WHAT} is damaged.")
        return fields

    def block(self, address: int, length: int, signature: bytes, head: int) -> Fields:
        """Take a block that belongs to the array whose head lies at an address."""
        fields = Fields(self.source.take(address, length + 4, _WHAT), _WHAT)
        fields.expect(signature)
        verify(fields.data, _WHAT)
        version, client, owner = fields.number(1), fields.number(1), fields.number(8)
        if (version, client, owner) != (0, int(self.is_packed), head):
            raise FormatError(f"{_WHAT} is damaged.")
        return fields

    def run(self, data: bytes) -> list[Entry]:
        """Split bytes into entries."""
        fields = Fields(data, _WHAT)
        found = []
        for _ in range(len(data) // self.width):
            place = fields.number(8)
            if self.is_packed:
                found.append((place, fields.number(self.width - 12), fields.number(4)))
            else:
                found.append((place, self.size, 0))
        return found

    def pages(self, address: int, count: int, page: int, used: bytes) -> list[Entry]:
        """Read entries in pages, of which those never written are not to be looked at."""
        found: list[Entry] = []
        for number, start in enumerate(range(0, count, page)):
            length = min(page, count - start)
            if used[number // 8] >> (7 - number % 8) & 1:
                data = self.source.take(address, length * self.width + 4, _WHAT)
                verify(data, _WHAT)
                found += self.run(data[:-4])
            else:
                found += [(UNDEFINED, 0, 0)] * length
            address += length * self.width + 4
        return found


def _read_fixed(reader: _Entries, layout: Layout) -> list[Entry]:
    fields = reader.begin(layout.place, 24, b"FAHD")
    page_bits, count, place = fields.number(1), fields.number(8), fields.number(8)
    if count > MAX_ENTRIES or not 0 < page_bits <= 20:
        raise FormatError(f"{_WHAT} has {count} entries: too many.")
    if place == UNDEFINED:
        return []
    page = 1 << page_bits
    if count <= page:
        length = count * reader.width
        block = reader.block(place, 14 + length, b"FADB", layout.place)
        return reader.run(block.take(length))
    n_pages = -(-count // page)
    n_bytes = -(-n_pages // 8)
    used = reader.block(place, 14 + n_bytes, b"FADB", layout.place).take(n_bytes)
    return reader.pages(place + 14 + n_bytes + 4, count, page, used)


def _read_growing(reader: _Entries, layout: Layout) -> list[Entry]:
    head = layout.place
    fields = reader.begin(head, 68, b"EAHD")
    max_bits, n_index, min_entries, min_pointers, page_bits = (fields.number(1) for _ in range(5))
    fields.take(32)
    n_used, _, place = fields.number(8), fields.number(8), fields.number(8)
    is_sound = 0 < max_bits <= 64 and _is_power(min_entries) and _is_power(min_pointers)
    if not is_sound or n_used > MAX_ENTRIES or page_bits > 24:
        raise FormatError(f"{_WHAT} is damaged.")
    if place == UNDEFINED:
        return []
    offset_width = -(-max_bits // 8)
    n_super = 1 + max_bits - (min_entries.bit_length() - 1)
    direct_super = 2 * (min_pointers.bit_length() - 1)
    if n_super < 1 or n_super > 65 or direct_super > n_super:
        raise FormatError(f"{_WHAT} is damaged.")
    n_direct = 2 * (min_pointers - 1)
    length = 14 + n_index * reader.width + 8 * (n_direct + n_super - direct_super)
    block = reader.block(place, length, b"EAIB", head)
    found = reader.run(block.take(n_index * reader.width))
    page = 1 << page_bits
    direct = [block.number(8) for _ in range(n_direct)]
    supers = [block.number(8) for _ in range(n_super - direct_super)]
    for level in range(n_super):
        if len(found) >= n_used:
            break
        n_blocks, n_entries = 1 << level // 2, min_entries << (level + 1) // 2
        if level < direct_super:
            places, direct = direct[:n_blocks], direct[n_blocks:]
            flags = [b""] * n_blocks
        else:
            places, flags = _read_super(
                reader, supers[level - direct_super], head, n_blocks, n_entries, page, offset_width
            )
        for address, used in zip(places, flags, strict=False):
            if len(found) >= n_used:
                break
            found += _read_data(reader, address, head, n_entries, page, offset_width, used, n_used)
    return found


def _read_super(
    reader: _Entries,
    address: int,
    head: int,
    n_blocks: int,
    n_entries: int,
    page: int,
    offset_width: int,
) -> tuple[list[int], list[bytes]]:
    if n_blocks > MAX_ENTRIES:
        raise FormatError(f"{_WHAT} is damaged.")
    if address == UNDEFINED:
        return [UNDEFINED] * n_blocks, [b""] * n_blocks
    n_bytes = -(-(n_entries // page) // 8) if n_entries > page else 0
    length = 14 + offset_width + n_blocks * (n_bytes + 8)
    fields = reader.block(address, length, b"EASB", head)
    fields.take(offset_width)
    flags = [fields.take(n_bytes) for _ in range(n_blocks)]
    return [fields.number(8) for _ in range(n_blocks)], flags


def _read_data(
    reader: _Entries,
    address: int,
    head: int,
    n_entries: int,
    page: int,
    offset_width: int,
    used: bytes,
    n_used: int,
) -> list[Entry]:
    if address == UNDEFINED:
        return [(UNDEFINED, 0, 0)] * min(n_entries, n_used)
    start = 14 + offset_width
    if n_entries <= page:
        fields = reader.block(address, start + n_entries * reader.width, b"EADB", head)
        fields.take(offset_width)
        return reader.run(fields.take(n_entries * reader.width))
    if not used:
        raise FormatError(f"{_WHAT} is damaged.")
    reader.block(address, start, b"EADB", head)
    return reader.pages(address + start + 4, n_entries, page, used)


def _is_power(number: int) -> bool:
    return number > 0 and number & (number - 1) == 0
