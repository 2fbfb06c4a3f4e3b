from pytestqt.qtbot import QtBot

from sleap.gui.help.report import ReportOptions
from sleap.gui.help.report_dialog import ReportDialog


def test_nothing_private_goes_in_unless_ticked(qtbot: QtBot) -> None:
    dialog = ReportDialog(None)
    qtbot.addWidget(dialog)
    assert dialog.value() == ReportOptions()
    dialog.form.editor("with_settings").set_value(True)
    dialog.description.setPlainText("It froze.")
    assert dialog.value() == ReportOptions(description="It froze.", with_settings=True)
