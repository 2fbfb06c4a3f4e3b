import io
from typing import Any

import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.plain_pickle.calls import CALLS
from sleap.io.plain_pickle.machine import Machine, Name


@pytest.fixture
def machine() -> Machine:
    return Machine(io.BytesIO(), 100, {}, {}, CALLS)


def dtype(machine: Machine, spec: str, *state: Any) -> np.dtype[Any]:
    return CALLS["numpy.dtype"](machine, spec, False, True).fill((3, *state))


def test_types_of_numbers(machine: Machine) -> None:
    assert dtype(machine, "f8", ">", None, None, None, -1, -1, 0) == np.dtype(">f8")
    for spec in ("f8,f8", "(3,)f8", "object", "O", "f", "f8\n", ""):
        with pytest.raises(FormatError, match="of the type"):
            dtype(machine, spec, "<", None, None, None, -1, -1, 0)


def test_records_of_objects_are_refused(machine: Machine) -> None:
    fields = {"a": (np.dtype(object), 0)}
    with pytest.raises(FormatError, match="records of objects"):
        dtype(machine, "V8", "|", None, ("a",), fields, 8, 8, 27)


def test_times_have_known_units(machine: Machine) -> None:
    rest = (None, None, None, -1, -1, 0)
    assert dtype(machine, "M8", "<", *rest, ({}, (b"ns", 1, 1, 1))) == np.dtype("<M8[ns]")
    with pytest.raises(FormatError, match="unit"):
        dtype(machine, "M8", "<", *rest, ({}, (b"x]", 1, 1, 1)))


def test_an_array_is_as_large_as_its_bytes(machine: Machine) -> None:
    pending = CALLS["numpy._core.multiarray._reconstruct"](machine, Name("a", "B"), (0,), b"b")
    assert pending.fill((1, (2,), np.dtype("u1"), False, b"\1\2")).tolist() == [1, 2]
    with pytest.raises(FormatError, match="holds 1 bytes"):
        pending.fill((1, (2,), np.dtype("u1"), False, b"\1"))


def test_scalars_are_no_objects(machine: Machine) -> None:
    scalar = CALLS["numpy._core.multiarray.scalar"]
    assert scalar(machine, np.dtype("i2"), b"\3\0") == 3
    with pytest.raises(FormatError, match="object"):
        scalar(machine, np.dtype(object), [1])


def test_letters_that_do_not_exist(machine: Machine) -> None:
    scalar = CALLS["numpy._core.multiarray.scalar"]
    assert scalar(machine, np.dtype(">U1"), b"\0\0\0a") == "a"
    assert scalar(machine, np.dtype("U0"), b"") == ""
    record = np.dtype([("n", "u1"), ("names", "<U1", (1, 2))])
    for dtype in (np.dtype("<U1"), record):
        with pytest.raises(FormatError, match="do not exist"):
            scalar(machine, dtype, b"\xff" * dtype.itemsize)
