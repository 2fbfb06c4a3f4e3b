"""The structure of a whole file: every object that can be reached, checked before it is used."""

import math

from attrs import define, field, frozen

from sleap.errors import FormatError
from sleap.hdf5 import fractal, header, layout
from sleap.hdf5.chunks import Chunks, read_chunks
from sleap.hdf5.datatype import Datatype
from sleap.hdf5.group import Limits, Link, read_links
from sleap.hdf5.header import Attribute, Message
from sleap.hdf5.heap import GlobalHeap
from sleap.hdf5.layout import Layout
from sleap.hdf5.pointers import check_pointers
from sleap.hdf5.source import UNDEFINED, Fields, Source
from sleap.hdf5.superblock import read_superblock

MAX_OBJECTS = 50_000
"""Groups and datasets of one file, at most."""

FREE_MEMORY = 1 << 27
"""Bytes of values that any file may make of itself: 128 MiB."""

MEMORY_RATIO = 64
"""Bytes of values for each byte of a larger file, at most."""

MAX_NESTED = 100
"""Groups in groups, at most."""


def memory_limit(size: int) -> int:
    """Return how many bytes of values may be read at once from a file of so many bytes."""
    return max(FREE_MEMORY, MEMORY_RATIO * size)


@frozen(eq=False)
class Dataset:
    """What the file says of a dataset.

    Args:
        type: Of its elements.
        shape: Of the whole; None if it holds none.
        layout: Where its values lie.
        filters: How its chunks are packed.
        chunks: Which chunks there are; None if it has none.
    """

    type: Datatype
    shape: tuple[int, ...] | None
    layout: Layout
    filters: tuple[int, ...] = ()
    chunks: Chunks | None = None

    @property
    def count(self) -> int:
        """Number of elements."""
        return 0 if self.shape is None else math.prod(self.shape)


@define(eq=False)
class Object:
    """A group, dataset or type.

    Args:
        name: One of its paths.
        links: Where its members lie, by name; None for a link by name, or out of the file.
        targets: The names that links by name lead to, by name.
        dataset: What is known of it if it is a dataset.
        refused: Why it must not be opened; "" if it may.
    """

    name: str
    links: dict[str, int | None] = field(factory=dict)
    targets: dict[str, str] = field(factory=dict)
    dataset: Dataset | None = None
    refused: str = ""


class Structure:
    """All objects of a file that can be reached from its root, by address.

    Args:
        source: The file; the structure goes on reading from it.
        strict: Whether damage of any object is an error; otherwise that object is refused when it
            is used, so that the others can be read.

    Attributes:
        objects: By address.
        root: Address of the root group.

    Raises:
        FormatError: If the file is damaged, or has more objects than is sane.
    """

    def __init__(self, source: Source, *, strict: bool = True) -> None:
        self.source = source
        self.heap = GlobalHeap(source)
        self.objects: dict[int, Object] = {}
        block = read_superblock(source)
        self.root, self._limits = block.root, block.limits
        if block.extension != UNDEFINED:
            self._limits = _read_extension(source, block.extension, block.limits)
        self._walk(strict)
        if block.cached is not None:
            _check_cached(source, self.root, block.cached)

    def find(self, address: int) -> Object:
        """Return the object at an address.

        Raises:
            FormatError: If there is none, or it must not be opened.
        """
        found = self.objects.get(address)
        if found is None:
            raise FormatError(f"there is no object at byte {address}.")
        if found.refused:
            raise FormatError(f"'{found.name}' cannot be read: {found.refused}.")
        return found

    def _walk(self, strict: bool) -> None:
        waiting = [(self.root, "/", 0)]
        while waiting:
            address, name, depth = waiting.pop()
            if address in self.objects:
                continue
            if len(self.objects) >= MAX_OBJECTS or depth > MAX_NESTED:
                raise FormatError(
                    f"it holds more than {MAX_OBJECTS} objects, or more than {MAX_NESTED} groups "
                    "in each other."
                )
            found = self.objects[address] = Object(name)
            try:
                links = self._look(address, found)
            except FormatError as error:
                if strict or address == self.root:
                    raise FormatError(f"'{name[:200]}' is damaged: {error}") from error
                found.refused = f"it is damaged: {str(error).rstrip('.')}"
                continue
            for link in links:
                text = link.name.decode("utf-8", "surrogateescape")
                found.links[text] = link.address
                if link.target is not None:
                    found.targets[text] = link.target.decode("utf-8", "surrogateescape")
                if link.address is not None:
                    waiting.append((link.address, f"{name.rstrip('/')}/{text}", depth + 1))

    def _look(self, address: int, found: Object) -> list[Link]:
        messages = header.read_messages(self.source, address)
        for attribute in _read_attributes(self.source, messages):
            check_pointers(self.heap, attribute.type, attribute.data, "an attribute")
        if any(message.kind == header.LAYOUT for message in messages):
            self._look_at_dataset(messages, found)
        elif any(message.kind == header.DATATYPE for message in messages):
            for message in messages:
                if message.kind == header.DATATYPE:
                    header.read_type(self.source, message)
        return read_links(self.source, messages, self._limits)

    def _look_at_dataset(self, messages: list[Message], found: Object) -> None:
        first: dict[int, Message] = {}
        for message in messages:
            first.setdefault(message.kind, message)
        for kind in (header.DATASPACE, header.DATATYPE):
            if kind not in first:
                raise FormatError("a dataset has no shape or no type.")
        if any(message.is_shared and message.kind != header.DATATYPE for message in first.values()):
            raise FormatError("it shares messages in a way that is not read here.")
        type_ = header.read_type(self.source, first[header.DATATYPE])
        shape = header.read_count(first[header.DATASPACE])
        place = layout.parse_layout(first[header.LAYOUT].data)
        filters: tuple[int, ...] = ()
        refused = type_.refused
        if header.FILTERS in first:
            filters, why = layout.parse_filters(first[header.FILTERS].data)
            refused = refused or why
        if place.kind == "virtual" or header.EXTERNAL in first:
            refused = "its values lie in another file"
        dataset = Dataset(type_, shape, place, filters)
        for kind in (header.OLD_FILL, header.FILL):
            if kind in first:
                _check_fill(self.heap, type_, first[kind])
        if header.EXTERNAL not in first:
            dataset = self._check_place(dataset)
        found.dataset, found.refused = dataset, refused

    def _check_place(self, dataset: Dataset) -> Dataset:
        """Check that the values lie in the file; find the chunks."""
        place, size = dataset.layout, dataset.count * dataset.type.size
        if place.kind == "compact" and place.size < size:
            raise FormatError("its values are incomplete.")
        if place.kind == "contiguous" and place.place != UNDEFINED:
            self.source.check(place.place, size, "the values of a dataset")
            if 0 <= place.size < size:
                raise FormatError("its values are incomplete.")
        if place.kind != "chunked":
            return dataset
        if dataset.shape is None or not dataset.shape:
            raise FormatError("it has chunks but no axis.")
        if place.size % dataset.type.size or math.prod(place.chunk) * dataset.type.size != (
            place.size
        ):
            raise FormatError("its chunks are of elements of another size.")
        if place.size > memory_limit(self.source.size):
            raise FormatError(f"its chunks claim {place.size:.3g} bytes.")
        chunks = read_chunks(
            self.source, place, dataset.shape, bool(dataset.filters), self._limits.chunks
        )
        return Dataset(dataset.type, dataset.shape, place, dataset.filters, chunks)


def _read_attributes(source: Source, messages: list[Message]) -> list[Attribute]:
    attributes = []
    for message in messages:
        if message.kind == header.ATTRIBUTE:
            if message.is_shared:
                raise FormatError("it shares messages in a way that is not read here.")
            attributes.append(header.read_attribute(source, message.data))
        elif message.kind == header.ATTRIBUTE_INFO:
            attributes += _read_dense(source, message.data)
    return attributes


def _read_dense(source: Source, data: bytes) -> list[Attribute]:
    fields = Fields(data, "the attributes of an object")
    version, flags = fields.number(1), fields.number(1)
    if version != 0:
        raise FormatError("the attributes of an object are damaged.")
    fields.take(2 if flags & 1 else 0)
    heap_address, by_name = fields.number(8), fields.number(8)
    by_order = fields.number(8) if flags & 2 else UNDEFINED
    if heap_address == UNDEFINED:
        return []
    heap = fractal.FractalHeap(source, heap_address)
    found = []
    for tree, kind in ((by_name, 8), (by_order, 9)):
        for record in fractal.read_tree(source, tree, kind) if tree != UNDEFINED else ():
            if record[8] & 2:
                raise FormatError("it shares messages in a way that is not read here.")
            found.append(header.read_attribute(source, heap.take(record[:8])))
    return found


def _check_fill(heap: GlobalHeap, type_: Datatype, message: Message) -> None:
    fields = Fields(message.data, "the fill value of a dataset")
    if message.kind == header.FILL:
        version, flags = fields.number(1), fields.number(1)
        if version in (1, 2):
            fields.take(1)
            is_defined = bool(fields.number(1)) or version == 1
        else:
            is_defined = bool(flags & 0x20)
        if not 1 <= version <= 3:
            raise FormatError("the fill value of a dataset is damaged.")
        if not is_defined:
            return
    size = fields.number(4) if fields.left >= 4 else 0
    if size not in (0, type_.size, (1 << 32) - 1):
        raise FormatError("the fill value of a dataset is of another size than its elements.")
    if size == type_.size:
        check_pointers(heap, type_, fields.take(size), "a fill value")


def _read_extension(source: Source, address: int, limits: Limits) -> Limits:
    for message in header.read_messages(source, address):
        if message.kind == 19:
            fields = Fields(message.data, "the beginning of the file")
            _, chunks, group, leaf = (fields.number(size) for size in (1, 2, 2, 2))
            limits = Limits(leaf, group, chunks)
            limits.check()
    return limits


def _check_cached(source: Source, root: int, cached: tuple[int, int]) -> None:
    """Check that the short way to the members of the root group leads where the long one does."""
    for message in header.read_messages(source, root):
        if message.kind == header.SYMBOL_TABLE:
            fields = Fields(message.data, "the members of a group")
            if (fields.number(8), fields.number(8)) != cached:
                raise FormatError("the root group is named in two ways that differ.")
