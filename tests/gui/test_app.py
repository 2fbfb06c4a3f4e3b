import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QApplication

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.gui import app
from sleap.gui.dialogs.recovery import Recovery, RecoveryChoice
from sleap.gui.main_window import MainWindow

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


def test_begins_with_a_project(
    qtbot: QtBot, window: MainWindow, labels: Labels, tmp_path: Path
) -> None:
    path = tmp_path / "project.slp"
    labels.save(path)
    window.take(Document(Labels()))
    app.begin(window, path)
    qtbot.waitUntil(lambda: len(window.session.labels.videos) == 2, timeout=10_000)
    assert window.session.document.path == path


def test_hints_are_shown_once(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[int] = []
    monkeypatch.setattr(app.HintsDialog, "exec", lambda self: shown.append(1))
    window.preferences.hints_seen = False
    app.begin(window, None)
    app.begin(window, None)
    assert shown == [1]
