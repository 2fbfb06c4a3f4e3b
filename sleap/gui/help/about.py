"""About the program."""

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QDialogButtonBox, QFormLayout, QLabel, QWidget

from sleap.gui.dialogs.base import Dialog, heading
from sleap.gui.forms.tones import ToneLabel
from sleap.gui.help.versions import as_text, versions


class AboutDialog(Dialog[None]):
    """Tells the versions of everything.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("About SLEAP", parent, accept="&Close")
        self.body.addWidget(heading("SLEAP"))
        self.body.addWidget(ToneLabel("Tracks the poses of animals in video."))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        for name, version in versions():
            label = QLabel(version)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(name, label)
        self.body.addLayout(form)
        self.copy = self.add_button("C&opy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.cancel.hide()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 60)

    def value(self) -> None:
        """Return nothing: there is nothing to choose."""

    def _copy(self) -> None:
        QApplication.clipboard().setText(as_text())
        self.say("Copied.")
