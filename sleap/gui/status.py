"""The status bar: where the user is, what there is, what is being done."""

import numpy as np
from qtpy.QtCore import Qt, QTimer
from qtpy.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.tables import USER
from sleap.editing.touched import Kind, Touched
from sleap.gui.bridge import SessionSignals
from sleap.gui.jobs import Job
from sleap.gui.session import Session

COUNT_AFTER = 150
"""Milliseconds without an edit after which is counted anew."""

MESSAGE_FOR = 8000
"""Milliseconds for which a message stays."""

KINDS_COUNTED = Kind.INSTANCES | Kind.FRAMES | Kind.SUGGESTIONS | Kind.VIDEOS


class StatusBar(QStatusBar):
    """Tells frame, range and counts, and the progress of jobs.

    Args:
        session: What is shown.
        parent: The window.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.frame = QLabel()
        self.range = QLabel()
        self.counts = QLabel()
        for label in (self.frame, self.range, self.counts):
            label.setContentsMargins(8, 0, 8, 0)
            self.addPermanentWidget(label)
        self._jobs: dict[Job, JobView] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COUNT_AFTER)
        self._timer.timeout.connect(self.count)
        signals = SessionSignals(session, self)
        signals.frame_changed.connect(self._show_frame)
        signals.video_changed.connect(self._recount)
        signals.range_changed.connect(self._show_range)
        signals.document_changed.connect(self._recount)
        signals.labels_changed.connect(self._follow)
        self._recount()

    def tell(self, text: str) -> None:
        """Say something for a while."""
        self.showMessage(text, MESSAGE_FOR)

    def show_job(self, job: Job) -> None:
        """Show the progress of a job until it ends."""
        view = JobView(job, self)
        self._jobs[job] = view
        self.insertPermanentWidget(0, view)
        view.show()
        job.finished.connect(lambda: self._end(job))

    def count(self) -> None:
        """Count labeled frames and suggestions."""
        self._timer.stop()
        store = self._session.labels.store
        by_user = frames_of(store, choose_instances(store, None, USER))
        n_user = int(np.count_nonzero(np.bincount(by_user))) if len(by_user) else 0
        parts = [f"Labeled: {n_user:,} of {store.n_frames:,} frames"]
        n_suggestions = len(self._session.labels.suggestions)
        if n_suggestions:
            parts.append(f"Suggestions: {n_suggestions:,}")
        self.counts.setText("   ·   ".join(parts) if store.videos else "No videos yet")
        self.counts.setToolTip("Frames with instances set by you, of all that have labels")

    def _end(self, job: Job) -> None:
        view = self._jobs.pop(job, None)
        if view is not None:
            self.removeWidget(view)
            view.deleteLater()

    def _show_frame(self, frame_idx: int = 0) -> None:
        session = self._session
        if session.video is None:
            self.frame.setText("")
            return
        text = f"Frame {session.frame_idx + 1:,} of {session.n_frames:,}"
        n_videos = len(session.labels.videos)
        if n_videos > 1:
            text = f"Video {session.video_number + 1} of {n_videos}   ·   {text}"
        self.frame.setText(text)

    def _show_range(self) -> None:
        chosen = self._session.frame_range
        self.range.setVisible(chosen is not None)
        if chosen is not None:
            n_chosen = chosen[1] - chosen[0] + 1
            text = f"Selected {chosen[0] + 1:,} to {chosen[1] + 1:,} ({n_chosen:,} frames)"
            self.range.setText(text)

    def _recount(self) -> None:
        self._show_frame()
        self._show_range()
        self.count()

    def _follow(self, touched: Touched) -> None:
        if touched.kinds & KINDS_COUNTED:
            self._timer.start()
        if touched.kinds & Kind.VIDEOS:
            self._show_frame()


class JobView(QWidget):
    """A job in the status bar: what it does, how far it is, and a way to stop it.

    Args:
        job: The job.
        parent: The status bar.
    """

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 4, 0)
        layout.setSpacing(6)
        self.label = QLabel(f"{job.title} …")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFixedSize(130, 10)
        self.bar.setTextVisible(False)
        self.stop = QToolButton()
        self.stop.setText("Cancel")
        self.stop.setAutoRaise(True)
        self.stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stop.clicked.connect(self.cancel)
        for widget in (self.label, self.bar, self.stop):
            layout.addWidget(widget)
        job.progressed.connect(self._show)

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._job.cancel()
        self.stop.setEnabled(False)
        self.label.setText(f"{self._job.title}: stopping …")

    def _show(self, stage: str, done: int, total: int) -> None:
        if total:
            scale = max(1, total // 1_000_000)
            self.bar.setRange(0, total // scale)
            self.bar.setValue(done // scale)
        else:
            self.bar.setRange(0, 0)
        if self.stop.isEnabled():
            self.label.setToolTip(stage)
