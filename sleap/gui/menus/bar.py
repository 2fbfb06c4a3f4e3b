"""The menu bar, and the keys, of the tables of actions."""

from collections.abc import Sequence

from qtpy.QtCore import QObject, Qt, QTimer
from qtpy.QtGui import QAction, QActionGroup, QColor, QIcon, QKeySequence, QPainter, QPixmap
from qtpy.QtWidgets import QMenu, QMenuBar

from sleap.gui.actions.action import Action, Choices, Row
from sleap.gui.actions.go import FRAME_STEPS
from sleap.gui.actions.table import MENUS
from sleap.gui.actions.window import Window

DOT = 12
"""Pixels across of the dot that shows a colour."""


class Menus(QObject):
    """Fills a menu bar, and keeps it to what can be done now.

    Args:
        window: What actions are done in.
        bar: The menu bar.

    Attributes:
        items: What Qt shows of every action, by its id.
    """

    def __init__(self, window: Window, bar: QMenuBar) -> None:
        super().__init__(window.widget)
        self._window = window
        self._bar = bar
        self._menus: dict[str, QMenu] = {}
        self._made: list[tuple[QMenu, Choices]] = []
        self._actions: dict[str, Action] = {}
        self.items: dict[str, QAction] = {}
        self._spans: dict[str, QAction] = {}
        for title, rows in MENUS:
            self._menu(title)
            for row in rows:
                self._add(row)
        self._add_spans()
        self.assign_keys()

    def refresh(self) -> None:
        """Show what can be done now, and what is switched on, while a menu is open.

        Otherwise all are enabled: a key pressed right after another must not be lost because
        nobody had the time to find out that it can be used now.
        """
        session = self._window.session
        for id, item in self.items.items():
            action = self._actions[id]
            item.setEnabled(action.enabled(session))
            if action.checked is not None:
                item.setChecked(action.checked(self._window))
            if action.detail is not None:
                detail = action.detail(self._window)
                item.setText(f"{action.title} {detail}".strip().replace("&", "&&"))
        for menu, choices in self._made:
            menu.menuAction().setEnabled(choices.enabled(session))

    def release(self) -> None:
        """Let all keys be used again."""
        for item in self.items.values():
            item.setEnabled(True)

    def assign_keys(self) -> None:
        """Give all actions the keys that the shortcuts of the window say."""
        shortcuts = self._window.shortcuts
        taken = {key for keys in shortcuts.keys.values() for key in keys}
        for id, item in self.items.items():
            item.setShortcuts([QKeySequence(key) for key in shortcuts.of(id)])
        for id, item in self._spans.items():
            keys = [f"Shift+{key}" for key in shortcuts.of(id) if "Shift+" not in key]
            item.setShortcuts([QKeySequence(key) for key in keys if key not in taken])

    def trigger(self, id: str) -> None:
        """Do an action, if it can be done now."""
        action = self._actions[id]
        if action.enabled(self._window.session):
            self._window.attempt(action.title, lambda: action.run(self._window))
        else:
            self._window.tell(f"“{action.title.rstrip('…')}” cannot be done now.")

    # -- inside ---------------------------------------------------------------------------------

    def _menu(self, path: str) -> QMenu:
        """Return the menu of a path, making it if it is new."""
        if path not in self._menus:
            parent, _, title = path.rpartition("/")
            menu = self._menu(parent).addMenu(title) if parent else self._bar.addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.refresh)
            if not parent:
                menu.aboutToHide.connect(lambda: QTimer.singleShot(0, self.release))
            self._menus[path] = menu
        return self._menus[path]

    def _add(self, row: Row) -> None:
        if isinstance(row, Choices):
            parent = row.menu.rpartition("/")[0]
            if row.starts_section:
                self._menu(parent).addSeparator()
            menu = self._menu(row.menu)
            menu.aboutToShow.connect(lambda: self._fill(menu, row))
            self._made.append((menu, row))
            menu.addAction("…").setEnabled(False)
            return
        item = QAction(row.title, self)
        item.setObjectName(row.id)
        item.setCheckable(row.checked is not None)
        item.setStatusTip(row.hint)
        item.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        item.triggered.connect(lambda: self.trigger(row.id))
        self.items[row.id], self._actions[row.id] = item, row
        if not row.menu:
            self._window.widget.addAction(item)
            return
        menu = self._menu(row.menu)
        if row.starts_section and not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(item)

    def _fill(self, menu: QMenu, choices: Choices) -> None:
        """Make a menu of choices anew."""
        menu.clear()
        made = choices.make(self._window)
        group = QActionGroup(menu)
        group.setExclusive(sum(bool(choice.is_checked) for choice in made) == 1)
        for choice in made:
            keys = self._window.shortcuts.of(choice.key)
            shown = QKeySequence(keys[0]).toString(NATIVE) if keys else ""
            text = choice.title.replace("&", "&&")
            item = menu.addAction(f"{text}\t{shown}" if shown else text)
            if choice.is_checked is not None:
                item.setCheckable(True)
                item.setChecked(choice.is_checked)
                group.addAction(item)
            if choice.color is not None:
                item.setIcon(dot(choice.color))
            item.triggered.connect(
                lambda checked=False, choice=choice: self._choose(choice.title, choice.run)
            )

    def _choose(self, title: str, run: object) -> None:
        assert callable(run)
        self._window.attempt(title, lambda: run(self._window))

    def _add_spans(self) -> None:
        """Make the steps with Shift held, which select the frames they go over."""
        for action in FRAME_STEPS:
            item = QAction(f"{action.title}, Selecting", self)
            item.triggered.connect(lambda checked=False, action=action: self._span(action))
            self._window.widget.addAction(item)
            self._spans[action.id] = item

    def _span(self, action: Action) -> None:
        session = self._window.session
        start, chosen = session.frame_idx, session.frame_range
        action.run(self._window)
        if chosen is not None and start in chosen:
            start = chosen[0] if start == chosen[1] else chosen[1]
        session.set_range(start, session.frame_idx)


NATIVE = QKeySequence.SequenceFormat.NativeText


def dot(color: Sequence[int]) -> QIcon:
    """Return an icon that shows a colour."""
    pixmap = QPixmap(DOT, DOT)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(*color))
    painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
    painter.end()
    return QIcon(pixmap)
