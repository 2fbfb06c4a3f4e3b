from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence

from sleap.gui.help.keys import KeysDialog, title_of
from sleap.gui.shortcuts import Shortcuts


def test_lists_and_filters_all_keys(qtbot: QtBot) -> None:
    dialog = KeysDialog(None, Shortcuts())
    qtbot.addWidget(dialog)
    dialog.show()
    n_rows = dialog.table.rowCount()
    assert n_rows > 70
    qtbot.keyClicks(dialog.filter, "next labeled ctrl+.")
    shown = [row for row in range(n_rows) if not dialog.table.isRowHidden(row)]
    assert [dialog._cell(row, 0).text() for row in shown] == ["Go › Next Labeled Frame"]
    assert dialog._cell(shown[0], 2).text() == "Ctrl+."


def test_a_key_is_given_and_taken(qtbot: QtBot) -> None:
    own = Shortcuts()
    dialog = KeysDialog(None, own)
    qtbot.addWidget(dialog)
    dialog.select("add videos")
    dialog.edit.setKeySequence(QKeySequence("Ctrl+S"))
    assert "File › Save" in dialog.note.text()
    qtbot.mouseClick(dialog.assign, Qt.MouseButton.LeftButton)
    assert dialog.value()["add videos"] == ("Ctrl+S",) and dialog.value()["save"] == ()
    assert own == Shortcuts()
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert dialog.value()["add videos"] == ()
    dialog.select("save")
    qtbot.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert dialog.value() == Shortcuts().keys


def test_all_are_reset(qtbot: QtBot) -> None:
    own = Shortcuts()
    own.assign("save", ["F9"])
    dialog = KeysDialog(None, own)
    qtbot.addWidget(dialog)
    assert dialog.value()["save"] == ("F9",)
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.value() == Shortcuts().keys


def test_every_name_has_a_title() -> None:
    assert title_of("hold to hide") == "Canvas › Hide labels while held"
    assert title_of("select 3") == "Keys › Select Instance 3"
