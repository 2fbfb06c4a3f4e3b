"""Writes down what is done to labels, as it is done."""

import logging
import os
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import RLock

from sleap.core.labels import Labels
from sleap.core.tables import IntArray
from sleap.editing.history import Entry
from sleap.editing.journal.base import Base
from sleap.editing.journal.file import JournalFile
from sleap.editing.journal.folder import SUFFIX, journal_folder
from sleap.editing.journal.head import Head, pack_base
from sleap.editing.journal.ledger import Draft, Ledger
from sleap.editing.journal.records import MAGIC, MARK, Piece, pack
from sleap.io.atomic import explain
from sleap.io.guard import FileState

logger = logging.getLogger(__name__)


class Journal:
    """The journal of one document.

    There is no file until something was edited, nor after everything was saved. If the disk
    refuses, that is logged once and editing goes on without: ``problem`` says why.

    Args:
        labels: The labels, as they were read or as the records so far left them.
        head: What the journal builds on.
        ledger: What the records so far have told; None at the beginning.
        records: Records to begin with.
        folder: Where it lies; None: that of the user.

    Attributes:
        problem: Why there is no journal; "" if there is.
    """

    def __init__(
        self,
        labels: Labels,
        head: Head,
        *,
        ledger: Ledger | None = None,
        records: Iterable[Piece] = (),
        folder: Path | None = None,
    ) -> None:
        self.problem = ""
        self._labels = labels
        self._head = head
        self._ledger = ledger or Ledger(labels)
        self._folder = folder or journal_folder()
        self._file: JournalFile | None = None
        self._lock = RLock()
        """Held while a record is made of what the ledger says, and written."""
        self._intro: list[Piece] = []
        """Records that follow the head once there is a file."""
        self._mark = 0
        self._mark_ends = 0
        """Where the records since the last mark begin."""
        self._base_span = 0, 0
        """Where the record lies that says what is being saved."""
        self._has_missed = False
        """Whether an edit since the last mark could not be written."""
        if first := list(records):
            self._append(first)

    @property
    def path(self) -> Path | None:
        """The file; None while there is none."""
        return None if self._file is None else self._file.path

    # -- edits ----------------------------------------------------------------------------------

    def draft(self) -> Draft:
        """Begin to write an edit."""
        return Draft(self._ledger.objects)

    def edit(self, entry: Entry, draft: Draft, *, is_joined: bool) -> None:
        """Write an edit that was done."""
        self._append(self._ledger.pack_edit(self._labels, entry, draft, is_joined=is_joined))

    def needs_points(self, entry: Entry) -> bool:
        """Tell whether undoing an edit has to say which points only its changes knew."""
        return entry.number not in self._ledger.known

    def undo(self, entry: Entry, forgotten: IntArray) -> None:
        """Write that an edit was undone; see ``Ledger.pack_undo``."""
        self._append(self._ledger.pack_undo(self._labels, entry, forgotten))

    def redo(self, entry: Entry) -> None:
        """Write that an edit was done again."""
        self._append(self._ledger.pack_redo(self._labels, entry))

    # -- saving ---------------------------------------------------------------------------------

    def mark(self) -> int:
        """Note that the labels are being saved as they are; return the number of the mark."""
        with self._lock:
            self._mark = secrets.randbits(48)
            self._base_span = 0, 0
            self._ledger.mark(self._labels)
            record = pack(MARK, {"mark": self._mark})
            if self._file is None:
                self._intro = record
            else:
                self._append(record, is_edit=False)
                self._mark_ends = self._file.size
            self._has_missed = False
            return self._mark

    def describe(self, mark: int, base: Base) -> None:
        """Note what the file will hold; from any thread, before the file is replaced."""
        with self._lock:
            record = pack_base(mark, base)
            if self._file is None:
                self._intro += record
            else:
                start = self._file.size
                self._append(record, is_edit=False)
                self._base_span = start, self._file.size
        self.flush()

    def saved(self, mark: int, base: Base, path: Path, state: FileState | None) -> None:
        """Begin anew, as all up to a mark is in a file now; what was done since stays.

        Args:
            mark: The number of the mark; an old one changes nothing.
            base: What the file holds.
            path: The file.
            state: What it looks like.
        """
        if mark != self._mark or self._has_missed:
            return
        with self._lock:
            self._head = Head(path, state, is_project=True, base=base)
            self._intro = []
            self.problem = ""
            if self._file is None:
                return
            old = self._file
            try:
                old.flush()
                with old.path.open("rb") as file:
                    file.seek(self._mark_ends)
                    rest = file.read()
                start, end = (max(place - self._mark_ends, 0) for place in self._base_span)
                rest = rest[:start] + rest[end:]
                self._file = self._start([rest]) if rest else None
            except OSError as error:
                # The old journal serves as well: it tells what is in the file.
                logger.warning("A new journal cannot be begun: %s.", explain(error))
                return
            old.close()
            with suppress(OSError):
                old.path.unlink()

    def close(self, *, discard: bool = True) -> None:
        """Stop writing.

        Args:
            discard: Whether the journal is of no use any more, and goes.
        """
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                file.close()
                if discard:
                    file.path.unlink(missing_ok=True)

    def flush(self) -> None:
        """Wait until all is on the disk."""
        if self._file is not None:
            self._file.flush()

    # -- inside ---------------------------------------------------------------------------------

    def _append(self, pieces: list[Piece], *, is_edit: bool = True) -> None:
        with self._lock:
            if self.problem:
                self._has_missed |= is_edit
                return
            try:
                if self._file is None:
                    self._file = self._start(self._intro + pieces)
                else:
                    self._file.append(pieces)
            except OSError as error:
                self._has_missed |= is_edit
                self.problem = f"Edits cannot be kept on the disk until you save: {explain(error)}."
                logger.warning("%s", self.problem)

    def _start(self, pieces: list[Piece]) -> JournalFile:
        """Begin a file with the head."""
        head = self._head.pack()
        stem = f"{time.strftime('%Y-%m-%d_%H-%M-%S')}-{os.getpid()}-{secrets.token_hex(3)}"
        file = JournalFile(self._folder / f"{stem}{SUFFIX}", [*head, *pieces])
        self._mark_ends = len(MAGIC) + sum(map(len, head))
        return file
