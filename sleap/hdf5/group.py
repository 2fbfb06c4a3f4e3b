"""The members of a group, in each of the ways that the format has."""

from collections.abc import Iterator

from attrs import frozen

from sleap.errors import FormatError
from sleap.hdf5 import fractal
from sleap.hdf5.header import LINK, LINK_INFO, SYMBOL_TABLE, Message
from sleap.hdf5.heap import LocalHeap
from sleap.hdf5.source import UNDEFINED, Fields, Source

MAX_LINKS = 100_000
"""Members of one group, at most."""


@frozen
class Link:
    """A member of a group.

    Args:
        name: Its name.
        address: Where the object lies; None for a link by name, or to another file.
        target: The name that a link by name leads to; None for others.
    """

    name: bytes
    address: int | None
    target: bytes | None = None


@frozen
class Limits:
    """How many entries the nodes of the old trees have, at most.

    Args:
        leaf: Half of the members in a leaf of a group.
        group: Half of the branches in a node of a group.
        chunks: Half of the branches in a node of chunks.
    """

    leaf: int = 4
    group: int = 16
    chunks: int = 32

    def check(self) -> None:
        """Check that a node is neither nothing nor huge.

        Raises:
            FormatError: If it is.
        """
        if not all(0 < half <= 4096 for half in (self.leaf, self.group, self.chunks)):
            raise FormatError("the nodes of its trees are of an absurd size.")


def read_links(source: Source, messages: list[Message], limits: Limits) -> list[Link]:
    """Read the members of a group from the messages of its header; [] if it is no group.

    Raises:
        FormatError: If they are damaged, lead in circles, or are too many.
    """
    links: list[Link] = []
    for message in messages:
        if message.kind not in (LINK, LINK_INFO, SYMBOL_TABLE):
            continue
        if message.is_shared:
            raise FormatError("it shares messages in a way that is not read here.")
        if message.kind == LINK:
            found: Iterator[Link] = iter([parse_link(message.data)])
        elif message.kind == LINK_INFO:
            found = _read_dense(source, message.data)
        else:
            found = _read_symbols(source, message.data, limits)
        for link in found:
            links.append(link)
            if len(links) > MAX_LINKS:
                raise FormatError(f"a group has more than {MAX_LINKS} members.")
    return links


def parse_link(data: bytes) -> Link:
    """Read a link.

    Raises:
        FormatError: If it is damaged.
    """
    fields = Fields(data, "a link")
    version, flags = fields.number(1), fields.number(1)
    kind = fields.number(1) if flags & 8 else 0
    fields.take((8 if flags & 4 else 0) + (1 if flags & 16 else 0))
    name = fields.take(fields.number(1 << (flags & 3)))
    if version != 1 or not name:
        raise FormatError("a link is damaged.")
    if kind == 0:
        return Link(name, fields.number(8))
    if kind != 1 and kind < 64:
        raise FormatError("a link is of an unknown kind.")
    target = fields.take(fields.number(2))
    return Link(name, None, target if kind == 1 else None)


def _read_dense(source: Source, data: bytes) -> Iterator[Link]:
    fields = Fields(data, "the links of a group")
    version, flags = fields.number(1), fields.number(1)
    if version != 0:
        raise FormatError("the links of a group are damaged.")
    fields.take(8 if flags & 1 else 0)
    heap_address, by_name = fields.number(8), fields.number(8)
    by_order = fields.number(8) if flags & 2 else UNDEFINED
    if heap_address == UNDEFINED:
        return
    heap = fractal.FractalHeap(source, heap_address)
    for record in fractal.read_tree(source, by_name, 5):
        yield parse_link(heap.take(record[4:]))
    if by_order != UNDEFINED:
        for record in fractal.read_tree(source, by_order, 6):
            parse_link(heap.take(record[8:]))


def _read_symbols(source: Source, data: bytes, limits: Limits) -> Iterator[Link]:
    fields = Fields(data, "the members of a group")
    root, heap_address = fields.number(8), fields.number(8)
    heap = LocalHeap(source, heap_address)
    for leaf in _read_tree(source, root, heap, limits):
        table = Fields(source.take(leaf, 8, "the members of a group"), "the members of a group")
        table.expect(b"SNOD")
        version, _, count = table.number(1), table.number(1), table.number(2)
        if version != 1 or count > 2 * limits.leaf:
            raise FormatError("the members of a group are damaged.")
        rows = Fields(source.take(leaf + 8, 40 * count, "the members of a group"), "a member")
        for _ in range(count):
            name, address, kind = heap.text(rows.number(8)), rows.number(8), rows.number(4)
            scratch = Fields(rows.take(20)[4:], "a member")
            if kind == 2:
                yield Link(name, None, heap.text(scratch.number(4)))
            elif kind in (0, 1):
                yield Link(name, address)
            else:
                raise FormatError("a member of a group is of an unknown kind.")


def _read_tree(source: Source, root: int, heap: LocalHeap, limits: Limits) -> Iterator[int]:
    """Yield the addresses of the leaves of a group."""
    seen: set[int] = set()
    waiting: list[tuple[int, int | None]] = [(root, None)]
    while waiting:
        address, expected = waiting.pop()
        if address in seen:
            raise FormatError("the members of a group lead in circles.")
        seen.add(address)
        what = "the tree of a group"
        fields = Fields(source.take(address, 24, what), what)
        fields.expect(b"TREE")
        kind, level, count = fields.number(1), fields.number(1), fields.number(2)
        if kind != 0 or count > 2 * limits.group or (expected is not None and level != expected):
            raise FormatError(f"{what} is damaged.")
        rows = Fields(source.take(address + 24, 16 * count + 8, what), what)
        heap.text(rows.number(8))
        for _ in range(count):
            child = rows.number(8)
            heap.text(rows.number(8))
            if level:
                waiting.append((child, level - 1))
            elif child in seen:
                raise FormatError("the members of a group lead in circles.")
            else:
                seen.add(child)
                yield child
