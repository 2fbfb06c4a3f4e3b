r"""Names the places where a file may lie, from what a project says of it.

The order is told in ``sleap.video.locate``.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from attrs import field, frozen

from sleap.video import prefixes
from sleap.video.prefixes import Prefix
from sleap.video.spelling import Listings

RELATIVE = "relative to the project"
STORED = "as stored"
BESIDE = "beside the project"
PREFIX = "the prefix"
HERE = "in the working directory"


@frozen
class Place:
    """Where a file may lie, and by what rule."""

    path: Path
    rule: str


@frozen
class Clues:
    """What is known of where one file lies.

    Attributes:
        filename: The stored path, written on any system.
        search: Folders to look in, best first.
        relative: Its path from the folder of the labels file, as noted at the last save.
        absolute: Its absolute path, as noted at the last save.
        size: Its size in bytes, if known.
        known: Prefixes to try; None for the remembered ones.
        listings: Folders that were listed already.
    """

    filename: str
    search: tuple[Path, ...] = ()
    relative: str = ""
    absolute: str = ""
    size: int | None = None
    known: Sequence[Prefix] | None = None
    listings: Listings = field(factory=Listings)


def places(clues: Clues) -> Iterator[Place]:
    """Name the places where a file may lie, likeliest first.

    Yields:
        Places, whether there is a file or not, each path once.
    """
    seen: set[Path] = set()
    for place in _candidates(clues):
        if place.path not in seen:
            seen.add(place.path)
            yield place


def _candidates(clues: Clues) -> Iterator[Place]:
    """Name places in order; some more than once."""
    stored = clues.filename
    if not prefixes.split(stored):
        return
    names = [stored, stored.replace("\\", "/")] if "\\" in stored else [stored]
    is_rooted = prefixes.is_rooted(stored)
    relative = [] if is_rooted else names
    if clues.relative and not prefixes.is_rooted(clues.relative):
        relative = [clues.relative, *relative]  # noted later than the path was stored
    for folder in clues.search:
        for name in relative:
            yield _place(folder, name, rule=RELATIVE)
    for name in [*names, clues.absolute]:
        if Path(name).is_absolute():
            yield _place(name, rule=STORED)
    parts = [part for part in prefixes.split(stored) if not re.fullmatch(r"[A-Za-z]:", part)]
    parts[0] = re.sub(r"^[A-Za-z]:", "", parts[0])
    tails = [parts[first:] for first in range(len(parts))]
    for folder in clues.search:
        for tail in tails:
            yield _place(folder, *tail, rule=BESIDE)
    known = prefixes.remembered() if clues.known is None else clues.known
    for name in filter(None, (stored, clues.absolute)):
        for prefix, path in prefixes.apply_all(known, name):
            yield _place(path, rule=f"{PREFIX} {prefix}")
    here = Path.cwd()
    for tail in [[name] for name in names if not is_rooted] + tails:
        yield _place(here, *tail, rule=HERE)


def _place(*parts: str | Path, rule: str) -> Place:
    """Join a path; ".." is taken off by the names, as the relative paths of projects are made."""
    return Place(Path(os.path.normpath(Path(*parts).absolute())), rule)
