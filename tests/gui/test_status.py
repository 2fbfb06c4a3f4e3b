import threading

from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.editing.edits import suggestions
from sleap.gui import jobs
from sleap.gui.session import Session
from sleap.gui.status import JobView, StatusBar
from sleap.progress import Progress


def test_tells_frame_range_and_counts(qtbot: QtBot, session: Session) -> None:
    status = StatusBar(session)
    qtbot.addWidget(status)
    assert status.frame.text() == "Video 1 of 2   ·   Frame 1 of 100"
    assert status.counts.text() == "Labeled: 3 of 3 frames   ·   Suggestions: 3"
    assert status.range.isHidden()
    session.go_to(41)
    session.set_range(41, 50)
    assert status.frame.text().endswith("Frame 42 of 100")
    assert status.range.text() == "Selected 42 to 51 (10 frames)"
    session.document.run(suggestions.clear_suggestions)
    qtbot.waitUntil(lambda: status.counts.text() == "Labeled: 3 of 3 frames")
    session.open(Session().document)
    assert status.counts.text() == "No videos yet" and status.frame.text() == ""


def test_messages_go_after_a_while(qtbot: QtBot, session: Session) -> None:
    status = StatusBar(session)
    qtbot.addWidget(status)
    status.tell("Saved.")
    assert status.currentMessage() == "Saved."


def test_jobs_are_shown_and_can_be_cancelled(qtbot: QtBot, session: Session) -> None:
    status = StatusBar(session)
    qtbot.addWidget(status)
    status.show()
    may_begin, may_go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        may_begin.wait()
        progress.begin("Count", 5_000_000_000)
        progress.advance(5_000_000_000)
        may_go_on.wait()
        progress.check()

    job = jobs.run(None, "Count sheep", work, lambda _: None)
    status.show_job(job)
    view = status.findChild(JobView)
    assert view is not None and view.label.text() == "Count sheep …"
    may_begin.set()
    qtbot.waitUntil(lambda: view.bar.maximum() > 0 and view.bar.value() > 0)
    assert view.bar.value() == view.bar.maximum() == 1_000_000
    qtbot.mouseClick(view.stop, Qt.MouseButton.LeftButton)
    assert "stopping" in view.label.text() and not view.stop.isEnabled()
    may_go_on.set()
    with qtbot.waitSignal(view.destroyed):
        pass
