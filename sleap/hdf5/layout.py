"""Where the values of a dataset lie: in one piece, or in chunks, and how these are packed."""

import math

from attrs import field, frozen

from sleap.errors import FormatError
from sleap.hdf5.source import UNDEFINED, Fields

DEFLATE, SHUFFLE, FLETCHER, LZF = 1, 2, 3, 32000
_FILTERS = {DEFLATE, SHUFFLE, FLETCHER, LZF}


@frozen
class Layout:
    """Where values lie.

    Args:
        kind: "compact", "contiguous", "chunked" or "virtual".
        place: Address of the values, or of the index of the chunks.
        size: Bytes of the values in one piece.
        data: The values themselves, if compact.
        chunk: Shape of a chunk, in elements.
        index: Kind of the index of chunks; 0 for the old tree.
        details: What the index needs to be read.
    """

    kind: str
    place: int = UNDEFINED
    size: int = 0
    data: bytes = field(default=b"", repr=False)
    chunk: tuple[int, ...] = ()
    index: int = 0
    details: tuple[int, ...] = ()


def parse_layout(data: bytes) -> Layout:
    """Read where the values of a dataset lie.

    Raises:
        FormatError: If it is damaged, or of a kind that is not known.
    """
    fields = Fields(data, "the layout of a dataset")
    version = fields.number(1)
    if version in (1, 2):
        return _parse_old(fields)
    if version not in (3, 4, 5):
        raise FormatError(f"the layout of a dataset is of an unknown version ({version}).")
    kind = fields.number(1)
    if kind == 0:
        length = fields.number(2)
        return Layout("compact", size=length, data=fields.take(length))
    if kind == 1:
        return Layout("contiguous", fields.number(8), fields.number(8))
    if kind == 3:
        return Layout("virtual")
    if kind != 2:
        raise FormatError("the layout of a dataset is damaged.")
    if version == 3:
        rank, place = fields.number(1), fields.number(8)
        return _chunked(place, [fields.number(4) for _ in range(rank)])
    return _parse_new_chunks(fields)


def _parse_old(fields: Fields) -> Layout:
    rank, kind = fields.number(1), fields.number(1)
    fields.take(5)
    place = fields.number(8) if kind else UNDEFINED
    lengths = [fields.number(4) for _ in range(rank)]
    if kind == 0:
        size = fields.number(4)
        return Layout("compact", size=size, data=fields.take(size))
    if kind == 1:
        return Layout("contiguous", place, -1)
    if kind == 2:
        return _chunked(place, lengths)
    raise FormatError("the layout of a dataset is damaged.")


def _parse_new_chunks(fields: Fields) -> Layout:
    flags, rank, width = fields.number(1), fields.number(1), fields.number(1)
    if not 1 <= width <= 8:
        raise FormatError("the layout of a dataset is damaged.")
    lengths = [fields.number(width) for _ in range(rank)]
    index = fields.number(1)
    details: tuple[int, ...] = ()
    if index == 1 and flags & 2:
        details = (fields.number(8), fields.number(4))
    elif index == 3:
        details = (fields.number(1),)
    elif index == 4:
        details = tuple(fields.number(1) for _ in range(5))
    elif index == 5:
        details = (fields.number(4), fields.number(1), fields.number(1))
    elif index not in (1, 2):
        raise FormatError("the chunks of a dataset have an unknown index.")
    return _chunked(fields.number(8), lengths, index, details)


def _chunked(
    place: int, lengths: list[int], index: int = 0, details: tuple[int, ...] = ()
) -> Layout:
    """Make the layout; the last length is the bytes of an element."""
    if not 2 <= len(lengths) <= 33 or not all(lengths):
        raise FormatError("the chunks of a dataset have no size.")
    size = math.prod(lengths)
    return Layout("chunked", place, size, chunk=tuple(lengths[:-1]), index=index, details=details)


def parse_filters(data: bytes) -> tuple[tuple[int, ...], str]:
    """Read how chunks are packed.

    Returns:
        The filters in the order in which they were applied, and why they cannot be undone here
        ("" if they can).

    Raises:
        FormatError: If it is damaged.
    """
    fields = Fields(data, "the filters of a dataset")
    version, count = fields.number(1), fields.number(1)
    if version not in (1, 2) or count > 32:
        raise FormatError("the filters of a dataset are damaged.")
    fields.take(6 if version == 1 else 0)
    filters: list[int] = []
    refused = ""
    for _ in range(count):
        number = fields.number(2)
        has_name = version == 1 or number >= 256
        length = fields.number(2) if has_name else 0
        fields.take(2)
        n_values = fields.number(2)
        fields.take(-(-length // 8) * 8 if version == 1 else length)
        values = [fields.number(4) for _ in range(n_values)]
        fields.take(4 if version == 1 and n_values % 2 else 0)
        if number == LZF and len(values) > 2 and values[2] > 1 << 28:
            refused = "its chunks claim an absurd size"
        filters.append(number)
    unknown = [number for number in filters if number not in _FILTERS]
    if unknown:
        refused = f"it is packed by filter {unknown[0]}, which is not read here; repack it (gzip)"
    elif len(set(filters)) < len(filters) or {DEFLATE, LZF} <= set(filters):
        refused = "it is packed more than once"
    return tuple(filters), refused
