import io
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.hdf5 import header
from sleap.hdf5.header import Message, read_count, read_messages
from sleap.hdf5.source import Source


def space(version: int, rank: int, *sizes: int, flags: int = 0) -> Message:
    head = bytes([version, rank, flags]) + (bytes(5) if version == 1 else b"\1")
    return Message(1, head + b"".join(size.to_bytes(8, "little") for size in sizes))


def test_shapes() -> None:
    assert read_count(space(1, 2, 3, 4)) == (3, 4)
    assert read_count(space(2, 1, 3, 5, flags=1)) == (3,)
    assert read_count(Message(1, b"\2\0\0\2")) is None
    assert read_count(Message(1, b"\2\0\0\0")) == ()
    for wrong in (space(1, 40, 1), space(3, 1, 1), space(1, 1, 5, 3, flags=1), space(1, 2, 3)):
        with pytest.raises(FormatError):
            read_count(wrong)


def test_messages_of_an_object(make: Callable[..., Path]) -> None:
    path = make(a=np.arange(3.0))
    with h5py.File(path, "a") as file:
        file["a"].attrs["unit"] = "pixel"
        address = h5py.h5o.get_info(file["a"].id).addr
    with Source(path) as source:
        messages = {message.kind: message for message in read_messages(source, address)}
        assert read_count(messages[header.DATASPACE]) == (3,)
        assert header.read_type(source, messages[header.DATATYPE]).size == 8
        attribute = header.read_attribute(source, messages[header.ATTRIBUTE].data)
        assert (attribute.name, attribute.count) == (b"unit", 1)
        with pytest.raises(FormatError, match="no object"):
            read_messages(source, address + 3)


def test_continuations_in_circles_are_refused() -> None:
    again = b"\x10\0\x10\0\0\0\0\0" + (16).to_bytes(8, "little") + (24).to_bytes(8, "little")
    data = b"\1\0\1\0\1\0\0\0" + (24).to_bytes(4, "little") + bytes(4) + again
    with pytest.raises(FormatError, match="in circles"):
        read_messages(Source(io.BytesIO(data)), 0)
