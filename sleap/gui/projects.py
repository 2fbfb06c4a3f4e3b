"""Opening: projects read in the background, those open elsewhere, and files that are dropped."""

import gc
from pathlib import Path
from typing import Protocol

from qtpy.QtCore import QObject, QTimer
from qtpy.QtWidgets import QWidget

from sleap.editing.document import Document
from sleap.gui import jobs, recent
from sleap.gui.actions import videos
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.elsewhere import ask_elsewhere
from sleap.io.guard import Lock, LockedError
from sleap.progress import Progress

REFRESH_EVERY = 5 * 60_000
"""Milliseconds after which a lock shows again that its program lives."""


class OpeningWindow(Window, Protocol):
    """A window that opens projects."""

    def show_document(self, document: Document) -> Window:
        """Show a document, here or in another window; return which."""

    def raise_open(self, path: Path) -> bool:
        """Put the window on top in which a project is open; tell whether there is one."""


def open_project(window: OpeningWindow, path: Path, format: str | None = None) -> None:
    """Read labels in the background, show them, and ask for videos that are not found.

    Args:
        window: From where they are opened.
        path: A project, or a file of any other format.
        format: Name of its format; None to tell it from the file.
    """
    if window.raise_open(path) or not may_share(window.widget, path):
        return

    def work(progress: Progress) -> Document:
        progress.begin(f"Read {path.name}")
        document = Document.open(path, format=format)
        spare_from_collection()
        return document

    def done(document: Document) -> None:
        shown = window.show_document(document)
        if document.path is not None:
            window.attempt("Note recent project", lambda: recent.note(path))
        videos.find_missing(shown, path.absolute(), is_asked=False)

    jobs.run(window.widget, f"Open {path.name}", work, done)


def spare_from_collection() -> None:
    """Keep what lives now out of later garbage collections.

    With a project of 100,000 suggestions, each full collection stops the window for 20 ms. What was
    spared before is looked at first, so that closed projects are let go.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def may_share(parent: QWidget, path: Path) -> bool:
    """Tell whether nobody else has a project open, or the user opens it all the same."""
    lock = Lock(path)
    if not path.is_file():
        return True
    try:
        lock.acquire()
    except LockedError as error:
        return ask_elsewhere(parent, path.name, error.holder)
    lock.release()
    return True


def receive(window: Window, files: list[Path]) -> None:
    """Add videos, and open projects and labels of other programs."""
    movies = [path for path in files if path.suffix.lower() in videos.MOVIES]
    for path in files:
        if path not in movies:
            window.open_project(path)
    if movies:
        videos.add_files(window, movies)


class Hold(QObject):
    """Tells other programs that a project is open here, with a lock beside it.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock: Lock | None = None
        self._path: Path | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._refresh)
        self._timer.start(REFRESH_EVERY)

    def keep(self, path: Path | None) -> None:
        """Hold this project, and no other; if somebody else does, that is left as it is."""
        if path == self._path:
            return
        if self._lock is not None:
            self._lock.release()
        self._path, self._lock = path, None
        if path is not None:
            lock = Lock(path, "sleap-label")
            try:
                lock.acquire()
            except LockedError:
                return
            self._lock = lock

    def _refresh(self) -> None:
        if self._lock is not None:
            self._lock.refresh()
