import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QApplication, QWidget

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.gui import app
from sleap.gui.dialogs.recovery import Recovery, RecoveryChoice
from sleap.gui.help.hints import HintsPanel
from sleap.gui.main_window import MainWindow
from tests.gui.conftest import finish_jobs

LIGHT = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import sys
from sleap.editing.document import Document
from sleap.gui.app import MainWindow, Program, make_app
window = Program(make_app(), MainWindow).show(Document.new())
QT = make_app()
QT.processEvents()
heavy = {"tensorflow", "keras", "openvino", "cv2", "h5py", "scipy", "av", "pandas"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}), flush=True)
os._exit(0)
"""


def test_the_first_window_needs_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT + "\n"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_there_is_one_application(qapp: QApplication) -> None:
    assert app.make_app() is qapp


def lose(path: Path) -> None:
    """Edit a project in a process that is killed."""
    program = f"""
import os
from sleap.editing.document import Document
from sleap.editing.edits import suggestions
document = Document.open({str(path)!r})
document.run(suggestions.add_suggestion, document.labels.videos[0], 77, title="Add Suggestion")
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", program], check=False, timeout=60)


def test_lost_work_is_offered_and_comes_back(
    qtbot: QtBot,
    window: MainWindow,
    labels: Labels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "project.slp"
    labels.save(path)
    lose(path)
    asked: list[list[str]] = []

    def ask(parent: object, lost: list[object]) -> RecoveryChoice | None:
        asked.append([one.titles for one in lost])  # type: ignore[attr-defined]
        return RecoveryChoice(lost[0], Recovery.RECOVER) if lost else None  # type: ignore[arg-type]

    monkeypatch.setattr(app, "ask_recovery", ask)
    app.offer_recovery(window)
    assert asked == [[["Add Suggestion"]], []]
    recovered = window.program.windows[-1].session.document
    assert recovered.path == path and recovered.is_modified
    assert [one.frame_idx for one in recovered.labels.suggestions] == [5, 10, 15, 77]


def test_lost_work_can_be_thrown_away(
    window: MainWindow, labels: Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "project.slp"
    labels.save(path)
    lose(path)
    counts: list[int] = []

    def ask(parent: object, lost: list[object]) -> RecoveryChoice | None:
        counts.append(len(lost))
        return RecoveryChoice(lost[0], Recovery.DISCARD) if lost else None  # type: ignore[arg-type]

    monkeypatch.setattr(app, "ask_recovery", ask)
    app.offer_recovery(window)
    assert counts == [1, 0]


def test_a_project_that_is_recovered_is_not_opened_a_second_time(
    qtbot: QtBot,
    window: MainWindow,
    labels: Labels,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "project.slp"
    labels.save(path)
    lose(path)

    def ask(parent: object, lost: list[object]) -> RecoveryChoice | None:
        return RecoveryChoice(lost[0], Recovery.RECOVER) if lost else None  # type: ignore[arg-type]

    monkeypatch.setattr(app, "ask_recovery", ask)
    window.take(Document(Labels()))
    app.begin(window, path)
    finish_jobs(qtbot)
    assert window.program.windows == [window]
    assert window.session.document.path == path and window.session.document.is_modified


def test_begins_with_a_project(
    qtbot: QtBot, window: MainWindow, labels: Labels, tmp_path: Path
) -> None:
    path = tmp_path / "project.slp"
    labels.save(path)
    window.take(Document(Labels()))
    app.begin(window, path)
    qtbot.waitUntil(lambda: len(window.session.labels.videos) == 2, timeout=10_000)
    assert window.session.document.path == path


def test_first_steps_are_shown_until_they_were_put_away(window: MainWindow) -> None:
    window.preferences.hints_seen = True
    app.begin(window, None)
    assert window.findChild(HintsPanel) is None
    window.preferences.hints_seen = False
    app.begin(window, None)
    panel = window.findChild(HintsPanel)
    assert panel is not None and not panel.isModal()


def test_what_can_wait_waits_for_the_first_paint(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    done: list[int] = []
    waiting = app.FirstPaint(widget, lambda: done.append(1))
    assert done == []
    widget.show()
    qtbot.waitUntil(lambda: bool(done), timeout=3000)
    widget.repaint()
    qtbot.wait(10)
    assert done == [1] and not waiting._timer.isActive()


def test_a_window_that_nobody_sees_does_not_wait_for_ever(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "PATIENCE", 10)
    widget = QWidget()
    qtbot.addWidget(widget)
    done: list[int] = []
    waiting = app.FirstPaint(widget, lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done), timeout=3000)
    assert not waiting._timer.isActive()
