from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication

from sleap.gui.help.about import AboutDialog
from sleap.version import __version__


def test_versions_can_be_copied(qtbot: QtBot) -> None:
    dialog = AboutDialog(None)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert f"SLEAP: {__version__}" in QApplication.clipboard().text()
    assert dialog.value() is None
