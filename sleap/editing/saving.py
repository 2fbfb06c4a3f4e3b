"""Saving in three steps: prepared where labels are edited, done in any thread, finished there."""

from pathlib import Path
from typing import Protocol

from sleap.core.labels import Labels
from sleap.editing.history import Entry, History
from sleap.editing.journal.base import Base
from sleap.editing.journal.journal import Journal
from sleap.editing.snapshot import Snapshot
from sleap.io import guard


class Edited(Protocol):
    """What is saved, seen from below: a ``Document``."""

    labels: Labels
    history: History
    journal: Journal | None

    def mark(self) -> int:
        """Note in the journal that the labels are being saved as they are."""

    def note_saved(self, path: Path, position: Entry | None) -> None:
        """Note that the labels were saved as they were at a position in the history."""


class Saving:
    """A save under way. Call it, in any thread; then ``finish`` it where labels are edited.

    It writes the labels as they were when it was made, and looks at the live ones no more.

    Args:
        document: The document.
        path: Where to.
        backups: How many earlier versions of the file to keep.
    """

    def __init__(self, document: Edited, path: Path, backups: int) -> None:
        self.path = path
        self.is_done = False
        self._backups = backups
        self._document = document
        self._position = document.history.position
        self._base: Base | None = None
        self._state: guard.FileState | None = None
        self._snapshot = Snapshot(document.labels)
        self._mark = document.mark()

    def __call__(self) -> None:
        """Write the file.

        Raises:
            SleapError: If it cannot be written; the old one is as it was, and all edits are still
                in the journal.
        """
        from sleap.io.files import save_file

        labels = self._snapshot.labels()
        self._base = Base.of(labels)
        if self._document.journal is not None:
            self._document.journal.describe(self._mark, self._base)
        save_file(labels, self.path, backups=self._backups)
        self._state = guard.known_state(labels, self.path)
        self.is_done = True

    def finish(self) -> None:
        """Let the document know.

        Raises:
            ValueError: If the file was not written.
        """
        if not self.is_done or self._base is None:
            raise ValueError("only a file that was written can be finished")
        guard.remember(self._document.labels, self.path, self._state)
        if self._document.journal is not None:
            self._document.journal.saved(self._mark, self._base, self.path, self._state)
        self._document.note_saved(self.path, self._position)
