"""Command-line arguments out of attrs classes: each option is declared once, as a field.

Field metadata understood here:

    help        what it does
    unit        appended to the help text ("px")
    choices     the values it takes
    positional  True for an argument without a flag; of a list or tuple, one or more
    flags       further names ("-o"); the field's own name is always one of them
    metavar     the placeholder in the help text
    prefix      on a field that is itself an options class: put before its fields' names
"""

import argparse
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin

import attrs

from sleap.errors import OptionError, did_you_mean

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_METAVARS: dict[Any, str] = {bool: "BOOL", int: "N", float: "X", str: "TEXT", Path: "PATH"}


def parse_bool(text: str) -> bool:
    """Read a truth value as people type it.

    Raises:
        argparse.ArgumentTypeError: If the text is neither yes nor no.
    """
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise argparse.ArgumentTypeError(f"'{text}' is neither true nor false")


class Parser(argparse.ArgumentParser):
    """An argument parser that refuses what it does not know, and suggests what was meant."""

    def parse(self, argv: list[str]) -> argparse.Namespace:
        """Parse all arguments.

        Raises:
            SystemExit: With status 2 after one line on stderr, if an argument is wrong or unknown.
        """
        arguments, unknown = self.parse_known_args(self._spell_out(argv))
        if unknown:
            word = unknown[0].split("=")[0]
            hint = did_you_mean(word, self._option_string_actions)
            self.error(f"unknown argument '{word}'.{hint} See {self.prog} --help.")
        return arguments

    def _spell_out(self, argv: list[str]) -> list[str]:
        """Give each bare switch its value, so that it cannot swallow the argument after it."""
        words = []
        for word, following in zip(argv, [*argv[1:], ""], strict=False):
            action = self._option_string_actions.get(word)
            is_bare = following.lower() not in _TRUE | _FALSE
            is_switch = action is not None and action.type is parse_bool
            words.append(f"{word}=true" if is_switch and is_bare else word)
        return words

    def error(self, message: str) -> typing.NoReturn:
        """Print one line and leave with status 2."""
        self.exit(2, f"{self.prog}: error: {message}\n")


def add_options(parser: argparse.ArgumentParser, options: type, prefix: str = "") -> None:
    """Add one argument for each field of an options class, and of the classes nested in it.

    Args:
        parser: Where the arguments go.
        options: An attrs class.
        prefix: Put before each flag's name.
    """
    group = parser.add_argument_group(_title(options)) if prefix else parser
    for field, hint in sorted(_fields(options), key=_rank):
        if "prefix" in field.metadata:
            add_options(parser, hint, prefix + field.metadata["prefix"])
        else:
            _add_option(group, field, hint, prefix)


def usage(options: type, program: str) -> str:
    """Return the one line that says what must be given to a program."""
    words = [program]
    for field, hint in sorted(_fields(options), key=_rank):
        name = field.name.upper()
        if field.metadata.get("positional") and _value_type(hint)[1]:
            name += "..."
        if field.metadata.get("positional"):
            words.append(name if field.default is attrs.NOTHING else f"[{name}]")
        elif field.default is attrs.NOTHING:
            words.append(f"{[*field.metadata.get('flags', ()), f'--{field.name}'][0]} {name}")
    return " ".join([*words, "[options]"])


def _rank(item: tuple["attrs.Attribute[Any]", Any]) -> int:
    """Order options for the eye: arguments, what must be given, the rest, groups."""
    field = item[0]
    if field.metadata.get("positional"):
        return 0
    if "prefix" in field.metadata:
        return 3
    return 1 if field.default is attrs.NOTHING else 2


def read_options(arguments: argparse.Namespace, options: type, prefix: str = "") -> Any:
    """Make an instance of an options class out of parsed arguments.

    Raises:
        OptionError: If a value is refused by the class.
    """
    values: dict[str, Any] = {}
    for field, hint in _fields(options):
        if "prefix" in field.metadata:
            values[field.alias or field.name] = read_options(
                arguments, hint, prefix + field.metadata["prefix"]
            )
        elif hasattr(arguments, prefix + field.name):
            values[field.alias or field.name] = getattr(arguments, prefix + field.name)
    try:
        return options(**values)
    except ValueError as error:
        raise OptionError(str(error)) from error


def _fields(options: type) -> Iterator[tuple["attrs.Attribute[Any]", Any]]:
    hints = typing.get_type_hints(options)
    for field in attrs.fields(options):
        if field.init:
            yield field, hints[field.name]


def _title(options: type) -> str:
    return (options.__doc__ or options.__name__).strip().splitlines()[0].rstrip(".")


def _add_option(group: Any, field: "attrs.Attribute[Any]", hint: Any, prefix: str) -> None:
    metadata = field.metadata
    value_type, is_list = _value_type(hint)
    settings: dict[str, Any] = {
        "type": parse_bool if value_type is bool else value_type,
        "help": _help(field),
        "default": argparse.SUPPRESS,
        "choices": metadata.get("choices") or None,
        "metavar": metadata.get("metavar"),
    }
    if not settings["choices"] and not settings["metavar"]:
        settings["metavar"] = _METAVARS.get(value_type)
    if metadata.get("positional"):
        settings["metavar"] = field.name.upper()
        if field.default is not attrs.NOTHING:
            settings["nargs"] = "?"
            settings["default"] = field.default  # SUPPRESS would arrive as a value
        elif is_list:
            settings["nargs"] = "+"
        group.add_argument(field.name, **settings)
        return
    if is_list:
        settings["action"] = "append"
    flags = [*metadata.get("flags", ()), f"--{prefix}{field.name}"]
    required = field.default is attrs.NOTHING
    group.add_argument(*flags, dest=prefix + field.name, required=required, **settings)


def _value_type(hint: Any) -> tuple[Callable[[str], Any], bool]:
    """Find the type of one value, and whether the option may be repeated."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) in (list, tuple):
        return _value_type(get_args(hint)[0])[0], True
    if get_origin(hint) is typing.Literal or hint is Any:
        return str, False
    return (Path if hint is Path else hint), False


def _help(field: "attrs.Attribute[Any]") -> str:
    text = str(field.metadata.get("help", "")).rstrip(".")
    if unit := field.metadata.get("unit"):
        text += f", in {unit}"
    default = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        default = None
    if default not in (None, "", (), attrs.NOTHING):
        text += f" (default: {default})"
    return text.replace("%", "%%")
