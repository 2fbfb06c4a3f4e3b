"""What a form shows of an options class: one description per field, without widgets.

Field metadata understood here, beside what ``sleap.cli.options`` understands:

    title       the label; without it, the name with spaces for underscores
    limits      (least, most), None for no limit; ``least``/``most`` or ``range`` do as well
    step        what one press of an arrow adds
    decimals    how many digits are shown after the point
    texts       how the choices read, in their order or by value
    is_folder   a path of a folder, not of a file
    filter      kinds of files that a chooser offers ("Images (*.png)")
    is_node     the value is the name of a node: whoever shows the form gives those there are
    none        how the value that stands for no choice reads, "(any)" if nothing is said
    is_hidden   not shown; keeps its value
"""

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import frozen

Limits = tuple[float | None, float | None]


class Kind(Enum):
    """What sort of value a field takes."""

    BOOL = "bool"
    INT = "int"
    FLOAT = "float"
    TEXT = "text"
    PATH = "path"
    CHOICE = "choice"
    TEXTS = "texts"
    GROUP = "group"


_PLAIN: dict[Any, Kind] = {
    bool: Kind.BOOL,
    int: Kind.INT,
    float: Kind.FLOAT,
    str: Kind.TEXT,
    Path: Kind.PATH,
}


@frozen
class FormField:
    """One field of an options class as a form shows it.

    Args:
        name: Its name in the class.
        argument: Its name as an argument of the class.
        title: What the label says.
        kind: What sort of value it takes.
        default: What it is if nothing is said; ``attrs.NOTHING`` if it must be given.
        help: What it does, in a sentence.
        is_optional: Whether it may be None.
        choices: The values it may take, in order; empty for any.
        texts: How the choices read.
        limits: The least and the most that is offered; None for no limit.
        unit: What a number counts.
        step: What one press of an arrow adds to a number; None: told from kind and limits.
        decimals: How many digits are shown after the point; None: told from the limits.
        item: For several values: what makes one out of a text.
        options: For a group: the nested options class.
        metadata: All that was declared.
    """

    name: str
    argument: str
    title: str
    kind: Kind
    default: Any
    help: str = ""
    is_optional: bool = False
    choices: tuple[Any, ...] = ()
    texts: tuple[str, ...] = ()
    limits: Limits = (None, None)
    unit: str = ""
    step: float | None = None
    decimals: int | None = None
    item: Callable[[str], Any] = str
    options: type | None = None
    metadata: Mapping[str, Any] = attrs.field(factory=dict, repr=False)


def describe(options: type) -> Iterator[FormField]:
    """Describe the fields of an options class that a form shows, in order.

    Args:
        options: An attrs class.

    Yields:
        One description for each field that is an argument of the class and not hidden.
    """
    hints = typing.get_type_hints(options)
    for attribute in attrs.fields(options):
        if attribute.init and not attribute.metadata.get("is_hidden"):
            yield _describe_one(attribute, hints[attribute.name])


def sentence(word: str) -> str:
    """Write the name of a thing as people read it: "per_video" as "Per video"."""
    text = word.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def _describe_one(attribute: "attrs.Attribute[Any]", hint: Any) -> FormField:
    metadata = attribute.metadata
    plain, is_optional = _without_none(hint)
    kind, item = _kind(plain)
    choices = tuple(metadata.get("choices") or ())
    if get_origin(plain) is typing.Literal and not choices:
        choices = get_args(plain)
    default, given = _default(attribute), metadata.get("texts")
    if kind is Kind.BOOL and is_optional:
        choices, given = (None, True, False), given or ("Automatic", "Yes", "No")
    texts = _texts(choices, given)
    if choices and kind is not Kind.TEXTS:
        kind = Kind.CHOICE
        if default is not attrs.NOTHING and default not in choices:
            choices, texts = (default, *choices), ("(none)", *texts)
    return FormField(
        name=attribute.name,
        argument=attribute.alias or attribute.name,
        title=metadata.get("title") or sentence(attribute.name),
        kind=kind,
        help=str(metadata.get("help", "")),
        default=default,
        is_optional=is_optional,
        choices=choices,
        texts=texts,
        limits=_limits(metadata),
        unit=str(metadata.get("unit", "")),
        step=metadata.get("step"),
        decimals=metadata.get("decimals"),
        item=item,
        options=plain if kind is Kind.GROUP else None,
        metadata=metadata,
    )


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    parts = [part for part in get_args(hint) if part is not type(None)]
    return parts[0], len(parts) < len(get_args(hint))


def _kind(hint: Any) -> tuple[Kind, Callable[[str], Any]]:
    if hint in _PLAIN:
        return _PLAIN[hint], hint
    if get_origin(hint) in (list, tuple, set, frozenset):
        item = (get_args(hint) or (str,))[0]
        return Kind.TEXTS, item if item in _PLAIN else str
    if isinstance(hint, type) and attrs.has(hint):
        return Kind.GROUP, str
    return Kind.TEXT, str


def _default(attribute: "attrs.Attribute[Any]") -> Any:
    default: Any = attribute.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return default.factory() if not default.takes_self else attrs.NOTHING
    return default


def _texts(choices: tuple[Any, ...], given: Any) -> tuple[str, ...]:
    if isinstance(given, Mapping):
        return tuple(str(given.get(choice, sentence(str(choice)))) for choice in choices)
    if given:
        return tuple(str(text) for text in given)
    return tuple(sentence(str(choice)) for choice in choices)


def _limits(metadata: Mapping[str, Any]) -> Limits:
    pair = metadata.get("limits") or metadata.get("range")
    if pair:
        return (pair[0], pair[1])
    return (metadata.get("least"), metadata.get("most"))
