"""What the opcodes of a pickle do (protocols 0 to 5; PEP 307, 3154 and 574)."""

import codecs
import io
import pickletools
import re
import warnings
from collections.abc import Callable
from typing import Any

from sleap.errors import FormatError
from sleap.io.plain_pickle.machine import Action, Machine, Name, Reader, checked

_ALIASES = {"__builtin__": "builtins", "copy_reg": "copyreg"}


def _read_text(stream: io.BytesIO) -> str:
    """Read a text of Python 2: quoted, with escapes, any bytes."""
    line = stream.readline()
    text = line.rstrip(b"\n")
    if not line.endswith(b"\n") or len(text) < 2 or text[:1] != text[-1:] or text[0] not in b"'\"":
        raise FormatError("A pickle is damaged: a text has no end.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an escape that Python does not know
        return codecs.escape_decode(text[1:-1])[0].decode("latin-1")


def _read_names(stream: io.BytesIO) -> list[str]:
    """Read the two lines of a name: module, and name in it."""
    return [stream.readline().rstrip(b"\n").decode("utf-8") for _ in range(2)]


_OWN_READERS: dict[str, Reader] = {"STRING": _read_text, "GLOBAL": _read_names}
"""In place of those of the standard library, which warn of escapes."""


def _readers() -> dict[bytes, tuple[str, Reader | None]]:
    """Return the name of each opcode, and what reads its argument, from the standard library."""
    table: dict[bytes, tuple[str, Reader | None]] = {}
    for opcode in pickletools.opcodes:
        given: Reader | None = None if opcode.arg is None else opcode.arg.reader
        reader = _OWN_READERS.get(opcode.name, given)
        table[opcode.code.encode("latin-1")] = opcode.name, reader
    return table


def _name(machine: Machine, module: Any, name: Any) -> None:
    module = checked(module, str)
    module = _ALIASES.get(module, re.sub(r"^numpy\.core\b", "numpy._core", module))
    machine.stack.append(Name(module, checked(name, str)))


def _mark(machine: Machine, _: Any) -> None:
    machine.marked.append(machine.stack)
    machine.stack = []


def _pop(machine: Machine, _: Any) -> None:
    if machine.stack:
        machine.stack.pop()
    else:
        machine.pop_marked()


def _tuple(count: int) -> Action:
    def act(machine: Machine, _: Any) -> None:
        if len(machine.stack) < count:
            raise FormatError("A pickle is damaged: its stack is empty.")
        machine.stack[-count:] = [tuple(machine.stack[-count:])]

    return act


def _push(make: Callable[[Machine], Any]) -> Action:
    def act(machine: Machine, _: Any) -> None:
        value = make(machine)  # which may bring another stack
        machine.stack.append(value)

    return act


def _make_dict(machine: Machine) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    machine.set_items(made, machine.pop_marked())
    return made


def _append(machine: Machine, items: list[Any]) -> None:
    machine.top(list).extend(items)


def _set_items(machine: Machine, items: list[Any]) -> None:
    machine.set_items(machine.top(dict), items)


def _add_items(machine: Machine, items: list[Any]) -> None:
    machine.top(set).update(machine.make_set(items))


def _take(machine: Machine, count: int) -> list[Any]:
    return [machine.stack.pop() for _ in range(count)][::-1]


OPCODES = _readers()
"""Each opcode: its name, and what reads its argument (in the standard library)."""

_PUSHED = """
INT BININT BININT1 BININT2 LONG LONG1 LONG4 FLOAT BINFLOAT
STRING BINSTRING SHORT_BINSTRING UNICODE SHORT_BINUNICODE BINUNICODE BINUNICODE8
BINBYTES SHORT_BINBYTES BINBYTES8 BYTEARRAY8
"""

ACTIONS: dict[str, Action | None] = {
    **dict.fromkeys(_PUSHED.split()),
    "PROTO": lambda machine, version: None,
    "FRAME": lambda machine, size: None,
    "NONE": _push(lambda machine: None),
    "NEWTRUE": _push(lambda machine: True),
    "NEWFALSE": _push(lambda machine: False),
    "EMPTY_LIST": _push(lambda machine: []),
    "EMPTY_TUPLE": _push(lambda machine: ()),
    "EMPTY_DICT": _push(lambda machine: {}),
    "EMPTY_SET": _push(lambda machine: set()),
    "LIST": _push(Machine.pop_marked),
    "TUPLE": _push(lambda machine: tuple(machine.pop_marked())),
    "DICT": _push(_make_dict),
    "FROZENSET": _push(lambda machine: frozenset(machine.make_set(machine.pop_marked()))),
    "TUPLE1": _tuple(1),
    "TUPLE2": _tuple(2),
    "TUPLE3": _tuple(3),
    "APPEND": lambda machine, _: _append(machine, _take(machine, 1)),
    "APPENDS": lambda machine, _: _append(machine, machine.pop_marked()),
    "SETITEM": lambda machine, _: _set_items(machine, _take(machine, 2)),
    "SETITEMS": lambda machine, _: _set_items(machine, machine.pop_marked()),
    "ADDITEMS": lambda machine, _: _add_items(machine, machine.pop_marked()),
    "MARK": _mark,
    "POP": _pop,
    "POP_MARK": lambda machine, _: machine.pop_marked().clear(),
    "DUP": _push(lambda machine: machine.stack[-1]),
    "MEMOIZE": lambda machine, _: machine.remember(len(machine.memory)),
    "GLOBAL": lambda machine, names: _name(machine, *names),
    "STACK_GLOBAL": lambda machine, _: _name(machine, *_take(machine, 2)),
    "REDUCE": lambda machine, _: machine.call(),
    "BUILD": lambda machine, _: machine.build(),
}
"""What each opcode does; None: it pushes its argument. Others are refused."""

for _opcode in ("GET", "BINGET", "LONG_BINGET"):
    ACTIONS[_opcode] = lambda machine, key: machine.stack.append(machine.memory[key])
for _opcode in ("PUT", "BINPUT", "LONG_BINPUT"):
    ACTIONS[_opcode] = lambda machine, key: machine.remember(key)
