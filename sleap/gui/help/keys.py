"""The keyboard reference: lists all keys, and lets the user change them."""

from qtpy.QtGui import QKeySequence
from qtpy.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sleap.gui.actions.table import ACTIONS
from sleap.gui.dialogs.base import Dialog, as_table
from sleap.gui.shortcuts import DEFAULTS, Keys, Shortcuts, normalized, shown

OTHERS = {
    "hold to hide": "Canvas › Hide labels while held",
    "hold to magnify": "Canvas › Magnify while held",
}
"""Names that belong to no action of a menu."""


class KeysDialog(Dialog[dict[str, Keys]]):
    """Lists the keys of all actions, and changes them.

    Args:
        parent: The window.
        shortcuts: The keys as they are; left as they are.
    """

    def __init__(self, parent: QWidget | None, shortcuts: Shortcuts) -> None:
        super().__init__("Keyboard reference", parent, accept="&Save")
        self._own = Shortcuts(keys=dict(shortcuts.keys))
        self._names = [name for name in DEFAULTS if name in ACTIONS or name in OTHERS]
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter by command or key")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.body.addWidget(self.filter)
        self.table = QTableWidget(len(self._names), 3)
        self.table.setHorizontalHeaderLabels(["Command", "Key", "Other keys"])
        as_table(self.table)
        for row, name in enumerate(self._names):
            self.table.setItem(row, 0, QTableWidgetItem(title_of(name)))
            self.table.setItem(row, 1, QTableWidgetItem())
            self.table.setItem(row, 2, QTableWidgetItem())
        self.table.currentCellChanged.connect(lambda row, *_: self._show_row(row))
        self.body.addWidget(self.table, 1)
        line = QHBoxLayout()
        self.label = QLabel("Key:")
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.assign = QPushButton("&Assign")
        self.assign.setAutoDefault(False)
        self.remove = QPushButton("&Remove")
        self.remove.setAutoDefault(False)
        self.reset = QPushButton("&Default")
        self.reset.setAutoDefault(False)
        line.addWidget(self.label)
        line.addWidget(self.edit, 1)
        for button, do in (
            (self.assign, self._assign),
            (self.remove, self._remove),
            (self.reset, self._reset),
        ):
            line.addWidget(button)
            button.clicked.connect(do)
        self.body.addLayout(line)
        self.edit.keySequenceChanged.connect(self._tell_conflicts)
        self.all = self.add_button("All Defaults", QDialogButtonBox.ButtonRole.ResetRole)
        self.all.clicked.connect(self._reset_all)
        self.set_size(110, 34)
        self._write()
        self.table.setCurrentCell(0, 0)

    def value(self) -> dict[str, Keys]:
        """Return the keys of all names."""
        return dict(self._own.keys)

    def select(self, name: str) -> None:
        """Choose the row of a name."""
        self.table.setCurrentCell(self._names.index(name), 0)

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        return self._names[max(self.table.currentRow(), 0)]

    def _write(self) -> None:
        """Show the keys in the table."""
        for row, name in enumerate(self._names):
            keys = self._own.of(name)
            for column, text in ((1, keys[:1]), (2, keys[1:])):
                item = self._cell(row, column)
                item.setText("   ".join(shown(key) for key in text))
                font = item.font()
                font.setBold(keys != _default(name))
                item.setFont(font)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        assert item is not None
        return item

    def _show_row(self, row: int) -> None:
        keys = self._own.of(self._names[row]) if row >= 0 else ()
        self.edit.setKeySequence(QKeySequence(keys[0] if keys else ""))
        self.label.setText(f"Key of “{ACTION_TITLES.get(self._name, title_of(self._name))}”:")
        self.say("")

    def _key(self) -> str:
        text = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return normalized(text)

    def _tell_conflicts(self) -> None:
        key = self._key()
        others = self._own.conflicts(self._name, [key]) if key else []
        if others:
            named = ", ".join(f"“{title_of(other)}”" for other in others)
            self.say(f"{shown(key)} belongs to {named}; assigning takes it from there.", "warning")
        else:
            self.say("")

    def _assign(self) -> None:
        key = self._key()
        kept = [one for one in self._own.of(self._name)[1:] if one != key]
        self._own.assign(self._name, [key, *kept])
        self._changed()

    def _remove(self) -> None:
        self._own.assign(self._name, [])
        self._changed()

    def _reset(self) -> None:
        self._own.reset(self._name)
        self._changed()

    def _reset_all(self) -> None:
        self._own = Shortcuts()
        self._changed()

    def _changed(self) -> None:
        self._write()
        self._show_row(self.table.currentRow())

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        for row in range(self.table.rowCount()):
            cells = [self._cell(row, column).text().lower() for column in range(3)]
            line = " ".join(cells)
            self.table.setRowHidden(row, not all(word in line for word in words))


ACTION_TITLES = {id: action.title.rstrip("…") for id, action in ACTIONS.items()}


def title_of(name: str) -> str:
    """Return what a name of a key is called, with its menu."""
    if name in OTHERS:
        return OTHERS[name]
    action = ACTIONS[name]
    return action.command if action.menu else f"Keys › {action.title}"


def _default(name: str) -> Keys:
    return Shortcuts().of(name)
