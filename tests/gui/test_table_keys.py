from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QTableWidget

from sleap.gui.table_keys import TableKeys


def test_keys_up_and_down_stay_with_the_table(qtbot: QtBot) -> None:
    table = QTableWidget(3, 1)
    qtbot.addWidget(table)
    table.setCurrentCell(0, 0)
    fired: list[str] = []
    for key in ("Down", "Ctrl+Down"):
        QShortcut(QKeySequence(key), table, lambda key=key: fired.append(key))
    table.installEventFilter(TableKeys(table))
    with qtbot.waitActive(table):
        table.show()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentRow() == 1 and fired == []
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert fired == ["Ctrl+Down"]
