"""The labels file, our own format: projects, predictions and training packages."""

from collections.abc import Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.errors import SleapError
from sleap.io.format import FACETS, FORMATS, Format
from sleap.io.slp.append import recover
from sleap.io.slp.hdf5 import SIGNATURE, opened
from sleap.io.slp.journal import is_journal
from sleap.io.slp.read import read
from sleap.io.slp.spec import METADATA
from sleap.io.slp.write import write


def _recognizes(path: Path, head: bytes) -> bool:
    """Look inside what is not called ``.slp``: files of other programs are HDF5, too."""
    if is_journal(head):
        return True
    if not head.startswith(SIGNATURE):
        return False
    if path.name.lower().endswith(".slp"):
        return True
    try:
        with opened(path) as file:
            return METADATA in file
    except SleapError:
        return True  # the reader says what is wrong with it


def _read(path: Path, search: Sequence[Path]) -> Labels:
    with path.open("rb") as file:
        head = file.read(64)
    return recover(path, search=search) if is_journal(head) else read(path, search=search)


SLP = FORMATS.register("slp")(
    Format(
        "SLEAP labels", (".slp", ".h5", ".hdf5"), _recognizes, _read, write, holds=frozenset(FACETS)
    )
)
