"""Saving in the background, and closing only what is saved or given up."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sleap.gui import jobs
from sleap.gui.actions import file
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.elsewhere import Replace, ask_changed
from sleap.gui.dialogs.unsaved import Unsaved, ask_unsaved
from sleap.io import guard

Then = Callable[[], None]


class SavingWindow(Window, Protocol):
    """A window that saves."""

    def show_title(self) -> None:
        """Show what is open, and whether it is modified."""

    def note_place(self) -> None:
        """Remember where the user is in the project."""


class Saves:
    """The saves of a window, one after the other.

    Args:
        window: The window.
    """

    def __init__(self, window: SavingWindow) -> None:
        self._window = window
        self._job: jobs.Job | None = None
        self._waiting: list[Then] = []

    @property
    def is_running(self) -> bool:
        """Whether a save is under way."""
        return self._job is not None

    def save(self, path: Path | None = None, then: Then | None = None) -> None:
        """Save in the background; after the save that is under way, if there is one.

        Args:
            path: Where to; None: where the project was before.
            then: Called when it is saved.
        """
        if self._job is not None:
            self._waiting.append(lambda: self.save(path, then))
            return
        window = self._window
        document, backups = window.session.document, window.preferences.backups
        target = path or document.path
        if target is not None and guard.has_changed(document.labels, target):
            answer = ask_changed(window.widget, target.name)
            if answer is Replace.OTHER_NAME:
                path = file.ask_path(window)
            if answer is Replace.CANCEL or (answer is Replace.OTHER_NAME and path is None):
                return
        saving = window.attempt("Save", lambda: document.prepare_save(path, backups=backups))
        if saving is None:
            return

        def done(_: object) -> None:
            saving.finish()
            window.tell(f"Saved: {saving.path}")
            window.show_title()
            window.attempt("Note recent project", window.note_place)
            if then is not None:
                self._waiting.append(then)

        self._job = jobs.run(window.widget, f"Save {saving.path.name}", lambda _: saving(), done)
        self._job.finished.connect(self._go_on)

    def may_close(self) -> bool:
        """Tell whether the window may be closed now.

        What is not saved is asked about; if it is to be saved first, or a save is under way, the
        window closes when that is done.
        """
        if self._job is not None:
            self._waiting.append(self._close)
            return False
        document = self._window.session.document
        if not document.is_modified:
            return True
        answer = ask_unsaved(self._window.widget, document.title)
        if answer is Unsaved.SAVE:
            path = file.ask_path(self._window) if document.path is None else document.path
            if path is not None:
                self.save(path, self._close)
        return answer is Unsaved.DISCARD

    def _close(self) -> None:
        self._window.close()

    def _go_on(self) -> None:
        self._job = None
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
