"""Finds a file whose name is spelled otherwise: in other case, or other Unicode characters.

Systems differ: on some, ``Day1.MP4`` and ``day1.mp4`` are one file, and macOS may store an accented
letter as two characters. A path that worked on one system may then name nothing on another.
"""

import os
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path


class Listings:
    """The names in folders, each folder read once."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._folded: dict[str, tuple[dict[str, str], dict[str, str]]] = {}

    def names(self, folder: str | Path) -> set[str]:
        """Return the names in a folder; none if it cannot be read."""
        key = os.fspath(folder)
        if key not in self._names:
            try:
                with os.scandir(key) as entries:
                    self._names[key] = {entry.name for entry in entries}
            except (OSError, ValueError):
                self._names[key] = set()
        return self._names[key]

    def find(self, folder: str | Path, name: str) -> str | None:
        """Return how a name is spelled in a folder: as it is, in other characters, in other case.

        Args:
            folder: The folder.
            name: The name of a file or folder in it.

        Returns:
            The name as it is there; None if there is none, or several that differ in case only and
            none is spelled as asked for.
        """
        names = self.names(folder)
        if name in names:
            return name
        key = os.fspath(folder)
        if key not in self._folded:
            self._folded[key] = (_by(names, normal), _by(names, caseless))
        as_normal, as_caseless = self._folded[key]
        return as_normal.get(normal(name)) or as_caseless.get(caseless(name)) or None

    def respell(self, path: Path) -> Path | None:
        """Return the path of an existing file that differs in spelling only; None if none does."""
        missing: list[str] = []
        folder = path
        while not _is_dir(folder):
            if folder.parent == folder:
                return None
            missing.append(folder.name)
            folder = folder.parent
        for name in reversed(missing):
            found = self.find(folder, name)
            if found is None:
                return None
            folder = folder / found
        return folder if missing and folder.exists() else None


def normal(name: str) -> str:
    """Return a name in composed characters, as Windows and Linux write it."""
    return unicodedata.normalize("NFC", name)


def caseless(name: str) -> str:
    """Return a name in a form that is the same in upper and lower case."""
    return normal(name).casefold()


def _by(names: Iterable[str], form: Callable[[str], str]) -> dict[str, str]:
    """Return the names by a form of them; "" where several have the same."""
    found: dict[str, str] = {}
    for name in names:
        key = form(name)
        found[key] = "" if key in found else name
    return found


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
