"""Labels that are being edited: every change is an edit that can be undone."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from sleap.core.labels import Labels
from sleap.editing.history import Entry, History
from sleap.editing.touched import Touched
from sleap.editing.transaction import Transaction

R = TypeVar("R")

Listener = Callable[[Touched], None]

logger = logging.getLogger(__name__)


class Document:
    """Labels with their history.

    Args:
        labels: The labels; from now on changed only through ``run``.

    Attributes:
        labels: The labels.
        history: What was done.
    """

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.history = History()
        self._listeners: list[Listener] = []
        self._is_busy = False
        self._saved: Entry | None = None

    @classmethod
    def new(cls) -> "Document":
        """Make a document without anything in it."""
        return cls(Labels())

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
        transaction = Transaction(self.labels)
        try:
            try:
                result = edit(transaction, *args, **kwargs)
            except BaseException:
                transaction.roll_back()
                raise
            if not transaction.changes:
                return result
            name = title or getattr(edit, "__name__", "edit").replace("_", " ").strip().capitalize()
            if self.history.can_join(join):
                self.history.done[-1].join(transaction.changes)
            else:
                self.history.push(Entry(name, transaction.changes, join))
            touched = self._touched(transaction.changes)
        finally:
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
            for change in reversed(entry.changes):
                change.revert(self.labels)
            self.history.undone.append(entry)
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
        return self.history.position is not self._saved

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have a function called after every edit, undo and redo; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # -- inside ---------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._is_busy:
            raise RuntimeError("an edit cannot run, undo or redo within an edit")
        self._is_busy = True

    def _touched(self, changes: list[Any]) -> Touched:
        return Touched.union(change.touched(self.labels) for change in changes)

    def _tell(self, touched: Touched) -> None:
        for listener in list(self._listeners):
            try:
                listener(touched)
            except Exception:
                logger.exception("A view could not follow an edit.")
