"""What to do with changes that were not saved."""

from enum import Enum

from qtpy.QtWidgets import QDialogButtonBox, QLabel, QWidget

from sleap.gui.dialogs.base import Dialog, count, heading


class Unsaved(Enum):
    """The answer."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class UnsavedDialog(Dialog[Unsaved]):
    """Asks whether to save before a document is left; Enter saves, Esc stays.

    Args:
        parent: The window it belongs to.
        name: What the document is called.
        n_edits: How many edits would be lost; 0 if not known.
    """

    def __init__(self, parent: QWidget | None, name: str, n_edits: int = 0) -> None:
        super().__init__("Unsaved changes", parent, accept="&Save")
        self._answer = Unsaved.CANCEL
        self.body.addWidget(heading(f"Save the changes to “{name}”?"))
        lost = count(n_edits, "edit") if n_edits else "The changes since the last save"
        verb = "is" if n_edits == 1 else "are"
        text = QLabel(f"{lost} {verb} lost if you do not save.")
        text.setWordWrap(True)
        self.body.addWidget(text)
        self.discard = self.add_button("&Discard", QDialogButtonBox.ButtonRole.DestructiveRole)
        self.discard.clicked.connect(self._discard)
        self.accepted.connect(self._save)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 56)

    def value(self) -> Unsaved:
        """Return what was answered; left in any other way, ``CANCEL``."""
        return self._answer

    def _save(self) -> None:
        if self._answer is Unsaved.CANCEL:
            self._answer = Unsaved.SAVE

    def _discard(self) -> None:
        self._answer = Unsaved.DISCARD
        self.accept()


def ask_unsaved(parent: QWidget | None, name: str, n_edits: int = 0) -> Unsaved:
    """Ask whether to save before a document is left."""
    return UnsavedDialog(parent, name, n_edits).ask() or Unsaved.CANCEL
