"""A longer text to read, to copy and to save."""

from pathlib import Path

from qtpy.QtGui import QFontDatabase
from qtpy.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QPlainTextEdit, QWidget

from sleap.errors import SleapError
from sleap.gui.dialogs.base import Dialog
from sleap.gui.dialogs.message import show_error
from sleap.io.atomic import replacing


class ReportDialog(Dialog[None]):
    """Shows a text.

    Args:
        parent: The window it belongs to.
        title: What the text is.
        text: The text, or its lines.
        intro: A sentence above it.
    """

    def __init__(
        self, parent: QWidget | None, title: str, text: str | list[str], intro: str = ""
    ) -> None:
        super().__init__(title, parent, accept="&Close", intro=intro)
        self.text = text if isinstance(text, str) else "\n".join(text)
        self.pane = QPlainTextEdit(self.text)
        self.pane.setReadOnly(True)
        self.pane.setTabChangesFocus(True)
        self.pane.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.body.addWidget(self.pane)
        self.copy = self.add_button("C&opy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.save = self.add_button("&Save…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self._save)
        self.cancel.hide()
        self.ok.setFocus()
        self.set_size(96, 28)

    def value(self) -> None:
        """Return nothing: there is nothing to choose."""

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text)
        self.say("Copied.")

    def _save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save report", "report.txt", "Text (*.txt)")
        if not path:
            return
        try:
            with replacing(Path(path)) as partial:
                Path(partial).write_text(self.text + "\n", encoding="utf-8")
        except SleapError as error:
            show_error(self, "Save report", error)
        else:
            self.say(f"Saved as {path}.")


def show_report(parent: QWidget | None, title: str, text: str | list[str], intro: str = "") -> None:
    """Show a text and wait until it was read."""
    ReportDialog(parent, title, text, intro).ask()
