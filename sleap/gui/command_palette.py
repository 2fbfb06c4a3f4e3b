"""All commands in one list, found by typing a part of their names."""

from collections.abc import Callable

from attrs import frozen
from qtpy.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from qtpy.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from qtpy.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from sleap.gui.actions.action import Action, Choices
from sleap.gui.actions.table import MENUS
from sleap.gui.actions.window import Window
from sleap.gui.shortcuts import shown

WIDTH = 620
N_ROWS = 12

LIKED = 2500
"""How much better a command fits that was used lately; a word that begins counts 8000."""

KEY = Qt.ItemDataRole.UserRole
"""Where a row keeps its keys, as they are shown."""
IS_READY = Qt.ItemDataRole.UserRole + 1
"""Where a row keeps whether it can be done now."""


@frozen
class Command:
    """A line of the palette.

    Attributes:
        title: What it says.
        key: Its keys, as they are shown.
        is_ready: Whether it can be done now.
        run: Does it.
    """

    title: str
    key: str
    is_ready: bool
    run: Callable[[], object]


def score(text: str, title: str) -> int:
    """Tell how well typed text fits a title; 0 if not at all.

    All letters have to be there in this order. Letters that begin words, and those beside each
    other, count more; so do short titles.
    """
    wanted = [letter for letter in text.lower() if not letter.isspace()]
    if not wanted:
        return 1
    lower = title.lower()
    best = 0
    for start in (at for at, letter in enumerate(lower) if letter == wanted[0]):
        best = max(best, _score_from(wanted, lower, start))
    return best and best * 1000 - len(title)


def _score_from(wanted: list[str], title: str, start: int) -> int:
    points, at, last = 1, start, -2
    for letter in wanted:
        beside = last + 1
        if 0 <= beside < len(title) and title[beside] == letter:
            at = beside
        else:
            at = _next(title, letter, max(last + 1, start))
            if at < 0:
                return 0
        starts_word = at == 0 or not title[at - 1].isalnum()
        points += 1 + (8 if starts_word else 0) + (5 if at == last + 1 else 0)
        last = at
    return points


def _next(title: str, letter: str, start: int) -> int:
    """Return where a letter is next, at the beginning of a word if there is one."""
    first = title.find(letter, start)
    at = first
    while at >= 0:
        if at == 0 or not title[at - 1].isalnum():
            return at
        at = title.find(letter, at + 1)
    return first


def collect(window: Window, trigger: Callable[[str], object]) -> list[Command]:
    """Return all commands there are now, in the order of the menus."""
    commands = []
    for _, rows in MENUS:
        for row in rows:
            if isinstance(row, Action):
                commands.append(_of_action(window, row, trigger))
            else:
                commands += _of_choices(window, row)
    return commands


def _of_action(window: Window, action: Action, trigger: Callable[[str], object]) -> Command:
    keys = "   ".join(shown(key) for key in window.shortcuts.of(action.id))
    is_ready = action.enabled(window.session)
    return Command(action.command, keys, is_ready, lambda: trigger(action.id))


def _of_choices(window: Window, choices: Choices) -> list[Command]:
    path = choices.menu.replace("/", " › ")
    is_ready = choices.enabled(window.session)
    return [
        Command(
            f"{path} › {choice.title}",
            "   ".join(shown(key) for key in window.shortcuts.of(choice.key)),
            is_ready,
            lambda choice=choice: window.attempt(  # type: ignore[misc]
                choice.title, lambda: choice.run(window)
            ),
        )
        for choice in choices.make(window)
    ]


class CommandPalette(QFrame):
    """A line to type in, and the commands that fit.

    Args:
        window: Whose commands.
        trigger: Does an action by its id.
    """

    def __init__(self, window: Window, trigger: Callable[[str], object]) -> None:
        super().__init__(window.widget, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("command palette")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._preferences = window.preferences
        self._commands = collect(window, trigger)
        self._shown: list[Command] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type a part of a command’s name")
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumHeight(30)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self.search)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self.accept())
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        self.search("")

    def open_over(self, parent: QWidget) -> None:
        """Show it at the upper middle of a window."""
        width = min(WIDTH, parent.width() - 20)
        row = self.list.sizeHintForRow(0) if self.list.count() else 24
        self.resize(width, row * N_ROWS + self.line.minimumHeight() + 26)
        corner = QPoint((parent.width() - width) // 2, 60)
        self.move(parent.mapToGlobal(corner))
        self.show()
        self.line.setFocus()

    def search(self, text: str) -> None:
        """List the commands that fit, the best first; those that can be done now before others.

        Of those that fit as well, the ones used lately come first; of all, where nothing is typed.
        """
        used = self._preferences.recent_commands
        liked = {title: LIKED + len(used) - place for place, title in enumerate(used)}
        scored = [(score(text, one.title), one) for one in self._commands]
        found = [(points + liked.get(one.title, 0), one) for points, one in scored if points]
        found.sort(key=lambda pair: (not pair[1].is_ready, -pair[0]))
        self._shown = [one for _, one in found]
        self.list.clear()
        for one in self._shown:
            item = QListWidgetItem(one.title)
            item.setData(KEY, one.key)
            item.setData(IS_READY, one.is_ready)
            if not one.is_ready:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        if self._shown:
            self.list.setCurrentRow(0)

    def accept(self) -> None:
        """Do the command that is chosen."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._shown) or not self._shown[row].is_ready:
            return
        command = self._shown[row]
        self._preferences.note_command(command.title)
        self.close()
        command.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys of the line move through the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: N_ROWS,
                Qt.Key.Key_PageUp: -N_ROWS,
            }
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.accept()
                return True
            if event.key() in steps:
                last = self.list.count() - 1
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(row, last)))
                return True
        return super().eventFilter(watched, event)


class _Line(QStyledItemDelegate):
    """Draws a command at the left and its keys at the right."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, option.fontMetrics.height() + 10)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        state = option.state
        rect: QRect = option.rect
        palette: QPalette = option.palette
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_ready = bool(index.data(IS_READY))
        if is_chosen:
            painter.fillRect(rect, palette.highlight())
        group = QPalette.ColorGroup.Active if is_ready else QPalette.ColorGroup.Disabled
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        inner = rect.adjusted(10, 0, -10, 0)
        metrics = QFontMetrics(painter.font())
        key = str(index.data(KEY) or "")
        room = inner.width() - (metrics.horizontalAdvance(key) + 20 if key else 0)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, room)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(group, role))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, elided)
        if not is_chosen:
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, key)
