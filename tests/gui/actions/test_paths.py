from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QFileDialog, QWidget

from sleap.gui.actions import paths


def test_names_get_their_ending(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    answers = iter(["", "a", "b.SLP"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (next(answers), ""))
    ask = lambda: paths.save_file(parent, "Save", tmp_path, paths.PROJECTS, ".slp")  # noqa: E731
    assert [ask(), ask(), ask()] == [None, Path("a.slp"), Path("b.SLP")]


def test_giving_up_is_none(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: (["x", "y"], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "d")
    assert paths.open_file(parent, "Open", tmp_path, [paths.ALL_FILES]) is None
    assert paths.open_files(parent, "Open", tmp_path, []) == [Path("x"), Path("y")]
    assert paths.open_folder(parent, "Open", tmp_path) == Path("d")


def test_the_dialogs_of_qt_are_used_where_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.NOT_NATIVE, "1")
    assert paths._options() == QFileDialog.Option.DontUseNativeDialog
    monkeypatch.delenv(paths.NOT_NATIVE)
    assert not paths._options()
