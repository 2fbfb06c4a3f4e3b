"""What went wrong, in plain words; the details are folded and can be copied."""

import platform
import traceback

from qtpy.QtCore import Qt
from qtpy.QtGui import QFontDatabase
from qtpy.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from sleap.errors import SleapError
from sleap.gui.dialogs.base import Dialog, heading
from sleap.version import __version__

UNEXPECTED = (
    "Something happened that the program is not prepared for. Your labels are as they were before. "
    "If it happens again, please tell us: Help › Report a Problem… writes what we need to know."
)


class ErrorDialog(Dialog[None]):
    """Tells of an error.

    Args:
        parent: The window it belongs to.
        title: What was being done, in a few words ("Open project").
        error: What went wrong: a ``SleapError`` says it itself, of all else only the details do.
    """

    def __init__(self, parent: QWidget | None, title: str, error: BaseException) -> None:
        super().__init__(title, parent, accept="&OK")
        is_plain = isinstance(error, SleapError)
        self.text = str(error) if is_plain else UNEXPECTED
        self.details = describe(title, error)
        row = QHBoxLayout()
        row.setSpacing(16)
        icon = QLabel()
        kind = (
            QStyle.StandardPixmap.SP_MessageBoxWarning
            if is_plain
            else QStyle.StandardPixmap.SP_MessageBoxCritical
        )
        icon.setPixmap(self.style().standardIcon(kind, None, self).pixmap(40, 40))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(heading(title))
        self.label = QLabel(self.text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.label)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.body.addLayout(row, 1)
        self.pane = QPlainTextEdit(self.details)
        self.pane.setReadOnly(True)
        self.pane.setTabChangesFocus(True)
        self.pane.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.pane.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.pane.setMinimumHeight(self.fontMetrics().height() * 10)
        self.pane.setVisible(False)
        self.body.addWidget(self.pane, 3)
        self.fold = self.add_button("&Details", QDialogButtonBox.ButtonRole.ActionRole)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self.copy = self.add_button("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setToolTip("Copy the message and the details")
        self.copy.clicked.connect(self._copy)
        self.cancel.hide()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 72)

    def value(self) -> None:
        """Return nothing: there is nothing to choose."""

    def _unfold(self, is_open: bool) -> None:
        self.pane.setVisible(is_open)
        self.fit()

    def _copy(self) -> None:
        QApplication.clipboard().setText(f"{self.text}\n\n{self.details}")
        self.say("Copied.")


def describe(title: str, error: BaseException) -> str:
    """Return the details of an error: what was done, versions, and where it arose."""
    lines = [
        title,
        f"sleap {__version__}, Python {platform.python_version()}, {platform.platform()}",
        "",
        "".join(traceback.format_exception(error)).rstrip(),
    ]
    return "\n".join(lines)


def show_error(parent: QWidget | None, title: str, error: BaseException) -> None:
    """Show an error and wait until it was read; fit for ``sleap.gui.jobs.set_reporter``."""
    ErrorDialog(parent, title, error).ask()


message = show_error
