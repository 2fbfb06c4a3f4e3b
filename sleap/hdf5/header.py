"""The header of an object: the list of messages that describe it."""

import math
from collections.abc import Iterator

from attrs import frozen

from sleap.errors import FormatError
from sleap.hdf5 import datatype
from sleap.hdf5.checksum import verify
from sleap.hdf5.datatype import Datatype
from sleap.hdf5.source import UNDEFINED, Fields, Source

DATASPACE, LINK_INFO, DATATYPE, OLD_FILL, FILL, LINK = 1, 2, 3, 4, 5, 6
EXTERNAL, LAYOUT, FILTERS, ATTRIBUTE = 7, 8, 11, 12
CONTINUATION, SYMBOL_TABLE, ATTRIBUTE_INFO = 16, 17, 21
_UNSUPPORTED = {15: "a table of shared messages", 20: "driver information", 24: "a cache image"}

MAX_MESSAGES = 100_000
"""Messages of one object, at most."""


@frozen
class Message:
    """One fact about an object.

    Args:
        kind: Its number in the format.
        data: Its bytes; of a shared type, where that lies.
        is_shared: Whether the fact itself lies elsewhere.
    """

    kind: int
    data: bytes
    is_shared: bool = False


@frozen
class Attribute:
    """An attribute: its type, number of elements, and values.

    Args:
        name: Its name.
        type: Of its elements.
        count: Number of elements.
        data: Their bytes.
    """

    name: bytes
    type: Datatype
    count: int
    data: bytes


def read_messages(source: Source, address: int) -> list[Message]:
    """Read the messages of the object at an address.

    Raises:
        FormatError: If they are damaged, or lead in circles.
    """
    head = source.take(address, 16, "an object")
    is_new = head[:4] == b"OHDR"
    parts = _begin_new(source, address, head) if is_new else _begin_old(source, address, head)
    has_order = is_new and bool(head[5] & 4)
    messages: list[Message] = []
    seen = {address}
    waiting = [parts]
    while waiting:
        for message in _split(waiting.pop(), is_new, has_order):
            if message.kind in _UNSUPPORTED:
                raise FormatError(f"it holds {_UNSUPPORTED[message.kind]}, which is not read here.")
            if message.kind != CONTINUATION:
                messages.append(message)
                continue
            fields = Fields(message.data, "the header of an object")
            place, length = fields.number(8), fields.number(8)
            if place in seen:
                raise FormatError("the header of an object leads in circles.")
            seen.add(place)
            waiting.append(_continue(source, place, length, is_new))
        if len(messages) > MAX_MESSAGES:
            raise FormatError(f"an object has more than {MAX_MESSAGES} messages.")
    return messages


def _begin_old(source: Source, address: int, head: bytes) -> bytes:
    length = int.from_bytes(head[8:12], "little")
    if head[0] != 1:
        raise FormatError(f"there is no object at byte {address}.")
    return source.take(address + 16, length, "the header of an object")


def _begin_new(source: Source, address: int, head: bytes) -> bytes:
    version, flags = head[4], head[5]
    if version != 2:
        raise FormatError(f"there is no object at byte {address}.")
    place = address + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
    width = 1 << (flags & 3)
    length = int.from_bytes(source.take(place, width, "the header of an object"), "little")
    whole = source.take(address, place + width - address + length + 4, "the header of an object")
    verify(whole, "the header of an object")
    return whole[place + width - address : -4]


def _continue(source: Source, place: int, length: int, is_new: bool) -> bytes:
    data = source.take(place, length, "the header of an object")
    if not is_new:
        return data
    if data[:4] != b"OCHK" or length < 8:
        raise FormatError("the header of an object is damaged.")
    verify(data, "the header of an object")
    return data[4:-4]


def _split(data: bytes, is_new: bool, has_order: bool) -> Iterator[Message]:
    fields = Fields(data, "the header of an object")
    smallest = (4 + 2 * has_order) if is_new else 8
    while fields.left >= smallest:
        kind = fields.number(1 if is_new else 2)
        size, flags = fields.number(2), fields.number(1)
        fields.take((2 * has_order) if is_new else 3)
        yield Message(kind, fields.take(size), bool(flags & 2))


def read_count(message: Message) -> tuple[int, ...] | None:
    """Read the shape of a dataspace; None if it holds no element at all.

    Raises:
        FormatError: If it is damaged.
    """
    fields = Fields(message.data, "the shape of a dataset")
    version, rank, flags = (fields.number(1) for _ in range(3))
    kind = fields.number(1) if version == 2 else (fields.take(5), 1)[1]
    if version not in (1, 2) or rank > 32 or flags > 3 or kind > 2 or (rank and kind != 1):
        raise FormatError("the shape of a dataset is damaged.")
    shape = tuple(fields.number(8) for _ in range(rank))
    if flags & 1:
        limits = tuple(fields.number(8) for _ in range(rank))
        if any(size > limit for size, limit in zip(shape, limits, strict=True)):
            raise FormatError("the shape of a dataset is larger than its own limit.")
    return None if kind == 2 else shape


def read_type(source: Source, message: Message) -> Datatype:
    """Read the type of a message, wherever it lies.

    Raises:
        FormatError: If it is damaged.
    """
    data = message.data
    if message.is_shared:
        data = _find_shared(source, Fields(data, "a shared type"), DATATYPE)
    return datatype.parse(Fields(data, "the type of a dataset or attribute"))


def _find_shared(source: Source, fields: Fields, kind: int) -> bytes:
    version, where = fields.number(1), fields.number(1)
    if version not in (1, 2, 3) or (version == 3 and where != 2):
        raise FormatError("it shares messages in a way that is not read here.")
    fields.take(6 if version == 1 else 0)
    address = fields.number(8)
    for message in read_messages(source, address):
        if message.kind == kind and not message.is_shared:
            return message.data
    raise FormatError(f"there is no shared type at byte {address}.")


def read_attribute(source: Source, data: bytes) -> Attribute:
    """Read an attribute.

    Raises:
        FormatError: If it is damaged.
    """
    fields = Fields(data, "an attribute")
    version, flags = fields.number(1), fields.number(1)
    if version not in (1, 2, 3):
        raise FormatError("an attribute is damaged.")
    sizes = [fields.number(2) for _ in range(3)]
    fields.take(1 if version == 3 else 0)
    name, kind, space = (
        fields.take(-(-size // 8) * 8 if version == 1 else size)[:size] for size in sizes
    )
    if not name.endswith(b"\0") or (flags & 2 and version > 1):
        raise FormatError("an attribute is damaged.")
    type_ = read_type(source, Message(DATATYPE, kind, bool(flags & 1) and version > 1))
    shape = read_count(Message(DATASPACE, space))
    count = 0 if shape is None else math.prod(shape)
    return Attribute(name[:-1], type_, count, fields.take(count * type_.size))


def is_defined(address: int) -> bool:
    """Tell whether an address is one."""
    return address != UNDEFINED
