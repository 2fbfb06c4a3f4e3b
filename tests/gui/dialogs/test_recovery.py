from datetime import datetime
from pathlib import Path

import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QMessageBox

from sleap.editing.journal.lost import LostWork
from sleap.gui.dialogs.recovery import (
    Recovery,
    RecoveryChoice,
    RecoveryDialog,
    ask_recovery,
    say_when,
)

NOW = datetime(2026, 11, 23, 9, 30)
FIRST = LostWork(
    Path("/data/day3.slp"), datetime(2026, 11, 23, 9, 5), 3, ["Add", "Move", "Undo"], Path("a")
)
SECOND = LostWork(None, datetime(2026, 11, 22, 18, 0), 1, [], Path("b"))


@pytest.fixture
def dialog(qtbot):
    made = RecoveryDialog(None, [FIRST, SECOND], NOW)
    qtbot.addWidget(made)
    made.show()
    return made


def test_lost_work_is_listed(dialog):
    cells = [[dialog.table.item(row, column).text() for column in range(3)] for row in range(2)]
    assert cells == [
        ["day3.slp", "today 09:05", "3"],
        ["New project, never saved", "yesterday 18:00", "1"],
    ]
    assert [dialog.titles.item(row).text() for row in range(3)] == ["Undo", "Move", "Add"]


def test_enter_recovers_the_selected_one(dialog, qtbot):
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.titles.count() == 0
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.value() == RecoveryChoice(SECOND, Recovery.RECOVER)


@pytest.mark.parametrize("is_sure", [True, False])
def test_discarding_asks_again(dialog, qtbot, monkeypatch, is_sure):
    buttons = QMessageBox.StandardButton
    answer = buttons.Discard if is_sure else buttons.Cancel
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answer)
    qtbot.mouseClick(dialog.discard, Qt.MouseButton.LeftButton)
    assert dialog.isVisible() is not is_sure
    assert dialog.value().action is (Recovery.DISCARD if is_sure else Recovery.RECOVER)


def test_escape_leaves_it_for_later(dialog, qtbot):
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == RecoveryDialog.DialogCode.Rejected


def test_nothing_lost_is_nothing_asked(qtbot):
    assert ask_recovery(None, []) is None


def test_times_are_written_as_people_say_them():
    assert say_when(datetime(2026, 11, 3, 18, 30), NOW) == "3 Nov 2026 18:30"
