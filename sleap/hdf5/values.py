"""The values of a dataset, looked at before the library reads them."""

import math
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sleap.errors import FormatError
from sleap.hdf5.layout import DEFLATE, FLETCHER, LZF, SHUFFLE
from sleap.hdf5.pointers import check_pointers, read_addresses
from sleap.hdf5.source import UNDEFINED
from sleap.hdf5.structure import Dataset, Structure, memory_limit

MAX_INFLATED = 1 << 28
"""Bytes that one chunk may become without being looked at: 256 MiB."""

RATIO = 1040
"""How much larger than itself packed data may become; deflate reaches 1032."""

OBJECT = 120
"""Bytes of memory of a text or vector beyond its own."""

_MARGIN = 64
"""Bytes of checksums and the like by which a chunk may be larger than its values."""


def check_values(structure: Structure, dataset: Dataset, start: int, stop: int, count: int) -> None:
    """Check that values can be read: not too many, and what they point to is there.

    Args:
        structure: The file.
        dataset: The dataset.
        start: First row.
        stop: Behind the last row.
        count: How many elements are read, at most.

    Raises:
        FormatError: If they claim too much memory, or point to damaged places.
    """
    if not dataset.count or dataset.shape is None:
        return
    n_rows = dataset.shape[0] if dataset.shape else 1
    stop = min(stop, n_rows)
    start = min(max(start, 0), stop)
    limit = memory_limit(structure.source.size)
    claimed = count * (dataset.type.size + (OBJECT if dataset.type.pointers else 0))
    if claimed > limit:
        raise FormatError(
            f"it claims {claimed:.3g} bytes, and a file of {structure.source.size} bytes may claim "
            f"{limit:.3g}. If you trust it, repack it without compression: "
            "h5repack -f NONE old.h5 new.h5"
        )
    _check_packing(structure, dataset, start, stop)
    if not dataset.type.pointers:
        return
    total = 0
    for data in _read(structure, dataset, start, stop):
        total += check_pointers(structure.heap, dataset.type, data, "an element")
        if total > limit:
            raise FormatError(f"its texts or vectors are {total:.3g} bytes, more than its file.")
        for address in read_addresses(dataset.type, data):
            if address not in (0, UNDEFINED):
                structure.find(address)


def _chosen(dataset: Dataset, start: int, stop: int) -> npt.NDArray[np.intp]:
    """Return the numbers of the chunks that hold some of the rows."""
    assert dataset.chunks is not None
    first = dataset.chunks.offsets[:, 0]
    return np.flatnonzero((first < stop) & (first + dataset.layout.chunk[0] > start))


def _check_packing(structure: Structure, dataset: Dataset, start: int, stop: int) -> None:
    """Check that no chunk becomes much larger than chunks are."""
    if dataset.chunks is None or DEFLATE not in dataset.filters:
        return
    allowed = dataset.layout.size + _MARGIN
    for number in _chosen(dataset, start, stop):
        size = int(dataset.chunks.sizes[number])
        if size * RATIO > allowed + MAX_INFLATED:
            _unpack(structure, dataset, int(number))


def _read(structure: Structure, dataset: Dataset, start: int, stop: int) -> Iterator[bytes]:
    """Yield the bytes of elements, as they are in the file."""
    shape, size, place = dataset.shape or (1,), dataset.type.size, dataset.layout
    row = math.prod(shape[1:]) * size
    if place.kind == "compact":
        yield place.data[start * row : stop * row]
    elif place.kind == "contiguous" and place.place != UNDEFINED:
        step = max((1 << 20) // max(row, 1), 1)
        for first in range(start, stop, step):
            length = (min(first + step, stop) - first) * row
            yield structure.source.take(place.place + first * row, length, "values")
    elif dataset.chunks is not None:
        for number in _chosen(dataset, start, stop):
            data = _unpack(structure, dataset, int(number))
            chunk = np.frombuffer(data, f"V{size}", math.prod(place.chunk)).reshape(place.chunk)
            offset = dataset.chunks.offsets[number]
            inside = tuple(
                slice(0, max(int(length) - int(first), 0))
                for length, first in zip(shape, offset, strict=True)
            )
            yield chunk[inside].tobytes()


def _unpack(structure: Structure, dataset: Dataset, number: int) -> bytes:
    """Undo the filters of a chunk.

    Raises:
        FormatError: If it is damaged, or becomes larger than chunks are.
    """
    assert dataset.chunks is not None
    chunks, size = dataset.chunks, dataset.layout.size
    data = structure.source.take(
        int(chunks.places[number]), int(chunks.sizes[number]), "the values of a chunk"
    )
    for place, filter_ in reversed(list(enumerate(dataset.filters))):
        if chunks.masks[number] >> place & 1:
            continue
        if filter_ == DEFLATE:
            data = _inflate(data, size + _MARGIN)
        elif filter_ == FLETCHER:
            data = data[:-4]
        elif filter_ == SHUFFLE:
            width = dataset.type.size
            whole = len(data) // width * width
            planes = np.frombuffer(data, "u1", whole).reshape(width, -1)
            data = planes.T.tobytes() + data[whole:]
        elif filter_ == LZF and dataset.type.pointers:
            raise FormatError("its texts or vectors are packed by lzf; repack it (gzip)")
    if len(data) < size:
        raise FormatError("a chunk holds fewer values than it should.")
    return data


def _inflate(data: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        inflated = unpacker.decompress(data, limit + 1)
    except zlib.error as error:
        raise FormatError(f"a chunk cannot be unpacked ({error}).") from error
    if len(inflated) > limit:
        raise FormatError("a chunk becomes larger than chunks are when it is unpacked.")
    return inflated
