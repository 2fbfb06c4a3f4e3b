"""Elements that point to other places of the file: texts and vectors of varying length."""

import numpy as np

from sleap.errors import FormatError
from sleap.hdf5.datatype import Datatype
from sleap.hdf5.heap import GlobalHeap

_SLOT = np.dtype([("length", "<u4"), ("address", "<u8"), ("number", "<u4")])


def check_pointers(heap: GlobalHeap, type_: Datatype, data: bytes, what: str) -> int:
    """Check that what elements point to is there.

    Args:
        heap: The heaps of the file.
        type_: Of the elements.
        data: Their bytes.
        what: What they are, for the message.

    Returns:
        Bytes of all that they point to, counted as often as it is named.

    Raises:
        FormatError: If a place is damaged, or outside of the file.
    """
    total = 0
    rows = np.frombuffer(data, f"V{type_.size}")
    for pointer in type_.pointers:
        if not pointer.base:
            continue
        raw = rows.view("u1").reshape(len(rows), type_.size)
        slots = np.ascontiguousarray(raw[:, pointer.offset : pointer.offset + 16]).view(_SLOT)
        for length, address, number in slots.reshape(-1).tolist():
            if not length or not address:
                continue
            if heap.find(address, number) < length * pointer.base:
                raise FormatError(f"{what} is longer than the text or vector it points to.")
            total += length * pointer.base
    return total


def read_addresses(type_: Datatype, data: bytes) -> list[int]:
    """Return the addresses of objects that elements refer to; 0 stands for none."""
    found: list[int] = []
    rows = np.frombuffer(data, f"V{type_.size}").view("u1").reshape(-1, type_.size)
    for pointer in type_.pointers:
        if not pointer.base:
            column = np.ascontiguousarray(rows[:, pointer.offset : pointer.offset + 8])
            found += column.view("<u8").reshape(-1).tolist()
    return found
