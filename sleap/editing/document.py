"""Labels that are being edited: every change is an edit that can be undone."""

import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import IntArray
from sleap.editing.changes.change import Change
from sleap.editing.history import Entry, History
from sleap.editing.journal.head import Head
from sleap.editing.journal.journal import Journal
from sleap.editing.journal.lost import LostWork
from sleap.editing.saving import Saving
from sleap.editing.touched import Touched
from sleap.editing.transaction import Transaction
from sleap.errors import FileError
from sleap.io import guard

R = TypeVar("R")

Listener = Callable[[Touched], None]

logger = logging.getLogger(__name__)


class Document:
    """Labels with their history.

    Made like this it lives in memory alone. ``new``, ``open`` and ``recover`` make documents that
    keep a journal on the disk: if the program is stopped, ``sleap.editing.journal.lost.find_lost``
    finds what was not saved.

    Args:
        labels: The labels; from now on changed only through ``run``.
        path: Where they are saved; None: nowhere yet.

    Attributes:
        labels: The labels.
        path: Where they are saved; None until they were saved first.
        history: What was done.
        journal: What writes it down; None in memory.
    """

    def __init__(self, labels: Labels, path: Path | None = None) -> None:
        self.labels = labels
        self.path = path
        self.history = History()
        self.journal: Journal | None = None
        self._name = path.name if path is not None else "Untitled"
        self._listeners: list[Listener] = []
        self._is_busy = False
        self._saved: Entry | None = None
        self._is_recovered = False
        self._next_number = 1

    @classmethod
    def new(cls) -> "Document":
        """Make a document without anything in it."""
        document = cls(Labels())
        document.journal = Journal(document.labels, Head())
        return document

    @classmethod
    def open(
        cls, path: str | Path, *, format: str | None = None, videos_search: Sequence[Path] = ()
    ) -> "Document":
        """Read a project, or labels of any other format: those have to be saved as a project.

        Args:
            path: The file.
            format: Name of its format; None to tell it from the file.
            videos_search: Folders in which videos may lie, to look in after that of the file.

        Raises:
            SleapError: If the file cannot be read.
        """
        from sleap.io.files import load_file

        source = Path(path).absolute()
        labels = load_file(source, format=format, videos_search=videos_search)
        is_project = _is_project(source)
        document = cls(labels, source if is_project else None)
        document._name = source.name
        state = guard.known_state(labels, source)
        head = Head(source, state, is_project, format=format)
        document.journal = Journal(labels, head)
        return document

    @classmethod
    def recover(cls, lost: LostWork) -> "Document":
        """Bring lost work back: a document as it was, with its undo back to the last save.

        Args:
            lost: What ``find_lost`` found; its journal is taken over.

        Raises:
            SleapError: If the project has changed since, or cannot be read; the work is kept, and
                the message says where.
        """
        from sleap.io.files import load_file

        replayed = lost.replay(load_file)
        head = replayed.head
        document = cls(replayed.labels, head.source if head.is_project else None)
        document._name = "Untitled" if head.source is None else head.source.name
        document.history = replayed.history
        document._next_number = replayed.n_numbers
        document._is_recovered = True
        document.journal = Journal(
            replayed.labels,
            head,
            ledger=replayed.ledger,
            records=lost.read_from(replayed.records),
        )
        if not document.journal.problem:
            lost.discard()
        return document

    # -- editing --------------------------------------------------------------------------------

    def run(
        self,
        edit: Callable[..., R],
        *args: Any,
        title: str | None = None,
        join: object = None,
        **kwargs: Any,
    ) -> R:
        """Do an edit, as one step to undo.

        Args:
            edit: A function of a transaction; if it raises, nothing is changed.
            *args: What else it is given.
            title: What it is called in the menu; None: its name.
            join: Consecutive edits of the same key become one step: the moves of one drag.
            **kwargs: What else it is given by name.

        Returns:
            What the edit returns.
        """
        self._begin()
        draft = None if self.journal is None else self.journal.draft()
        transaction = Transaction(self.labels, None if draft is None else draft.add)
        try:
            try:
                result = edit(transaction, *args, **kwargs)
            except BaseException:
                transaction.roll_back()
                raise
            if not transaction.changes:
                return result
            is_joined = self.history.can_join(join)
            entry = self._enter(transaction.changes, title or _name(edit), join)
            if self.journal is not None and draft is not None:
                self.journal.edit(entry, draft, is_joined=is_joined)
                draft = None
            touched = self._touched(transaction.changes)
        finally:
            if draft is not None:
                draft.discard()
            self._is_busy = False
        self._tell(touched)
        return result

    def undo(self) -> str | None:
        """Undo the last step; return its title, None if there is none."""
        if not self.history.done:
            return None
        self._begin()
        try:
            entry = self.history.done.pop()
            forgotten = self._revert(entry)
            self.history.undone.append(entry)
            if self.journal is not None:
                self.journal.undo(entry, forgotten)
            touched = self._touched(entry.changes)
        finally:
            self._is_busy = False
        self._tell(touched)
        return entry.title

    def redo(self) -> str | None:
        """Do the step that was undone last again; return its title, None if there is none."""
        if not self.history.undone:
            return None
        self._begin()
        try:
            entry = self.history.undone.pop()
            for change in entry.changes:
                change.apply(self.labels)
            self.history.done.append(entry)
            if self.journal is not None:
                self.journal.redo(entry)
            touched = self._touched(entry.changes)
        finally:
            self._is_busy = False
        self._tell(touched)
        return entry.title

    @property
    def undo_title(self) -> str | None:
        """What ``undo`` would undo."""
        return self.history.done[-1].title if self.history.done else None

    @property
    def redo_title(self) -> str | None:
        """What ``redo`` would do again."""
        return self.history.undone[-1].title if self.history.undone else None

    @property
    def is_modified(self) -> bool:
        """Whether there is anything to save."""
        return self._is_recovered or self.history.position is not self._saved

    @property
    def title(self) -> str:
        """What the document is called: the name of its file."""
        return self._name

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a function called after every edit, undo and redo; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # -- saving ---------------------------------------------------------------------------------

    def save(self, path: str | Path | None = None, *, backups: int = 5) -> None:
        """Write the project, and wait for it.

        Args:
            path: Where; None: where it was before.
            backups: How many earlier versions of the file to keep.

        Raises:
            SleapError: If it cannot be written; the old file is as it was.
        """
        saving = self.prepare_save(path, backups=backups)
        saving()
        saving.finish()

    def prepare_save(self, path: str | Path | None = None, *, backups: int = 5) -> Saving:
        """Take the labels as they are, to be saved while editing goes on.

        Args:
            path: Where to; None: where they were before.
            backups: How many earlier versions of the file to keep.

        Returns:
            What to call, in any thread, and then to ``finish`` in this one.

        Raises:
            FileError: If there is no path, or it is not that of a project.
        """
        if path is None and self.path is None:
            raise FileError("This project was never saved: say where to.")
        target = Path(path or self.path or "").absolute()
        if not _is_project(target):
            raise FileError(
                f"Cannot save the project as '{target}': projects are '.slp' files. Other formats "
                "hold less: export to them."
            )
        self._begin()
        self._is_busy = False
        return Saving(self, target, backups)

    def close(self) -> None:
        """End editing. What was not saved is gone: whoever closes has asked."""
        if self.journal is not None:
            self.journal.close()

    # -- for ``Saving`` -------------------------------------------------------------------------

    def mark(self) -> int:
        """Note in the journal that the labels are being saved as they are."""
        if self.history.done:
            self.history.done[-1].key = None
        return 0 if self.journal is None else self.journal.mark()

    def note_saved(self, path: Path, position: Entry | None) -> None:
        """Note that the labels were saved as they were at a position in the history."""
        self.path = path
        self._name = path.name
        self._saved = position
        self._is_recovered = False

    # -- inside ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._is_busy:
            raise RuntimeError("an edit cannot run, undo, redo or save within an edit")
        self._is_busy = True

    def _enter(self, changes: list[Change], title: str, join: object) -> Entry:
        """Add changes to the history, joined to the last entry if that has the same key."""
        if self.history.can_join(join):
            entry = self.history.done[-1]
            entry.join(changes)
        else:
            entry = Entry(title, changes, self._next_number, join)
            self._next_number += 1
            self.history.push(entry)
        return entry

    def _revert(self, entry: Entry) -> IntArray:
        """Undo changes; return the instances whose points the journal has to tell."""
        forgotten: list[IntArray] = []
        is_asked = self.journal is not None and self.journal.needs_points(entry)
        for change in reversed(entry.changes):
            change.revert(self.labels)
            if is_asked:
                forgotten.append(change.forgotten_points(self.labels))
        return np.unique(np.concatenate([np.empty(0, np.int64), *forgotten]))

    def _touched(self, changes: Iterable[Change]) -> Touched:
        return Touched.union(change.touched(self.labels) for change in changes)

    def _tell(self, touched: Touched) -> None:
        for listener in list(self._listeners):
            try:
                listener(touched)
            except Exception:
                logger.exception("A view could not follow an edit.")


def _name(edit: Callable[..., object]) -> str:
    return getattr(edit, "__name__", "edit").replace("_", " ").strip().capitalize()


def _is_project(path: Path) -> bool:
    return path.name.lower().endswith(".slp")
