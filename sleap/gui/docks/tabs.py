"""Docks behind tabs: the tab is the title, and has what a title bar offers."""

from qtpy.QtCore import QObject, QPoint, Qt, QTimer
from qtpy.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabBar, QWidget


class DockTabs(QObject):
    """Hides the title bars of docks that have a tab; a double-click on a tab detaches its dock.

    Args:
        window: The window of the docks.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.settle)
        for dock in self._docks():
            dock.dockLocationChanged.connect(self._later)
            dock.topLevelChanged.connect(self._later)
            dock.visibilityChanged.connect(self._later)
        self.settle()

    def settle(self) -> None:
        """Give every dock the title bar that it needs, and every row of tabs its menu."""
        for dock in self._docks():
            has_tab = not dock.isFloating() and any(
                not other.isHidden() for other in self._window.tabifiedDockWidgets(dock)
            )
            bar = dock.titleBarWidget()
            if has_tab and bar is None:
                dock.setTitleBarWidget(QWidget(dock))
            elif not has_tab and bar is not None:
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]
                bar.deleteLater()
        for tabs in self._bars():
            if tabs.contextMenuPolicy() != Qt.ContextMenuPolicy.CustomContextMenu:
                tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                tabs.customContextMenuRequested.connect(self._show_menu)
                tabs.tabBarDoubleClicked.connect(self._detach)
                tabs.setToolTip("Double-click to detach; right-click for more")

    def menu(self, dock: QDockWidget) -> QMenu:
        """Return the menu of the tab of a dock."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"Detach {dock.windowTitle()}", lambda: dock.setFloating(True))
        menu.addAction(f"Close {dock.windowTitle()}", dock.close)
        menu.addSeparator()
        for one in self._docks():
            menu.addAction(one.toggleViewAction())
        return menu

    def _later(self, *_: object) -> None:
        self._timer.start(0)

    def _docks(self) -> list[QDockWidget]:
        return [one for one in self._window.findChildren(QDockWidget) if one.windowTitle()]

    def _bars(self) -> list[QTabBar]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return list(self._window.findChildren(QTabBar, options=direct))

    def _dock_of(self, tabs: QTabBar, tab: int) -> QDockWidget | None:
        title = tabs.tabText(tab)
        return next((one for one in self._docks() if one.windowTitle() == title), None)

    def _show_menu(self, place: QPoint) -> None:
        tabs = self.sender()
        if isinstance(tabs, QTabBar):
            dock = self._dock_of(tabs, tabs.tabAt(place))
            if dock is not None:
                self.menu(dock).popup(tabs.mapToGlobal(place))

    def _detach(self, tab: int) -> None:
        tabs = self.sender()
        if isinstance(tabs, QTabBar):
            dock = self._dock_of(tabs, tab)
            if dock is not None:
                dock.setFloating(True)
