"""The machine that interprets a pickle: a stack, a memory, and what it may cost."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import define, field, frozen

from sleap.errors import FormatError

MAX_DEPTH = 64
"""Containers nested in each other, at most."""

FREE_SIZE = 1 << 20
"""What is always granted: bytes copied, values walked through."""

MAX_RATIO = 64
"""Bytes copied, and values walked through, for each byte of the pickle, at most."""

Reader = Callable[[io.BytesIO], Any]
Action = Callable[["Machine", Any], None]


@frozen
class Name:
    """What a pickle calls by name; never looked up."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


@define(eq=False)
class Pending:
    """An array or dtype whose contents come later in the pickle, and where it is remembered."""

    fill: Callable[[Any], Any]
    keys: list[int] = field(factory=list)


class Machine:
    """The stack and the memory that opcodes work on.

    Args:
        stream: The pickle.
        size: Its length, bytes.
        opcodes: What each opcode is called, and what reads its argument.
        actions: What the opcodes do; None: they push their argument.
        calls: What rebuilds the values of the known calls, by their full names.
    """

    def __init__(
        self,
        stream: io.BytesIO,
        size: int,
        opcodes: Mapping[bytes, tuple[str, Reader | None]],
        actions: Mapping[str, "Action | None"],
        calls: Mapping[str, Callable[..., Any]],
    ) -> None:
        self.stream = stream
        self.size = size
        self.opcodes = opcodes
        self.actions = actions
        self.calls = calls
        self.stack: list[Any] = []
        self.marked: list[list[Any]] = []
        self.memory: dict[int, Any] = {}
        self.grant = FREE_SIZE + MAX_RATIO * size

    def run(self) -> Any:
        """Interpret opcodes up to the end; return what is then on top of the stack."""
        while True:
            code = self.stream.read(1)
            if code not in self.opcodes:
                raise FormatError(
                    "A pickle breaks off before its end."
                    if not code
                    else f"A pickle is damaged: it has no opcode {code!r}."
                )
            name, reader = self.opcodes[code]
            if name == "STOP":
                return self.stack.pop()
            if name not in self.actions:
                raise FormatError(f"A pickle holds more than plain data (opcode {name}).")
            argument = None if reader is None else reader(self.stream)
            action = self.actions[name]
            if action is None:
                self.stack.append(argument)
            else:
                action(self, argument)

    def charge(self, cost: int) -> None:
        """Count bytes copied or values walked through."""
        self.grant -= cost
        if self.grant < 0:
            raise FormatError(
                f"A pickle of {self.size} bytes claims to hold more than they can tell."
            )

    def pop_marked(self) -> list[Any]:
        """Return what was pushed since the last mark, and forget the mark."""
        items, self.stack = self.stack, self.marked.pop()
        return items

    def remember(self, key: int) -> None:
        """Note what is on top of the stack under a number."""
        value = self.stack[-1]
        self.memory[key] = value
        if isinstance(value, Pending):
            value.keys.append(key)

    def top(self, *kinds: type) -> Any:
        """Return what is on top of the stack, which must be of one of the types."""
        value = self.stack[-1]
        if type(value) not in kinds:
            raise FormatError(
                f"A pickle is damaged: it adds to {type(value).__name__}, "
                f"not to {' or '.join(kind.__name__ for kind in kinds)}."
            )
        return value

    def check_key(self, key: Any, depth: int = 0) -> Any:
        """Return the key of a dictionary or set if its hash is had without much work."""
        self.charge(1)
        if isinstance(key, tuple | frozenset):
            if depth > MAX_DEPTH:
                raise FormatError(f"A pickle nests deeper than {MAX_DEPTH} levels.")
            for item in key:
                self.check_key(item, depth + 1)
        return key

    def set_items(self, target: dict[Any, Any], items: list[Any]) -> None:
        """Add keys and values, in turns, to a dictionary."""
        for key, value in zip(items[::2], items[1::2], strict=True):
            target[self.check_key(key)] = value

    def make_set(self, items: Any) -> list[Any]:
        """Return what a set is made of, counted and hashable."""
        return [self.check_key(item) for item in checked(items, list, tuple, set, frozenset)]

    def call(self) -> None:
        """Rebuild what a known call of the pickle would have made."""
        arguments, name = self.stack.pop(), self.stack.pop()
        if not isinstance(name, Name):
            raise FormatError(f"A pickle calls {type(name).__name__}, which is no name.")
        rebuild = self.calls.get(str(name))
        if rebuild is None:
            raise refuse(name)
        self.stack.append(rebuild(self, *checked(arguments, tuple)))

    def build(self) -> None:
        """Fill the array or dtype on top of the stack, wherever it is remembered."""
        state, pending = self.stack.pop(), self.stack[-1]
        if not isinstance(pending, Pending):
            raise FormatError(f"A pickle sets the state of {type(pending).__name__}.")
        value = pending.fill(state)
        self.stack[-1] = value
        for key in pending.keys:
            if self.memory.get(key) is pending:
                self.memory[key] = value

    def measure(self, result: Any) -> None:
        """Check that a result is plain data all through, not too deep and not too large."""
        self.grant = FREE_SIZE + MAX_RATIO * self.size
        size, _ = self._measure(result, 0, {})
        self.charge(size)

    def _measure(
        self, value: Any, depth: int, known: dict[int, tuple[int, int] | None]
    ) -> tuple[int, int]:
        """Return how many values there are in a value, and how many levels."""
        if isinstance(value, Name):
            raise refuse(value)
        if isinstance(value, Pending):
            raise FormatError("A pickle is damaged: an array has no contents.")
        items = _contents(value)
        if not items:
            return 1, 0
        found = known.get(id(value), (0, 0))
        if found is None:
            raise FormatError("A pickle holds a container that contains itself.")
        size, levels = found
        if not size:
            if depth >= MAX_DEPTH:
                raise FormatError(f"A pickle nests deeper than {MAX_DEPTH} levels.")
            known[id(value)] = None
            size, levels = 1, 0
            for item in items:
                part, inner = self._measure(item, depth + 1, known)
                size, levels = size + part, max(levels, inner)
            known[id(value)] = size, levels + 1
            levels += 1
        if depth + levels > MAX_DEPTH:
            raise FormatError(f"A pickle nests deeper than {MAX_DEPTH} levels.")
        return size, levels


def _contents(value: Any) -> Any:
    """Return the values in a container, or nothing."""
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    if isinstance(value, np.ndarray) and value.dtype.hasobject:
        return value.ravel().tolist()
    return value if isinstance(value, list | tuple | set | frozenset) else ()


def refuse(name: Name) -> FormatError:
    """Build the error that says what code a pickle wants."""
    return FormatError(
        f"A pickle wants '{name!s:.200}', which is code. Only plain data is read, and no code run."
    )


def checked(value: Any, *kinds: type) -> Any:
    """Return a value of the pickle if it is of one of the types.

    Raises:
        FormatError: If it is not.
    """
    if type(value) not in kinds:
        raise FormatError(
            f"A pickle is damaged: {type(value).__name__} where "
            f"{' or '.join(kind.__name__ for kind in kinds)} should be."
        )
    return value
