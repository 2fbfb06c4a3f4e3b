"""What jsonpickle made of skeletons, as plain data: nothing is unpickled.

The few forms that occur are read by hand: ``py/object`` of a node, ``py/reduce`` of an edge type,
``py/state``, ``py/tuple``, ``py/b64``, and ``py/id``, which stands for what has been there before.

``py/id`` counts every list and every pickled object of one skeleton, from 0, in the order of a
walk with sorted keys; plain dictionaries, tuples and scalars take no number. Stand-alone files of
sleap-io count otherwise: nodes of different names among themselves, from 1, and so the edge types.
"""

import base64
import binascii
from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar

from attrs import field, frozen

from sleap.errors import FormatError

Json = dict[str, Any]
T = TypeVar("T")

_ENUM_KEYS = ("_value_", "value", "py/enumvalue")


@frozen(eq=False)
class PickledNode:
    """A node, as it was pickled."""

    name: str
    weight: float = 1.0


@frozen
class PickledEdgeType:
    """A kind of edge: 1 of the body, 2 symmetry."""

    value: int


@frozen
class Unknown:
    """A pickled object or a ``py/id`` that is neither a node nor an edge type."""

    what: Any = field(repr=False)


class Unpickler:
    """Turns pickled JSON into lists, dictionaries, nodes and edge types."""

    def __init__(self) -> None:
        self._objects: list[Any] = []

    def walk(self, value: Any) -> Any:
        """Turn JSON into plain data.

        What was pickled once may stand in the result many times, and even inside of itself: it is
        to be looked into, never to be printed or walked through.

        Args:
            value: Anything that JSON can hold.
        """
        if isinstance(value, list):
            items: list[Any] = []
            self._objects.append(items)
            items += [self.walk(item) for item in value]
            return items
        if not isinstance(value, dict):
            return value
        if "py/id" in value:
            return self._recall(value["py/id"])
        if "py/tuple" in value:
            return tuple(self.walk(item) for item in value["py/tuple"])
        if "py/b64" in value:
            return _decode_base64(value["py/b64"])
        if "py/type" in value:
            return value["py/type"]
        if "py/reduce" in value or "py/object" in value:
            number = len(self._objects)
            self._objects.append(Unknown(value))
            self._objects[number] = self._restore(value)
            return self._objects[number]
        return {key: self.walk(value[key]) for key in sorted(value)}

    def _recall(self, number: Any) -> Any:
        if isinstance(number, int) and 0 <= number < len(self._objects):
            return self._objects[number]
        return Unknown(number)

    def _restore(self, value: Json) -> Any:
        if "py/reduce" in value:
            parts = [self.walk(part) for part in value["py/reduce"] or ()]
            kind = parts[0] if parts else None
            arguments = parts[1] if len(parts) > 1 else ()
            if isinstance(kind, str) and kind.endswith("EdgeType") and arguments:
                return PickledEdgeType(int(arguments[0]))
            return Unknown(value)
        plain = {key: item for key, item in value.items() if key != "py/object"}
        state = self.walk(plain.get("py/state", plain))
        if str(value["py/object"]).endswith("EdgeType"):
            return self._restore_edge_type(state, value)
        if not str(value["py/object"]).endswith("Node"):
            return Unknown(value)
        if isinstance(state, dict):
            state = state.get("name"), state.get("weight", 1.0)
        if isinstance(state, tuple | list) and state and isinstance(state[0], str):
            return PickledNode(state[0], *(float(weight) for weight in state[1:2]))
        return Unknown(value)

    def _restore_edge_type(self, state: Any, value: Json) -> Any:
        """Read a kind of edge that was written as an object and not by how to make it."""
        if isinstance(state, dict):
            state = tuple(state[key] for key in _ENUM_KEYS if key in state)
        return PickledEdgeType(int(state[0])) if state else Unknown(value)


@frozen(eq=False)
class Reference:
    """A ``py/id`` whose meaning depends on what stands there: a node, or an edge type."""

    number: int
    unpickler: "KindUnpickler" = field(repr=False)

    @property
    def node(self) -> PickledNode:
        """The node of that number."""
        return _nth(self.unpickler.nodes, self.number)

    @property
    def edge_type(self) -> PickledEdgeType:
        """The kind of edge of that number."""
        return _nth(self.unpickler.edge_types, self.number)


class KindUnpickler(Unpickler):
    """Counts nodes of different names, and edge types, each for themselves and from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes: dict[str, PickledNode] = {}
        self.edge_types: dict[int, PickledEdgeType] = {}

    def _recall(self, number: Any) -> Any:
        return Reference(number, self) if isinstance(number, int) else Unknown(number)

    def _restore(self, value: Json) -> Any:
        found = super()._restore(value)
        if isinstance(found, PickledNode):
            self.nodes.setdefault(found.name, found)
        elif isinstance(found, PickledEdgeType):
            self.edge_types.setdefault(found.value, found)
        return found


def _nth(known: Mapping[Any, T], number: int) -> T:
    if not 1 <= number <= len(known):
        raise FormatError(f"A skeleton refers to object {number} of {len(known)}.")
    return next(islice(known.values(), number - 1, None))


def _decode_base64(value: Any) -> bytes:
    try:
        return base64.b64decode(value)
    except (binascii.Error, ValueError, TypeError) as error:
        raise FormatError(f"A skeleton holds bytes that are not base64: {error}.") from error
