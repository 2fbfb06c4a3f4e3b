"""How a group of options is declared once, and read from and written to JSON.

A group is an attrs class derived from :class:`Group`; each field is made with :func:`option`, whose
metadata (help, choices, unit, bounds) also feeds forms and documentation. Values are converted and
checked whenever they are set, from JSON or from Python, so that a group never holds a wrong one.
"""

import math
import operator
import types
from collections.abc import Callable
from copy import deepcopy
from typing import Any, ClassVar, Self, get_args

import attrs
from attrs import define, field

from sleap.errors import ProfileError, did_you_mean


def option(
    default: Any,
    help: str,
    *,
    choices: tuple[str, ...] = (),
    unit: str = "",
    at_least: float | None = None,
    above: float | None = None,
    at_most: float | None = None,
    below: float | None = None,
    deprecated: bool = False,
) -> Any:
    """Declare one option of a group.

    Args:
        default: Value where none is given; ``attrs.Factory`` for mutable ones, ``attrs.NOTHING``
            if one must be given.
        help: What it does, one sentence.
        choices: The words it takes, if not free.
        unit: Unit of the value ("px", "degrees").
        at_least: Smallest value, itself included.
        above: Lower bound, itself excluded.
        at_most: Largest value, itself included.
        below: Upper bound, itself excluded.
        deprecated: Read for old files, without effect; left out of new ones when None.

    Returns:
        An attrs field.
    """
    metadata = {
        "help": help,
        "choices": choices,
        "unit": unit,
        "at_least": at_least,
        "above": above,
        "at_most": at_most,
        "below": below,
        "deprecated": deprecated,
    }
    return field(
        default=default,
        metadata=metadata,
        converter=attrs.Converter(_convert_field, takes_self=True, takes_field=True),
    )


@define(kw_only=True, slots=False)
class Group:
    """One JSON object: its declared keys as attributes, all others in ``extra``."""

    PATH: ClassVar[str] = ""
    """Where the object stands in the file ("trainer"); used in messages."""

    extra: dict[str, Any] = field(factory=dict)
    """Keys that are not declared, kept as they were read."""

    @classmethod
    def options(cls) -> dict[str, "attrs.Attribute[Any]"]:
        """The declared options by key, in order."""
        return {a.name: a for a in attrs.fields(cls) if "help" in a.metadata}

    @classmethod
    def from_dict(cls, data: Any, *, strict: bool = True) -> Self:
        """Build the group from a JSON object.

        Args:
            data: The object; keys that are absent take their default.
            strict: Whether an unknown key is an error; else it is kept in ``extra``, and a null
                stands for the default.

        Raises:
            ProfileError: If a key is unknown or a value has a wrong type or range.
        """
        if not isinstance(data, dict):
            group = cls.PATH or "The profile"
            raise ProfileError(f"{group} is {_show(data)}; expected an object {{…}}.")
        options = cls.options()
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, value in data.items():
            if key not in options:
                extra[key] = value
            elif value is not None or strict or _is_optional(options[key].type):
                values[key] = value
        if strict and extra:
            unknown = next(iter(extra))
            raise ProfileError(
                f"Unknown key '{_join(cls.PATH, unknown)}'.{did_you_mean(unknown, options)} "
                f"Remove it, or see the keys of a shipped profile."
            )
        for key, attribute in options.items():
            if attribute.default is attrs.NOTHING and key not in values:
                raise ProfileError(f"The key '{_join(cls.PATH, key)}' is missing.")
        return cls(**values, extra=extra)

    def to_dict(self) -> dict[str, Any]:
        """Return the group as a JSON object, with all its keys."""
        result: dict[str, Any] = {}
        for key, attribute in self.options().items():
            value = getattr(self, key)
            if value is not None or not attribute.metadata["deprecated"]:
                result[key] = value.to_dict() if isinstance(value, Group) else deepcopy(value)
        return result | deepcopy(self.extra)


def _convert_field(value: Any, group: Any, attribute: "attrs.Attribute[Any]") -> Any:
    """Convert and check a value that is being set."""
    path = _join(type(group).PATH, attribute.name)
    kind = attribute.type
    if kind is None:
        raise TypeError(f"{path} is declared without a type")
    value = _convert(value, kind, path)
    if value is not None:
        value = _check_choice(value, attribute.metadata["choices"], path)
        _check_bounds(value, attribute.metadata, path)
    return value


def _convert(value: Any, kind: Any, path: str) -> Any:
    """Convert a JSON value to the declared type; numbers may come as strings."""
    if _is_optional(kind):
        if value is None:
            return None
        (kind,) = [k for k in get_args(kind) if k is not type(None)]
    kind = getattr(kind, "__origin__", kind)
    if kind is bool:
        return _to_bool(value, path)
    if kind is int:
        return _to_int(value, path)
    if kind is float:
        return _to_float(value, path)
    if hasattr(kind, "from_json"):
        return kind.from_json(value, path)
    if not isinstance(value, kind):
        names = {str: "a string", list: "a list […]", dict: "an object {…}"}
        raise _wrong(path, value, names.get(kind, f"a {kind.__name__}"))
    return value


def _to_bool(value: Any, path: str) -> bool:
    words = {"true": True, "false": False}
    if isinstance(value, str) and value.lower() in words:
        return words[value.lower()]
    if not isinstance(value, bool):
        raise _wrong(path, value, "true or false")
    return value


def _to_int(value: Any, path: str) -> int:
    number = _to_float(value, path, "a whole number")
    if not number.is_integer():
        raise _wrong(path, value, "a whole number")
    return int(number)


def _to_float(value: Any, path: str, expected: str = "a number") -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _wrong(path, value, expected)
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise _wrong(path, value, expected) from None
    if not math.isfinite(number):
        raise _wrong(path, value, expected)
    return number


def _check_choice(value: Any, choices: tuple[str, ...], path: str) -> Any:
    if not choices:
        return value
    lowered = {choice.lower(): choice for choice in choices}
    if value.lower() not in lowered:
        known = ", ".join(f'"{choice}"' for choice in choices)
        raise ProfileError(
            f"{path} is {_show(value)}; expected one of {known}.{did_you_mean(value, choices)}"
        )
    return lowered[value.lower()]


def _check_bounds(value: Any, metadata: Any, path: str) -> None:
    tests: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
        "at_least": ("at least", operator.ge),
        "above": ("more than", operator.gt),
        "at_most": ("at most", operator.le),
        "below": ("less than", operator.lt),
    }
    for key, (words, holds) in tests.items():
        bound = metadata[key]
        if bound is not None and not holds(value, bound):
            raise _wrong(path, value, f"{words} {bound:g}")


def _is_optional(kind: Any) -> bool:
    return isinstance(kind, types.UnionType) and type(None) in get_args(kind)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _show(value: Any) -> str:
    """Show a JSON value in a message, shortened."""
    names = {type(None): "null", bool: str(value).lower(), list: "a list", dict: "an object"}
    text = names.get(type(value)) or (f'"{value}"' if isinstance(value, str) else str(value))
    return text if len(text) <= 60 else text[:57] + "…"


def _wrong(path: str, value: Any, expected: str) -> ProfileError:
    return ProfileError(f"{path} is {_show(value)}; expected {expected}.")
