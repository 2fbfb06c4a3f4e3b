"""Work that a crash left behind, offered at the next start."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from attrs import frozen
from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QMessageBox,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sleap.editing.journal.lost import LostWork
from sleap.gui.dialogs.base import Dialog, as_table, count

N_TITLES = 200
"""How many of the last edits are listed."""


class Recovery(Enum):
    """What to do with lost work."""

    RECOVER = "recover"
    DISCARD = "discard"


@frozen
class RecoveryChoice:
    """The answer: one piece of work, and what to do with it."""

    lost: LostWork
    action: Recovery


class RecoveryDialog(Dialog[RecoveryChoice]):
    """Lists lost work; Esc leaves it for the next start.

    Args:
        parent: The window it belongs to.
        lost: The pieces of work, at least one, newest first.
        now: The time; None for now.
    """

    def __init__(
        self, parent: QWidget | None, lost: Sequence[LostWork], now: datetime | None = None
    ) -> None:
        super().__init__(
            "Recover lost work",
            parent,
            accept="&Recover",
            intro="The program ended before this work was saved. It is complete to the last edit. "
            "What you recover is opened as it was; nothing is overwritten until you save.",
        )
        self.lost = list(lost)
        self._action = Recovery.RECOVER
        now = now or datetime.now()
        self.table = QTableWidget(len(self.lost), 3)
        self.table.setHorizontalHeaderLabels(["Project", "Last edit", "Edits"])
        for row, one in enumerate(self.lost):
            name = one.path.name if one.path else "New project, never saved"
            cells = [name, say_when(one.when, now), f"{one.n_edits:,}"]
            for column, text in enumerate(cells):
                cell = QTableWidgetItem(text)
                cell.setToolTip(str(one.path or "This project had no file yet."))
                self.table.setItem(row, column, cell)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        as_table(self.table)
        self.titles = QListWidget()
        self.titles.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.titles.setAlternatingRowColors(True)
        lower = QWidget()
        under = QVBoxLayout(lower)
        under.setContentsMargins(0, 0, 0, 0)
        self.caption = QLabel()
        under.addWidget(self.caption)
        under.addWidget(self.titles)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(lower)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([140, 180])
        self.body.addWidget(splitter)
        self.discard = self.add_button("&Discard…", QDialogButtonBox.ButtonRole.DestructiveRole)
        self.discard.clicked.connect(self._discard)
        self.cancel.setText("&Later")
        self.table.currentCellChanged.connect(lambda *_: self._show_titles())
        self.table.itemDoubleClicked.connect(lambda _: self.accept())
        self.table.setCurrentCell(0, 0)
        self.set_size(80, 28)

    def value(self) -> RecoveryChoice:
        """Return the chosen work, and what to do with it."""
        return RecoveryChoice(self.lost[self.table.currentRow()], self._action)

    def _show_titles(self) -> None:
        titles = self.lost[self.table.currentRow()].titles
        self.titles.clear()
        self.titles.addItems(titles[::-1][:N_TITLES])
        self.caption.setText("What was done, the last first:" if titles else "Only undone edits.")

    def _discard(self) -> None:
        one = self.lost[self.table.currentRow()]
        name = one.path.name if one.path else "the new project"
        answer = QMessageBox.question(
            self,
            "Discard lost work",
            f"Throw away {count(one.n_edits, 'edit')} of {name}? This cannot be undone.",
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        if answer == QMessageBox.StandardButton.Discard:
            self._action = Recovery.DISCARD
            self.accept()


def say_when(when: datetime, now: datetime) -> str:
    """Write a time as people say it: "today 14:05", "yesterday 09:12", "3 Nov 2026 18:30"."""
    days = (now.date() - when.date()).days
    clock = f"{when:%H:%M}"
    if days == 0:
        return f"today {clock}"
    if days == 1:
        return f"yesterday {clock}"
    return f"{when.day} {when:%b %Y} {clock}"


def ask_recovery(parent: QWidget | None, lost: Sequence[LostWork]) -> RecoveryChoice | None:
    """Ask which lost work to bring back; None to leave it, and be asked again."""
    return RecoveryDialog(parent, lost).ask() if lost else None
