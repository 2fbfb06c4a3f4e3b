from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.core.labels import Labels
from sleap.editing.edits import suggestions
from sleap.errors import FileError
from sleap.gui import jobs, saves
from sleap.gui.actions import paths
from sleap.gui.dialogs.elsewhere import Replace
from sleap.gui.dialogs.unsaved import Unsaved
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program
from sleap.io.backups import list_backups
from sleap.io.files import load_file


def modify(window: MainWindow) -> None:
    session = window.session
    window.run(suggestions.add_suggestion, session.video, 40 + len(session.labels.suggestions))


def test_saves_one_after_the_other(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    done: list[int] = []
    window.save(path, lambda: done.append(1))
    modify(window)
    window.save(None, lambda: done.append(2))
    assert window.saves.is_running
    qtbot.waitUntil(lambda: done == [1, 2], timeout=10_000)
    assert not window.session.document.is_modified
    assert len(load_file(path).suggestions) == 4
    assert len(list_backups(path)) == 1


def test_edits_while_saving_are_still_to_be_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.save(tmp_path / "a.slp")
    modify(window)
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    assert window.session.document.is_modified and window.isWindowModified()


def test_what_fails_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[BaseException] = []
    monkeypatch.setattr(jobs, "_reporter", [lambda _, title, error: errors.append(error)])
    modify(window)
    window.save(tmp_path / "none" / "a.slp")
    qtbot.waitUntil(lambda: bool(errors), timeout=10_000)
    assert isinstance(errors[0], FileError)
    assert window.session.document.is_modified
    qtbot.waitUntil(lambda: not window.saves.is_running)


def test_closing_asks(
    window: MainWindow, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    modify(window)
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.CANCEL)
    assert not window.close() and window.isVisible()
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.DISCARD)
    assert window.close() and program.windows == []


def test_closing_saves_first(
    qtbot: QtBot,
    window: MainWindow,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.slp"
    modify(window)
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.SAVE)
    monkeypatch.setattr(paths, "save_file", lambda *_: None)
    assert not window.close()
    monkeypatch.setattr(paths, "save_file", lambda *_: path)
    assert not window.close()
    qtbot.waitUntil(lambda: program.windows == [], timeout=10_000)
    assert len(load_file(path).suggestions) == 4


def test_closing_waits_for_a_save(
    qtbot: QtBot, window: MainWindow, program: Program, tmp_path: Path
) -> None:
    window.save(tmp_path / "a.slp")
    assert not window.close()
    qtbot.waitUntil(lambda: program.windows == [], timeout=10_000)
    assert isinstance(load_file(tmp_path / "a.slp"), Labels)


def test_what_another_program_saved_is_replaced_only_if_the_user_wants_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "a.slp", tmp_path / "b.slp"
    window.save(path)
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    Labels().save(path)
    answers = iter([Replace.CANCEL, Replace.OTHER_NAME, Replace.OTHER_NAME])
    monkeypatch.setattr(saves, "ask_changed", lambda *_: next(answers))
    places = iter([None, other])
    monkeypatch.setattr(paths, "save_file", lambda *_: next(places))
    for _ in range(2):
        window.save()
        assert not window.saves.is_running
    window.save()
    qtbot.waitUntil(lambda: not window.saves.is_running, timeout=10_000)
    assert len(load_file(path)) == 0 and len(load_file(other)) == 3
    assert window.session.document.path == other
