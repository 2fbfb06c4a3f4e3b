"""Journals that nobody writes any more: work lost with the program that held it."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from attrs import field, frozen

from sleap.core.labels import Labels
from sleap.editing.journal.folder import ASIDE, SUFFIX, is_abandoned, journal_folder
from sleap.editing.journal.head import Head
from sleap.editing.journal.records import BACK, EDIT, REDO, UNDO, Piece, Record, read
from sleap.editing.journal.replay import MismatchError, Replayed, replay
from sleap.errors import FormatError

logger = logging.getLogger(__name__)

EMPTY_LIMIT = 3600
"""Seconds after which a journal that says not even whose it is goes."""


@frozen
class LostWork:
    """Edits of a document that was never saved.

    Args:
        path: The project; None for one that had no file yet.
        when: When the last edit was made.
        n_edits: How many edits there are; undoing and redoing counts.
        titles: What they are called, in order, without those undone.
        journal: The journal.
    """

    path: Path | None
    when: datetime
    n_edits: int
    titles: list[str]
    journal: Path = field(repr=False)

    def replay(self, load: Callable[..., Labels]) -> Replayed:
        """Bring the work back.

        Raises:
            MismatchError: If the project has changed since; then the journal is set aside, under a
                name that the message tells.
            SleapError: If the project cannot be read, or the journal is damaged.
        """
        try:
            return replay(self.journal, load)
        except (MismatchError, FormatError) as error:
            aside = self.set_aside()
            raise type(error)(f"{error} The journal is kept as '{aside}'.") from error

    def read_from(self, records: Sequence[Record]) -> list[Piece]:
        """Return the bytes of records of the journal, the last so many."""
        if not records:
            return []
        with self.journal.open("rb") as file:
            file.seek(records[0].start)
            return [file.read(records[-1].end - records[0].start)]

    def set_aside(self) -> Path:
        """Rename the journal, so that it is offered no more; return its new path."""
        aside = self.journal.with_name(self.journal.name + ASIDE)
        self.journal.replace(aside)
        return aside

    def discard(self) -> None:
        """Throw the work away."""
        self.journal.unlink(missing_ok=True)


def find_lost(folder: Path | None = None) -> list[LostWork]:
    """Find the work of programs that were stopped before they saved it, newest first.

    Args:
        folder: Where the journals lie; None: that of the user.
    """
    found = []
    for path in sorted((folder or journal_folder()).glob(f"*{SUFFIX}")):
        with suppress(OSError):
            try:
                lost = _inspect(path)
            except FormatError as error:
                logger.warning("A journal is left where it is. %s", error)
                continue
            if lost is not None:
                found.append(lost)
    return sorted(found, key=lambda one: one.when, reverse=True)


def _inspect(path: Path) -> LostWork | None:
    """Look into a journal; None if its program lives, or it holds no edit: then it goes."""
    head: Head | None = None
    done: list[tuple[int, str]] = []
    undone: list[tuple[int, str]] = []
    n_edits = 0
    for record in read(path):
        if head is None:
            head = Head.read(record)
            if not is_abandoned(head.holder, path):
                return None
            continue
        n_edits += record.kind in (EDIT, UNDO, REDO, BACK)
        if record.kind == EDIT and not record.value.get("join"):
            done.append((record.value["number"], str(record.value["title"])))
        elif record.kind == UNDO and done:
            undone.append(done.pop())
        elif record.kind == REDO and undone:
            done.append(undone.pop())
        elif record.kind == BACK:
            done = [one for one in done if one[0] != record.value["number"]]
    if not n_edits:
        if head is not None or time.time() - path.stat().st_mtime > EMPTY_LIMIT:
            path.unlink()
        return None
    assert head is not None
    when = datetime.fromtimestamp(path.stat().st_mtime)
    return LostWork(
        head.source if head.is_project else None, when, n_edits, [title for _, title in done], path
    )
