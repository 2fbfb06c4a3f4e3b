"""The labeling program: ``sleap-label``, or ``python -m sleap.gui.app``."""

import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from qtpy.QtCore import QEvent, QObject, Qt, QTimer
from qtpy.QtGui import QGuiApplication
from qtpy.QtWidgets import QApplication, QWidget

from sleap.editing.document import Document
from sleap.editing.journal.lost import find_lost
from sleap.gui import jobs, recent
from sleap.gui.actions.paths import choose_dialogs
from sleap.gui.dialogs.message import show_error
from sleap.gui.dialogs.recovery import Recovery, ask_recovery
from sleap.gui.help import pages
from sleap.gui.help.log import keep_log
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program

PATIENCE = 1000
"""Milliseconds after which a window that nobody can see counts as painted."""


class FirstPaint(QObject):
    """Waits until a widget is painted for the first time, and does something then, once.

    It is to be kept until then.

    Args:
        widget: What is waited for.
        then: What is done.
    """

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__()
        self._widget, self._then = widget, then
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go)
        self._timer.start(PATIENCE)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin once what is being painted is on the screen."""
        if event.type() == QEvent.Type.Paint and self._timer.isActive():
            self._timer.start(0)
        return False

    def _go(self) -> None:
        self._widget.removeEventFilter(self)
        self._then()


def run(project: Path | None = None, *, nonnative: bool = False, reset: bool = False) -> int:
    """Run the labeling program until its last window is closed.

    Args:
        project: What to open; None: a new project.
        nonnative: Whether to use the file dialogs of Qt.
        reset: Whether to forget the wishes of the user first.

    Returns:
        The exit status.
    """
    app = make_app()
    choose_dialogs(nonnative=nonnative)
    program = Program(app, MainWindow)
    if reset:
        program.reset_preferences()
    window = program.show(Document.new())
    assert isinstance(window, MainWindow)
    waiting = FirstPaint(window.canvas, lambda: begin(window, project))
    # Python looks at Ctrl+C only when it runs: let it, now and then.
    signal.signal(signal.SIGINT, lambda *_: app.quit())
    ticking = QTimer(app)
    ticking.start(300)
    ticking.timeout.connect(lambda: None)
    status = app.exec()
    del waiting
    return status


def make_app() -> QApplication:
    """Return the application, made if there is none yet."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(sys.argv[:1])
    app.setApplicationName("sleap-label")
    app.setApplicationDisplayName("SLEAP")
    app.setDesktopFileName("sleap-label")
    keep_log()
    jobs.set_reporter(show_error)
    return app


def begin(window: MainWindow, project: Path | None) -> None:
    """Do what is done once the first window is there: offer lost work, open the project.

    In this order: a project that is recovered is open then, and not opened a second time.
    """
    for problem in window.program.problems:
        window.tell(problem)
    offer_recovery(window)
    if project is not None:
        window.open_project(project)
    if project is None and not window.preferences.hints_seen and not recent.load():
        pages.show_hints(window)


def offer_recovery(window: MainWindow) -> None:
    """Offer work that was lost with a program that did not end well."""
    while True:
        lost = find_lost()
        choice = ask_recovery(window, lost)
        if choice is None:
            return
        if choice.action is Recovery.DISCARD:
            window.attempt("Discard lost work", choice.lost.discard)
        else:
            document = window.attempt("Recover lost work", partial(Document.recover, choice.lost))
            if document is not None:
                window.open_document(document)


if __name__ == "__main__":
    from sleap.cli.main import label

    sys.exit(label())
