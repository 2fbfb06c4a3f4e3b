from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QApplication

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.gui import saves, settings_file
from sleap.gui.dialogs.unsaved import Unsaved
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program


def test_a_document_takes_an_untouched_window(qtbot: QtBot, program: Program) -> None:
    first = program.show(Document(Labels()))
    assert isinstance(first, MainWindow) and first.is_untouched
    other = Document(Labels())
    first.open_document(other)
    assert program.windows == [first] and first.session.document is other


def test_projects_are_found_by_path(window: MainWindow, program: Program, tmp_path: Path) -> None:
    window.session.document.path = tmp_path / "a.slp"
    assert program.find(tmp_path / "a.slp") is window
    assert program.find(tmp_path / "b.slp") is None


def test_themes_are_kept(program: Program, qapp: QApplication) -> None:
    program.set_theme("dark")
    assert program.preferences.theme == "dark"
    program.reset_preferences()
    assert program.preferences.theme == "system"


def test_tells_what_was_wrong_with_the_settings(qapp: QApplication) -> None:
    settings_file.write("preferences.yaml", {"theme": "pink"})
    settings_file.write("colors.yaml", {"mine": 3})
    problems = Program(qapp, MainWindow).problems
    assert len(problems) == 2 and "pink" in problems[0] and "mine" in problems[1]


def test_quits_unless_a_window_is_kept(
    window: MainWindow, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.CANCEL)
    window.session.document.run(lambda tx: tx.add_frame(0, 77))
    assert window.session.document.is_modified
    program.quit()
    assert program.windows == [window]
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.DISCARD)
    program.quit()
    assert program.windows == []


def test_quitting_goes_on_after_a_save(
    qtbot: QtBot,
    window: MainWindow,
    program: Program,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    second = program.show(Document(Labels()))
    assert isinstance(second, MainWindow)
    second.save(tmp_path / "second.slp")
    qtbot.waitUntil(lambda: not second.is_saving, timeout=10_000)
    second.session.document.run(lambda tx: tx.add_video(Video("a.mp4", shape=(9, 8, 8, 1))))
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.SAVE)
    program.quit()
    qtbot.waitUntil(lambda: program.windows == [], timeout=10_000)
