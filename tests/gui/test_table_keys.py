from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QComboBox, QDockWidget, QTableWidget, QWidget

from sleap.gui.table_keys import TableKeys


def in_dock(qtbot: QtBot, dock: QDockWidget, widget: QWidget, *keys: str) -> list[str]:
    """Show a widget in a dock; return the shortcuts that are used from then on."""
    dock.setWidget(widget)
    qtbot.addWidget(dock)
    fired: list[str] = []
    for key in keys:
        QShortcut(QKeySequence(key), dock, lambda key=key: fired.append(key))
    dock.installEventFilter(TableKeys(dock))
    with qtbot.waitActive(dock):
        dock.show()
    widget.setFocus()
    return fired


def test_keys_up_and_down_stay_with_the_table(qtbot: QtBot) -> None:
    table = QTableWidget(3, 1)
    table.setCurrentCell(0, 0)
    dock = QDockWidget()
    fired = in_dock(qtbot, dock, table, "Down", "Ctrl+Down", "N")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentRow() == 1 and fired == []
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_N)
    assert fired == ["Ctrl+Down", "N"]


def test_lists_are_searched_by_typing(qtbot: QtBot) -> None:
    combo = QComboBox()
    combo.addItems(["head", "nose", "tail"])
    dock = QDockWidget()
    fired = in_dock(qtbot, dock, combo, "N", "Down", "Space")
    qtbot.keyClicks(combo, "n")
    assert combo.currentText() == "nose"
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == "tail" and fired == []
    qtbot.keyClick(combo, Qt.Key.Key_Space)
    assert fired == ["Space"]
