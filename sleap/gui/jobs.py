"""Long work in threads: progress in the window, a way to stop it, and what went wrong told.

Work never touches widgets or live labels; what it returns is handed to ``done`` in the thread of
the window.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol, TypeVar, runtime_checkable

from qtpy.QtCore import QObject, Qt, Signal
from qtpy.QtWidgets import QMessageBox, QWidget

from sleap.errors import CancelledError, SleapError
from sleap.progress import Progress

T = TypeVar("T")

logger = logging.getLogger(__name__)

REPORT_EVERY = 0.05
"""Seconds between two reports of progress that reach the window."""

Reporter = Callable[[QWidget | None, str, BaseException], None]
"""Shows an error: the widget it belongs to, what was being done, the error."""


@runtime_checkable
class ShowsJobs(Protocol):
    """A window that has a place for the progress of jobs."""

    def show_job(self, job: "Job") -> None:
        """Show the progress of a job until it ends."""


class Job(QObject):
    """One piece of work under way.

    Args:
        title: What is being done.
        parent: The widget it is done for.

    Attributes:
        title: What is being done.
        progress: What the work reports to.
        is_running: Whether it has not ended yet.
    """

    progressed = Signal(str, object, object)
    """The stage, steps done, and how many there are (0: not known)."""
    said = Signal(str)
    finished = Signal()
    """It ended, in whatever way; last of all signals."""
    _ended = Signal(object, object)

    def __init__(self, title: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.progress: Progress = _Reports(self)
        self.is_running = True
        self._thread: threading.Thread | None = None

    def cancel(self) -> None:
        """Ask the work to stop; it does so when it looks next."""
        self.progress.is_cancelled = True

    def wait(self) -> None:
        """Wait for the work itself; ``done`` is still to come, through the event loop."""
        if self._thread is not None:
            self._thread.join()

    def start(self, work: Callable[[Progress], Any], finish: Callable[[Any, Any], None]) -> None:
        """Begin; ``finish`` is given the result and the error, one of them None."""
        # The receiver is this object, in the thread of the window, whoever emits.
        self._finish = finish
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, args=(work,), name=self.title)
        self._thread.daemon = True
        self._thread.start()

    def _work(self, work: Callable[[Progress], Any]) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            result = work(self.progress)
        except BaseException as caught:
            error = caught
        try:
            self._ended.emit(result, error)
        except RuntimeError:  # the window, and this object with it, is gone
            logger.info("'%s' ended after its window was closed.", self.title)

    def _end(self, result: Any, error: BaseException | None) -> None:
        self.is_running = False
        running.discard(self)
        try:
            self._finish(result, error)
        finally:
            self.finished.emit()
            self.deleteLater()


class _Reports(Progress):
    """Passes the progress of work in a thread on to the window, not too often."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stages: list[tuple[str, int, int]] = []
        self._told = 0.0

    def begin(self, title: str, total: int | None = None) -> None:
        self._stages.append((title, 0, total or 0))
        self._tell()

    def advance(self, steps: int = 1, **facts: float | int | str) -> None:
        if not self._stages:
            return
        title, done, total = self._stages[-1]
        self._stages[-1] = title, done + steps, total
        now = time.monotonic()
        if now - self._told >= REPORT_EVERY or done + steps == total:
            self._tell()

    def say(self, text: str) -> None:
        self._job.said.emit(text)

    def end(self) -> None:
        if self._stages:
            self._stages.pop()
        if self._stages:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        self._job.progressed.emit(*self._stages[-1])


running: set[Job] = set()
"""All jobs that have not ended, of all windows."""


def run(
    parent: QWidget | None,
    title: str,
    work: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[BaseException], None] | None = None,
) -> Job:
    """Do work in a thread.

    Args:
        parent: The widget it is done for; its window shows the progress, if it can.
        title: What is being done, in a few words: "Save day1.slp".
        work: The work, given what it reports its progress to.
        done: Called with its result, in the thread of the window.
        failed: Called with the error instead of showing it; not if the user cancelled it.

    Returns:
        The job.
    """
    job = Job(title, parent)
    running.add(job)

    def finish(result: Any, error: BaseException | None) -> None:
        if error is None:
            done(result)
        elif failed is not None:
            failed(error)
        elif not isinstance(error, CancelledError):
            report(parent, title, error)

    window = None if parent is None else parent.window()
    if isinstance(window, ShowsJobs):
        window.show_job(job)
    job.start(work, finish)
    return job


# -- errors ---------------------------------------------------------------------------------------


def _show_plainly(parent: QWidget | None, title: str, error: BaseException) -> None:
    text = str(error) if isinstance(error, SleapError) else f"{type(error).__name__}: {error}"
    QMessageBox.warning(parent, title, text)


_reporter: list[Reporter] = [_show_plainly]


def set_reporter(reporter: Reporter) -> None:
    """Have errors shown by a better dialog than the plain one."""
    _reporter[0] = reporter


def report(parent: QWidget | None, title: str, error: BaseException) -> None:
    """Show an error."""
    if not isinstance(error, SleapError):
        logger.error("%s failed.", title, exc_info=error)
    _reporter[0](parent, title, error)
