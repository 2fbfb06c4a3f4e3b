"""The types of values: what is in an element, and where it points to other places of the file."""

from attrs import frozen

from sleap.errors import FormatError
from sleap.hdf5.source import Fields

MAX_DEPTH = 8
"""Types nested in each other, at most."""

MAX_SIZE = 1 << 26
"""Bytes of one element, at most."""

INTEGER, FLOAT, TIME, STRING, BITS, OPAQUE, COMPOUND, REFERENCE, ENUM, VECTOR, ARRAY = range(11)

_FLOATS = {
    # (bytes, precision, place and size of exponent, place and size of mantissa, place of sign)
    (2, 16, 10, 5, 0, 10, 15),
    (2, 16, 7, 8, 0, 7, 15),
    (4, 32, 23, 8, 0, 23, 31),
    (8, 64, 52, 11, 0, 52, 63),
    (16, 80, 64, 15, 0, 64, 79),
    (12, 80, 64, 15, 0, 64, 79),
    (16, 128, 112, 15, 0, 112, 127),
}


@frozen
class Pointer:
    """A place in an element that names another place of the file.

    Args:
        offset: Bytes from the beginning of the element.
        base: Bytes of a value there: of a vector of varying length or a text; 0 for a reference to
            an object.
    """

    offset: int
    base: int


@frozen
class Datatype:
    """A type.

    Args:
        kind: Its class.
        size: Bytes of an element.
        pointers: Where an element points to other places.
        refused: Why its values are not to be read; "" if they may be.
    """

    kind: int
    size: int
    pointers: tuple[Pointer, ...] = ()
    refused: str = ""


def parse(fields: Fields, depth: int = 0) -> Datatype:
    """Read a type.

    Raises:
        FormatError: If it is damaged, too large or too deeply nested.
    """
    first = fields.number(1)
    kind, version = first & 15, first >> 4
    flags, size = fields.number(3), fields.number(4)
    if depth > MAX_DEPTH or not 1 <= version <= 5 or not 0 < size <= MAX_SIZE:
        raise FormatError(
            f"{fields.what} is damaged: a type of version {version} and {size} bytes."
        )
    if kind in (INTEGER, BITS):
        offset, precision = fields.number(2), fields.number(2)
        _expect(fields, precision > 0 and offset + precision <= 8 * size)
    elif kind == FLOAT:
        _check_float(fields, flags, size)
    elif kind == TIME:
        fields.take(2)
    elif kind == OPAQUE:
        fields.take(flags & 0xFF)
    elif kind == COMPOUND:
        return _compound(fields, flags & 0xFFFF, size, version, depth)
    elif kind == ENUM:
        _check_enum(fields, flags & 0xFFFF, size, version, depth)
    elif kind == REFERENCE:
        return _reference(flags, size)
    elif kind == VECTOR:
        return _vector(fields, flags, size, depth)
    elif kind == ARRAY:
        return _array(fields, size, version, depth)
    elif kind == STRING:
        _expect(fields, flags & 15 < 3 and flags >> 4 & 15 < 2)
    else:
        raise FormatError(f"{fields.what} is of an unknown type ({kind}).")
    return Datatype(kind, size)


def _check_float(fields: Fields, flags: int, size: int) -> None:
    offset, precision = fields.number(2), fields.number(2)
    places = [fields.number(1) for _ in range(4)]
    fields.take(4)
    layout = (size, precision, *places, flags >> 8 & 0xFF)
    _expect(fields, offset == 0 and layout in _FLOATS)


def _compound(fields: Fields, n_members: int, size: int, version: int, depth: int) -> Datatype:
    width = next(width for width in (1, 2, 3, 4) if size < 1 << 8 * width)
    pointers: list[Pointer] = []
    refused, used = "", 0
    _expect(fields, n_members > 0)
    for _ in range(n_members):
        fields.text(padded=version < 3)
        offset = fields.number(width if version >= 3 else 4)
        n_repeats = 1
        if version == 1:
            rank = fields.number(1)
            fields.take(11)
            lengths = [fields.number(4) for _ in range(4)]
            _expect(fields, rank <= 4)
            for length in lengths[:rank]:
                n_repeats *= length
        member = parse(fields, depth + 1)
        used += n_repeats * member.size
        _expect(fields, n_repeats * member.size + offset <= size and used <= size)
        refused = refused or member.refused
        pointers += _repeat(member, n_repeats, offset)
    return Datatype(COMPOUND, size, tuple(pointers), refused)


def _check_enum(fields: Fields, n_members: int, size: int, version: int, depth: int) -> None:
    base = parse(fields, depth + 1)
    _expect(fields, base.kind == INTEGER and base.size == size and size <= 8)
    for _ in range(n_members):
        fields.text(padded=version < 3)
    fields.take(n_members * size)


def _reference(flags: int, size: int) -> Datatype:
    if flags & 15 == 0 and size == 8:
        return Datatype(REFERENCE, size, (Pointer(0, 0),))
    return Datatype(REFERENCE, size, refused="it holds references to regions")


def _vector(fields: Fields, flags: int, size: int, depth: int) -> Datatype:
    base = parse(fields, depth + 1)
    _expect(fields, size == 16 and flags & 15 < 2 and flags >> 4 & 15 < 3 and flags >> 8 & 15 < 2)
    _expect(fields, flags & 15 == 0 or base.size == 1)
    refused = base.refused
    if base.pointers:
        refused = "it holds vectors of vectors or of references"
    return Datatype(VECTOR, size, (Pointer(0, base.size),), refused)


def _array(fields: Fields, size: int, version: int, depth: int) -> Datatype:
    _expect(fields, version >= 2)
    rank = fields.number(1)
    fields.take(3 if version == 2 else 0)
    count = 1
    for _ in range(rank):
        count *= fields.number(4)
    fields.take(4 * rank if version == 2 else 0)
    base = parse(fields, depth + 1)
    _expect(fields, 0 < rank <= 32 and count > 0 and count * base.size == size)
    return Datatype(ARRAY, size, tuple(_repeat(base, count, 0)), base.refused)


def _repeat(member: Datatype, count: int, offset: int) -> list[Pointer]:
    if member.pointers and count * len(member.pointers) > 1000:
        raise FormatError("an element points to more than 1000 places.")
    return [
        Pointer(offset + number * member.size + pointer.offset, pointer.base)
        for number in range(count if member.pointers else 0)
        for pointer in member.pointers
    ]


def _expect(fields: Fields, condition: bool) -> None:
    if not condition:
        raise FormatError(f"{fields.what} has a type that does not add up.")
