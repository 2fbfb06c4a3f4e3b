"""Finds files by name in folders and all folders below them, walked once for many videos."""

import os
from collections.abc import Iterable
from pathlib import Path

from sleap.video import prefixes
from sleap.video.spelling import caseless


class FolderSearch:
    """The names of all files in some folders, and below.

    Links to folders are not followed, so that the walk ends.

    Args:
        folders: Where to search.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        self._roots = [folder.absolute() for folder in folders]
        self._folders: dict[str, list[str]] | None = None

    def find(self, filename: str) -> list[Path]:
        """Return the files called as a stored path, those that share most of its end first.

        Args:
            filename: The stored path, of any system; names are compared without regard to case.

        Returns:
            The files that share equally many parts at the end with the stored path, as many as
            any file does; empty if no file has the name.
        """
        if self._folders is None:
            self._folders = self._walk()
        parts = [caseless(part) for part in prefixes.split(filename)]
        if not parts:
            return []
        found: dict[Path, int] = {}
        for folder in self._folders.get(parts[-1], ()):
            for name in os.listdir(folder):  # noqa: PTH208  (names only, of a folder of many)
                if caseless(name) == parts[-1]:
                    path = Path(folder, name)
                    found[path] = _count_same(parts, [caseless(part) for part in path.parts])
        best = max(found.values(), default=0)
        return sorted(path for path, n_same in found.items() if n_same == best)

    def _walk(self) -> dict[str, list[str]]:
        """Return the folders by the names of the files in them."""
        folders: dict[str, list[str]] = {}
        for root in self._roots:
            for folder, _, names in os.walk(root):
                for name in {caseless(name) for name in names}:
                    folders.setdefault(name, []).append(folder)
        return folders


def _count_same(one: list[str], other: list[str]) -> int:
    n_same = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        n_same += 1
    return n_same
