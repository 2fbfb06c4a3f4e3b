"""Reading JSON that somebody else wrote: large files in pieces, and one kind of error.

A labels file of a hundred thousand instances makes some hundred megabytes of text, and ten times
as much of Python objects. ``members`` therefore reads an object member by member, and the items of
chosen lists one at a time, from a buffer of a few hundred kilobytes.
"""

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sleap.errors import FileError, FormatError, SleapError
from sleap.io.atomic import explain

BLOCK = 1 << 18
"""Characters read at a time; more where one value is longer."""

SNIFFED = 1 << 18
"""Characters looked at to tell what a file is."""

_SPACE = " \t\n\r"
_MARK = re.compile(r'["{}\[\]]')

_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    MemoryError,
    EOFError,
)


@contextmanager
def reading(path: str | Path) -> Iterator[None]:
    """Make one error, with the name of the file, of whatever goes wrong while it is read.

    Raises:
        FileError: If it is not there or cannot be read.
        FormatError: If it does not hold what was looked for.
    """
    try:
        yield
    except FileError:
        raise
    except SleapError as error:
        text = str(error)
        raise FormatError(
            text if text.startswith("Cannot read '") else f"Cannot read '{path}': {text}"
        ) from error
    except FileNotFoundError as error:
        raise FileError(f"Cannot open '{path}': no such file.") from error
    except IsADirectoryError as error:
        raise FileError(f"Cannot open '{path}': it is a folder. Give a file.") from error
    except OSError as error:
        raise FileError(f"Cannot open '{path}': {explain(error)}.") from error
    except RecursionError as error:
        raise FormatError(f"Cannot read '{path}': its JSON is nested too deeply.") from error
    except (*_BROKEN, RuntimeError) as error:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise FormatError(
            f"Cannot read '{path}': the file is damaged or of another kind ({first[:200]})."
        ) from error


def read_json(path: str | Path) -> Any:
    """Read a small JSON file whole.

    Raises:
        FileError: If it is not there or cannot be read.
        FormatError: If it is not JSON.
    """
    with reading(path):
        return json.loads(Path(path).read_bytes().decode("utf-8-sig"))


def members(file: IO[bytes], listed: Collection[str] = ()) -> Iterator[tuple[str, Any]]:
    """Read the members of a JSON object one after the other.

    Args:
        file: The bytes of the JSON, UTF-8 with or without a byte order mark.
        listed: Keys whose lists are read item by item: their value is an iterator.

    Yields:
        Key and value, in the order of the file. What is left of an iterator when the next member
        is asked for is skipped.

    Raises:
        FormatError: If it is no JSON object.
        ValueError: If the JSON is damaged further on.
    """
    text = _Buffer(file)
    if text.peek() != "{":
        raise FormatError("It should be a JSON object, and is not.")
    text.skip()
    if text.peek() == "}":
        text.skip()
    else:
        while True:
            key = text.value()
            if not isinstance(key, str):
                raise FormatError(f"A key of a JSON object should be text, and is {key!r:.60}.")
            text.expect(":")
            if key in listed and text.peek() == "[":
                items = text.items()
                yield key, items
                for _ in items:
                    pass
            else:
                yield key, text.value()
            if text.expect(",}") == "}":
                break
    if text.peek():
        raise FormatError("There is more in it behind the JSON object.")


def first_keys(path: str | Path, decide: Callable[[str], bool | None]) -> bool:
    """Tell what a JSON file is from the keys of its outermost object, in their order.

    Looks at the first ``SNIFFED`` characters only.

    Args:
        path: The file.
        decide: Tells from a key: yes, no, or None to see the next one.

    Returns:
        What the first key that decides says; False if none does or it is no JSON object.
    """
    try:
        with Path(path).open("rb") as file:
            text = file.read(SNIFFED).decode("utf-8-sig", "ignore")
    except OSError:
        return False
    return bool(_first_answer(text, decide))


def _first_answer(text: str, decide: Callable[[str], bool | None]) -> bool | None:
    """Walk over the text without parsing values: only texts and the depth of brackets count."""
    if not text.lstrip(_SPACE).startswith("{"):
        return None
    depth, place = 0, 0
    while mark := _MARK.search(text, place):
        place = mark.end()
        if mark.group() == '"':
            close = _end_of_text(text, mark.start())
            if depth == 1 and text[close : close + 64].lstrip(_SPACE).startswith(":"):
                answer = decide(text[place : close - 1])
                if answer is not None:
                    return answer
            place = close
        elif mark.group() in "{[":
            depth += 1
        else:
            depth -= 1
            if depth <= 0:
                return None
    return None


def _end_of_text(text: str, place: int) -> int:
    """Return the place behind the closing quotation mark of a text."""
    here = place + 1
    while True:
        close = text.find('"', here)
        if close < 0:
            return len(text)
        slashes = len(text[here:close]) - len(text[here:close].rstrip("\\"))
        here = close + 1
        if slashes % 2 == 0:
            return here


class _Buffer:
    """A window on a long text, that moves on."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._letters = getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._place = 0
        self._decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """Return the next character that is no space; "" at the end."""
        while True:
            text, place, end = self._text, self._place, len(self._text)
            while place < end and text[place] in _SPACE:
                place += 1
            self._place = place
            if place < end:
                return text[place]
            if not self._fill():
                return ""

    def skip(self) -> None:
        """Go past one character."""
        self._place += 1

    def expect(self, wanted: str) -> str:
        """Go past one of a few characters and return it."""
        found = self.peek()
        if not found or found not in wanted:
            what = f"'{found}'" if found else "its end: its copy or download broke off"
            raise FormatError(f"The JSON is damaged: expected {' or '.join(wanted)}, found {what}.")
        self._place += 1
        return found

    def value(self) -> Any:
        """Read one value."""
        self.peek()
        while True:
            try:
                value, place = self._decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if self._fill():
                    continue
                raise FormatError(f"The JSON is damaged: {error.msg}.") from error
            # A number near the end of the buffer may go on behind it: "1" of "1.5", of "1e+9".
            if place + 2 >= len(self._text) and self._fill():
                continue
            self._place = place
            return value

    def items(self) -> Iterator[Any]:
        """Read the items of a list."""
        self.skip()
        if self.peek() == "]":
            self.skip()
            return
        while True:
            yield self.value()
            if self.expect(",]") == "]":
                return

    def _fill(self) -> bool:
        """Read on, dropping what is done; tell whether there was more."""
        rest = self._text[self._place :]
        more, data = "", b"-"
        while data and not more:
            data = self._file.read(max(BLOCK, len(rest)))
            more = self._letters.decode(data, final=not data)
        if more:
            self._text, self._place = rest + more, 0
        return bool(more)
