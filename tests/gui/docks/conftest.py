"""Docks as they stand in a window."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, Qt
from qtpy.QtWidgets import QMainWindow, QPushButton

from sleap.gui.docks.dock import Dock
from sleap.gui.tables.view import TableView

D = TypeVar("D", bound=Dock)

Show = Callable[[D], D]

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let windows that nobody sees be without hints of size, and without being raised."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[D], D]:
    """Return a function that shows a dock in a window."""
    windows = []

    def show(dock: D, width: int = 320, height: int = 700) -> D:
        window = QMainWindow()
        qtbot.addWidget(window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        window.resize(width, height)
        window.show()
        qtbot.waitExposed(window)
        windows.append(window)
        return dock

    return show


class Hand:
    """What a user does with a dock."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot

    def press(self, button: QPushButton) -> None:
        """Press a button that can be pressed."""
        assert button.isVisible() and button.isEnabled(), button.text()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def answer(self, dock: Dock, name: str, box: str = "confirm") -> str:
        """Press a button of the question that is open; return what was asked."""
        from qtpy.QtWidgets import QMessageBox

        question = dock.findChild(QMessageBox, box)
        assert question is not None, "nothing was asked"
        text = f"{question.text()} {question.informativeText()}"
        button = question.findChild(QPushButton, name)
        assert button is not None
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: dock.findChild(QMessageBox, box) is None)
        return text

    def click(self, view: TableView, place: int, column: int = 0, *, double: bool = False) -> None:
        """Click a cell."""
        where = self._middle(view, place, column)
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        if double:
            self.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    def type_into(self, view: TableView, text: str) -> None:
        """Type into the cell that is open, and press Return."""
        from qtpy.QtWidgets import QLineEdit

        editor = view.findChild(QLineEdit)
        assert editor is not None
        self.qtbot.keyClicks(editor, text)
        self.qtbot.keyClick(editor, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)

    def _middle(self, view: TableView, place: int, column: int) -> QPoint:
        index = view.table.index(place, column)
        view.scrollTo(index)
        return view.visualRect(index).center()


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


def texts(view: TableView, column: int = 0) -> list[str]:
    """Return what a column shows, from the top down."""
    return [view.table.index(place, column).data() for place in range(view.table.rowCount())]
