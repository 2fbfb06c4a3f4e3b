"""Asks what goes into the report of a problem."""

from qtpy.QtWidgets import QLabel, QPlainTextEdit, QWidget

from sleap.gui.dialogs.base import Dialog
from sleap.gui.forms.form import Form
from sleap.gui.help.report import ReportOptions

INTRO = (
    "A zip file is written that you can send to whoever helps you. It holds the versions of this"
    " program and what it runs on, how many frames, instances and tracks the project has, and the"
    " last lines of the log without names. It holds no images and no labels."
)


class ReportDialog(Dialog[ReportOptions]):
    """Asks what goes into a report, beside what is harmless.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("Report a problem", parent, accept="&Write…", intro=INTRO)
        label = QLabel("What &happened?")
        self.description = QPlainTextEdit()
        self.description.setPlaceholderText("What you did, and what came of it")
        self.description.setTabChangesFocus(True)
        self.description.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
        label.setBuddy(self.description)
        self.body.addWidget(label)
        self.body.addWidget(self.description)
        self.body.addWidget(QLabel("Also put in:"))
        self.form: Form[ReportOptions] = Form(
            ReportOptions(), without=("description",), taken="whc"
        )
        self.body.addWidget(self.form)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 76)
        self.description.setFocus()

    def value(self) -> ReportOptions:
        """Return what goes in."""
        chosen = self.form.value()
        return ReportOptions(
            description=self.description.toPlainText(),
            with_names=chosen.with_names,
            with_settings=chosen.with_settings,
        )
