"""The newer way to keep many links or attributes: a heap of blocks, and a tree that finds them."""

from collections.abc import Iterator

from sleap.errors import FormatError
from sleap.hdf5.checksum import checksum, verify
from sleap.hdf5.source import UNDEFINED, Fields, Source

MAX_RECORDS = 200_000
"""Records of one tree, at most."""


def read_tree(source: Source, address: int, *kinds: int) -> Iterator[bytes]:
    """Yield the records of a tree (B-tree of version 2).

    Args:
        source: The file.
        address: Where its head lies.
        kinds: The kinds of record that may be in it.

    Raises:
        FormatError: If it is damaged or leads in circles.
    """
    what = "a tree of links, attributes or chunks"
    fields = Fields(source.take(address, 38, what), what)
    fields.expect(b"BTHD")
    version, kind, node_size = fields.number(1), fields.number(1), fields.number(4)
    size, depth = fields.number(2), fields.number(2)
    fields.take(2)
    root, count, total = fields.number(8), fields.number(2), fields.number(8)
    verify(fields.data, what)
    if version != 0 or kind not in kinds or not size or depth > 16 or node_size < 16 + size:
        raise FormatError(f"{what} is damaged.")
    if total > MAX_RECORDS or node_size > 1 << 24:
        raise FormatError(f"{what} has {total} records: too many.")
    if root == UNDEFINED:
        if total or count:
            raise FormatError(f"{what} is damaged.")
        return
    widths = _pointer_widths(node_size, size, depth)
    seen: set[int] = set()
    waiting = [(root, count, depth)]
    n_records = 0
    while waiting:
        address, count, level = waiting.pop()
        if address in seen:
            raise FormatError(f"{what} leads in circles.")
        seen.add(address)
        node = Fields(source.take(address, node_size, what), what)
        node.expect(b"BTIN" if level else b"BTLF")
        if (node.number(1), node.number(1)) != (0, kind):
            raise FormatError(f"{what} is damaged.")
        n_records += count
        if n_records > total:
            raise FormatError(f"{what} holds more records than it says.")
        for _ in range(count):
            yield node.take(size)
        for _ in range(count + 1 if level else 0):
            child, n_child = node.number(8), node.number(widths[0])
            node.take(widths[level - 1] if level > 1 else 0)
            waiting.append((child, n_child, level - 1))
        verify(node.data[: node.place + 4], what)
    if n_records != total:
        raise FormatError(f"{what} holds fewer records than it says.")


def _pointer_widths(node_size: int, size: int, depth: int) -> list[int]:
    """Return the bytes of the number of records: in a node, then below one, by level."""
    most = (node_size - 10) // size
    widths = [_width(most)]
    in_all = most
    below = 0
    for _ in range(depth):
        pointer = 8 + widths[0] + below
        most = (node_size - 10 - pointer) // (size + pointer)
        if most < 1:
            raise FormatError("a tree of links, attributes or chunks is damaged.")
        in_all = (most + 1) * in_all + most
        below = _width(in_all)
        widths.append(below)
    return widths


def _width(number: int) -> int:
    return max(number.bit_length() - 1, 0) // 8 + 1


class FractalHeap:
    """Pieces of bytes that are found by an identifier.

    Args:
        source: The file.
        address: Where its head lies.

    Raises:
        FormatError: If it is damaged.
    """

    def __init__(self, source: Source, address: int) -> None:
        what = "a heap of links or attributes"
        self._source, self._address = source, address
        fields = Fields(source.take(address, 146, what), what)
        fields.expect(b"FRHP")
        verify(fields.data, what)
        version, self._id_size, filtered = fields.number(1), fields.number(2), fields.number(2)
        self._has_checksum = bool(fields.number(1) & 2)
        max_managed = fields.number(4)
        fields.take(8)
        self._huge_tree = fields.number(8)
        fields.take(80)
        self._width, self._start = fields.number(2), fields.number(8)
        self._max_direct, self._bits = fields.number(8), fields.number(2)
        fields.take(2)
        self._root, self._n_rows = fields.number(8), fields.number(2)
        if version != 0 or filtered or not _is_power(self._width) or not 8 <= self._bits <= 64:
            raise FormatError(f"{what} is damaged, or compressed, which is not read here.")
        if not _is_power(self._start) or not _is_power(self._max_direct):
            raise FormatError(f"{what} is damaged.")
        if not self._start <= self._max_direct <= 1 << 24 or max_managed > self._max_direct:
            raise FormatError(f"{what} is damaged.")
        self._offset_width = -(-self._bits // 8)
        direct_width = -(-(self._max_direct.bit_length() - 1) // 8)
        self._length_width = min(direct_width, _width(max_managed))
        self._blocks: list[tuple[int, int, int]] = []
        self._huge: dict[int, tuple[int, int]] | None = None
        if self._root != UNDEFINED:
            self._find_blocks()

    def take(self, identifier: bytes) -> bytes:
        """Return the piece of an identifier.

        Raises:
            FormatError: If there is none.
        """
        fields = Fields(identifier, "a place in a heap")
        first = fields.number(1)
        kind = first >> 4 & 3
        if first >> 6 or kind > 2:
            raise FormatError("a place in a heap is damaged.")
        if kind == 0:
            offset = fields.number(self._offset_width)
            return self._managed(offset, fields.number(self._length_width))
        if kind == 2:
            return fields.take((first & 15) + 1)
        return self._take_huge(fields)

    def _managed(self, offset: int, length: int) -> bytes:
        for start, size, address in self._blocks:
            if start <= offset and offset + length <= start + size:
                return self._source.take(address + offset - start, length, "a piece of a heap")
        raise FormatError("a piece of a heap lies outside of it.")

    def _take_huge(self, fields: Fields) -> bytes:
        if self._id_size >= 17:
            return self._source.take(fields.number(8), fields.number(8), "a piece of a heap")
        if self._huge is None:
            self._huge = {}
            for record in read_tree(self._source, self._huge_tree, 1):
                row = Fields(record, "a piece of a heap")
                place, length, number = (row.number(8) for _ in range(3))
                self._huge[number] = (place, length)
        place, length = self._huge.get(fields.number(min(8, self._id_size - 1)), (UNDEFINED, 0))
        return self._source.take(place, length, "a piece of a heap")

    def _find_blocks(self) -> None:
        if not self._n_rows:
            self._add_block(self._root, 0, self._start)
            return
        seen: set[int] = set()
        waiting = [(self._root, 0, self._n_rows)]
        while waiting:
            address, offset, n_rows = waiting.pop()
            if address in seen or n_rows > 64:
                raise FormatError("a heap of links or attributes leads in circles.")
            seen.add(address)
            waiting += self._read_indirect(address, offset, n_rows)

    def _read_indirect(
        self, address: int, offset: int, n_rows: int
    ) -> Iterator[tuple[int, int, int]]:
        what = "a heap of links or attributes"
        length = 17 + self._offset_width + 8 * self._width * n_rows
        fields = Fields(self._source.take(address, length, what), what)
        fields.expect(b"FHIB")
        verify(fields.data, what)
        if (fields.number(1), fields.number(8)) != (0, self._address):
            raise FormatError(f"{what} is damaged.")
        if fields.number(self._offset_width) != offset:
            raise FormatError(f"{what} is damaged.")
        for row in range(n_rows):
            size = self._start << max(row - 1, 0)
            for _ in range(self._width):
                child = fields.number(8)
                if child != UNDEFINED and size <= self._max_direct:
                    self._add_block(child, offset, size)
                elif child != UNDEFINED:
                    rows_below = size.bit_length() - (self._start * self._width).bit_length() + 1
                    if rows_below < 1:
                        raise FormatError(f"{what} is damaged.")
                    yield child, offset, rows_below
                offset += size

    def _add_block(self, address: int, offset: int, size: int) -> None:
        what = "a heap of links or attributes"
        fields = Fields(self._source.take(address, 13 + self._offset_width, what), what)
        fields.expect(b"FHDB")
        if (fields.number(1), fields.number(8)) != (0, self._address):
            raise FormatError(f"{what} is damaged.")
        if fields.number(self._offset_width) != offset or len(self._blocks) > 100_000:
            raise FormatError(f"{what} is damaged.")
        block = self._source.take(address, size, what)
        if self._has_checksum:
            # The library crashes (1.14) where this does not agree, so that it is looked at here.
            stored = int.from_bytes(block[fields.place : fields.place + 4], "little")
            blank = block[: fields.place] + bytes(4) + block[fields.place + 4 :]
            if checksum(blank) != stored:
                raise FormatError(f"{what} does not agree with its checksum.")
        self._blocks.append((offset, size, address))


def _is_power(number: int) -> bool:
    return number > 0 and number & (number - 1) == 0
