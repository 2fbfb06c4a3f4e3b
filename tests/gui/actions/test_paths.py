from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

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


@pytest.mark.parametrize(
    ("name", "suffix", "expected"),
    [
        ("a", ".slp", "a.slp"),
        ("a.h5", ".analysis.h5", "a.analysis.h5"),
        ("a.Analysis.H5", ".analysis.h5", "a.Analysis.H5"),
        ("a.slp", ".pkg.slp", "a.pkg.slp"),
        ("a.b", ".csv", "a.b.csv"),
    ],
)
def test_endings_are_completed(name: str, suffix: str, expected: str) -> None:
    assert paths.with_ending(Path("x", name), suffix) == Path("x", expected)


def test_a_file_under_the_completed_name_is_not_replaced_unasked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    (tmp_path / "a.slp").touch()
    asked: list[str] = []
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])

    def question(parent: QWidget, title: str, text: str) -> QMessageBox.StandardButton:
        asked.append(text)
        return next(answers)

    monkeypatch.setattr(QMessageBox, "question", question)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a"), ""))
    ask = lambda: paths.save_file(parent, "Save", tmp_path, paths.PROJECTS, ".slp")  # noqa: E731
    assert ask() is None and ask() == tmp_path / "a.slp"
    assert asked[0] == "“a.slp” is there already. Do you want to replace it?"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.slp"), ""))
    assert ask() == tmp_path / "a.slp" and len(asked) == 2


def test_giving_up_is_none(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "d")
    assert paths.open_file(parent, "Open", tmp_path, [paths.ALL_FILES]) is None
    assert paths.open_folder(parent, "Open", tmp_path) == Path("d")


def test_the_dialogs_of_qt_are_used_where_asked_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    attribute = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    monkeypatch.delenv(paths.NOT_NATIVE, raising=False)
    paths.choose_dialogs()
    assert not QApplication.testAttribute(attribute)
    paths.choose_dialogs(nonnative=True)
    assert QApplication.testAttribute(attribute)
    paths.choose_dialogs()
    monkeypatch.setenv(paths.NOT_NATIVE, "1")
    paths.choose_dialogs()
    assert QApplication.testAttribute(attribute)
    monkeypatch.delenv(paths.NOT_NATIVE)
    paths.choose_dialogs()
