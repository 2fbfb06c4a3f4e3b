"""A project that somebody else works on: open in another program, or changed by one."""

from datetime import datetime
from enum import Enum

from qtpy.QtWidgets import QDialogButtonBox, QLabel, QWidget

from sleap.gui.dialogs.base import Dialog, heading
from sleap.gui.dialogs.recovery import say_when
from sleap.io.guard import Holder


class Replace(Enum):
    """What to do with a file that another program has changed."""

    REPLACE = "replace"
    OTHER_NAME = "other name"
    CANCEL = "cancel"


class ElsewhereDialog(Dialog[bool]):
    """Tells that a project is open elsewhere; Esc leaves it alone.

    Args:
        parent: The window it belongs to.
        name: What the project is called.
        holder: Who has it open.
    """

    def __init__(self, parent: QWidget | None, name: str, holder: Holder) -> None:
        super().__init__("Open elsewhere", parent, accept="&Open all the same")
        self.body.addWidget(heading(f"“{name}” is open elsewhere"))
        when = say_when(datetime.fromtimestamp(holder.since), datetime.now())
        self.body.addWidget(
            _wrapped(f"{holder.user} has it open on {holder.host} since {when} ({holder.program}).")
        )
        self.body.addWidget(
            _wrapped(
                "You can look at it. If both save, the program asks the second before it replaces "
                "the work of the first, and keeps that as a backup."
            )
        )
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 60)

    def value(self) -> bool:
        """Return True: it is opened."""
        return True


class ChangedDialog(Dialog[Replace]):
    """Tells before saving that another program has changed the file; Enter saves elsewhere.

    Args:
        parent: The window it belongs to.
        name: What the project is called.
    """

    def __init__(self, parent: QWidget | None, name: str) -> None:
        super().__init__("Changed by another program", parent, accept="Save &As…")
        self._answer = Replace.OTHER_NAME
        self.body.addWidget(heading(f"“{name}” was changed by another program"))
        self.body.addWidget(
            _wrapped(
                "Since it was opened here, somebody else has saved it. Save yours under another "
                "name, and merge the two (File › Merge into Project…). If you replace theirs, it "
                "is kept as a backup."
            )
        )
        self.replace = self.add_button("&Replace", QDialogButtonBox.ButtonRole.DestructiveRole)
        self.replace.clicked.connect(self._replace)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 60)

    def value(self) -> Replace:
        """Return the answer."""
        return self._answer

    def _replace(self) -> None:
        self._answer = Replace.REPLACE
        self.accept()


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def ask_elsewhere(parent: QWidget | None, name: str, holder: Holder) -> bool:
    """Tell that a project is open elsewhere, and ask whether to open it all the same."""
    return bool(ElsewhereDialog(parent, name, holder).ask())


def ask_changed(parent: QWidget | None, name: str) -> Replace:
    """Ask what to do with a file that another program has changed, before it is saved."""
    return ChangedDialog(parent, name).ask() or Replace.CANCEL
