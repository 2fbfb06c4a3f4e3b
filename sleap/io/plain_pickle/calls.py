"""The calls that pickles of plain data make, rebuilt as data."""

import math
import re
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from sleap.errors import FormatError
from sleap.io.plain_pickle.machine import Machine, Name, Pending, checked

_DTYPE = re.compile(r"[<>=|]?(?:[biufcSUVOMm]\d{1,9}|\?)\Z")
_UNITS = frozenset(["generic", *"YMWDhms", "ms", "us", "ns", "ps", "fs", "as", "μs"])


def _bytes(machine: Machine, value: Any) -> bytes:
    """Return bytes that an old protocol wrote as text."""
    if isinstance(value, str):
        machine.charge(len(value))
        return value.encode("latin-1")
    return bytes(checked(value, bytes))


def _encoded(machine: Machine, text: Any = b"", encoding: Any = "latin1") -> bytes:
    if encoding not in ("latin1", "latin-1"):
        raise FormatError(f"A pickle holds bytes in the encoding {encoding!r:.40}.")
    return _bytes(machine, text)


def _bytearray(machine: Machine, *arguments: Any) -> bytearray:
    raw = _encoded(machine, *arguments)
    machine.charge(len(raw))
    return bytearray(raw)


def _list(machine: Machine, items: Any = ()) -> list[Any]:
    machine.charge(len(checked(items, list, tuple)))
    return list(items)


def _ordered(machine: Machine, items: Any = ()) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    for pair in _list(machine, items):
        machine.set_items(made, list(checked(pair, list, tuple)))
    return made


def _complex(machine: Machine, real: Any, imaginary: Any) -> complex:
    return complex(checked(real, float), checked(imaginary, float))


def _dtype(machine: Machine, spec: Any, *_: Any) -> Pending:
    if isinstance(spec, Name) and str(spec) in ("numpy.record", "numpy.void"):
        spec = "V1"  # of a record only the fields count, and they follow
    if not _DTYPE.match(checked(spec, str)):
        raise FormatError(f"A pickle holds an array of the type {spec!r:.40}.")
    return Pending(lambda state: _fill_dtype(machine, spec, checked(state, tuple)))


def _fill_dtype(machine: Machine, spec: str, state: tuple[Any, ...]) -> np.dtype[Any]:
    """Make a dtype from its state: (version, byte order, base, names, fields, size, ...)."""
    machine.charge(64)
    _, order, base, names, fields, size = state[:6]
    if base is not None:
        inner, shape = checked(base, tuple)
        made = np.dtype((_as_dtype(inner), _as_shape(shape)))
    elif names is not None:
        made = _record_dtype(checked(names, tuple), checked(fields, dict), checked(size, int))
    elif spec.lstrip("<>=|")[0] in "Mm":
        made = np.dtype(spec + _unit(*state[8][1][:2])).newbyteorder(order)
    elif order in ("<", ">"):
        made = np.dtype(spec).newbyteorder(order)
    else:
        made = np.dtype(spec)
    if made.hasobject and made.kind != "O":
        raise FormatError("A pickle holds an array of records of objects.")
    return made


def _record_dtype(names: tuple[Any, ...], fields: dict[Any, Any], size: int) -> np.dtype[Any]:
    entries = [checked(fields[name], tuple) for name in names]
    return np.dtype(
        {
            "names": [checked(name, str) for name in names],
            "formats": [_as_dtype(entry[0]) for entry in entries],
            "offsets": [checked(entry[1], int) for entry in entries],
            "itemsize": size,
        }
    )


def _unit(unit: Any, number: Any) -> str:
    """Return the unit of times as it is written behind the type: [25us]."""
    text = unit.decode("utf-8") if isinstance(unit, bytes) else checked(unit, str)
    if text not in _UNITS:
        raise FormatError(f"A pickle holds times in the unit {text!r:.40}.")
    return "" if text == "generic" else f"[{checked(number, int)}{text}]"


def _as_dtype(value: Any) -> np.dtype[Any]:
    if not isinstance(value, np.dtype):
        raise FormatError(f"A pickle is damaged: {type(value).__name__} where a dtype should be.")
    return value


def _as_shape(value: Any) -> tuple[int, ...]:
    sizes = checked(value, tuple) if not isinstance(value, int) else (value,)
    if not all(type(size) is int and size >= 0 for size in sizes):
        raise FormatError(f"A pickle holds an array of shape {value!r:.60}.")
    return tuple(sizes)


def _reconstruct(machine: Machine, kind: Any, *_: Any) -> Pending:
    """Begin an array, of whatever class it was."""
    checked(kind, Name)

    def fill(state: Any) -> Any:
        shape, dtype, is_fortran, raw = checked(state, tuple)[-4:]
        return _array(machine, raw, dtype, shape, "F" if is_fortran else "C")

    return Pending(fill)


def _from_buffer(
    machine: Machine, raw: Any, dtype: Any, shape: Any, order: Any, axes: Any = None
) -> Any:
    """Return an array as protocol 5 writes it."""
    array = _array(machine, raw, dtype, shape, "F" if order == "F" else "C")
    return array if axes is None else array.transpose(_as_shape(axes))


def _array(machine: Machine, raw: Any, dtype: Any, shape: Any, order: Any) -> Any:
    """Return an array, a read-only view of the bytes; of objects: a copy of their list."""
    dtype, shape = _as_dtype(dtype), _as_shape(shape)
    machine.charge(64)
    count = math.prod(shape)
    if math.prod(size for size in shape if size) > max(machine.size, 1):
        raise FormatError(f"A pickle of {machine.size} bytes claims an array of shape {shape}.")
    if dtype.kind == "O":
        items = _list(machine, raw)
        machine.charge(8 * len(items))
        objects = np.empty(len(items), object)
        for place, item in enumerate(items):
            objects[place] = item
        objects.flags.writeable = False
        return objects.reshape(shape)  # their list is in C order whatever the array is
    if isinstance(raw, bytearray):
        machine.charge(len(raw))
        raw = bytes(raw)
    raw = _bytes(machine, raw)
    if count * dtype.itemsize != len(raw):
        raise FormatError(
            f"A pickle claims an array of shape {shape} and type {dtype}, and holds "
            f"{len(raw)} bytes of it."
        )
    array: Any = np.ndarray(shape, dtype, buffer=raw, order=order)
    _check_letters(machine, array)
    return array


def _check_letters(machine: Machine, array: Any) -> None:
    """Check that texts in an array are of letters that exist: numpy fails on others later."""
    if array.dtype.names is not None:
        for name in array.dtype.names:
            _check_letters(machine, array[name])
    elif array.dtype.kind == "U" and array.nbytes:
        machine.charge(array.nbytes)
        codes = np.ascontiguousarray(array).reshape(-1).view(f"{array.dtype.byteorder}u4")
        if codes.max() > sys.maxunicode:
            raise FormatError("A pickle is damaged: it holds a text of letters that do not exist.")


def _scalar(machine: Machine, dtype: Any, raw: Any) -> Any:
    if _as_dtype(dtype).kind == "O":
        raise FormatError("A pickle holds a numpy scalar that is an object.")
    return _array(machine, raw, dtype, (1,), "C")[0]


CALLS: dict[str, Callable[..., Any]] = {
    "numpy.dtype": _dtype,
    "numpy._core.multiarray._reconstruct": _reconstruct,
    "numpy._core.multiarray.scalar": _scalar,
    "numpy._core.numeric._frombuffer": _from_buffer,
    "_codecs.encode": _encoded,
    "builtins.bytes": _encoded,
    "builtins.bytearray": _bytearray,
    "builtins.complex": _complex,
    "builtins.list": _list,
    "builtins.set": lambda machine, items=(): set(machine.make_set(items)),
    "builtins.frozenset": lambda machine, items=(): frozenset(machine.make_set(items)),
    "collections.OrderedDict": _ordered,
    "pandas.api.typing.FrozenList": _list,
    "pandas.core.indexes.frozen.FrozenList": _list,
    "pandas.core.base.FrozenList": _list,
    "pandas.indexes.base.FrozenList": _list,
}
"""By full name (of numpy 2; that of numpy 1 is the same but for an underscore)."""
