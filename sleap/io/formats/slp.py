"""The labels file, our own format: projects, predictions and training packages."""

from collections.abc import Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.io.format import FACETS, FORMATS, Format
from sleap.io.slp.append import recover
from sleap.io.slp.hdf5 import SIGNATURE
from sleap.io.slp.journal import is_journal
from sleap.io.slp.read import read
from sleap.io.slp.write import write


def _recognizes(path: Path, head: bytes) -> bool:
    return head.startswith(SIGNATURE) or is_journal(head)


def _read(path: Path, search: Sequence[Path]) -> Labels:
    with path.open("rb") as file:
        head = file.read(64)
    return recover(path, search=search) if is_journal(head) else read(path, search=search)


SLP = FORMATS.register("slp")(
    Format(
        "SLEAP labels", (".slp", ".h5", ".hdf5"), _recognizes, _read, write, holds=frozenset(FACETS)
    )
)
