from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QDockWidget, QMainWindow, QTabBar

from sleap.gui.docks.tabs import DockTabs


def test_titles_are_told_once(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    first, second = QDockWidget("First"), QDockWidget("Second")
    for dock in (first, second):
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.tabifyDockWidget(first, second)
    window.show()
    qtbot.waitExposed(window)
    tabs = DockTabs(window)
    tabs.settle()
    assert first.titleBarWidget() is not None and second.titleBarWidget() is not None
    bar = next(one for one in window.findChildren(QTabBar) if one.count() == 2)
    names = [action.text() for action in tabs.menu(second).actions()]
    assert names[:2] == ["Detach Second", "Close Second"]
    bar.tabBarDoubleClicked.emit(1)
    qtbot.waitUntil(lambda: second.isFloating() and second.titleBarWidget() is None)
    assert first.titleBarWidget() is None
    second.setFloating(False)
    window.tabifyDockWidget(first, second)
    qtbot.waitUntil(lambda: first.titleBarWidget() is not None)
    second.close()
    qtbot.waitUntil(lambda: first.titleBarWidget() is None)
