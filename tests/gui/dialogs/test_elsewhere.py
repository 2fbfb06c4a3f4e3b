from qtpy.QtCore import Qt

from sleap.gui.dialogs.elsewhere import Replace, ask_changed, ask_elsewhere
from sleap.io.guard import Holder

HOLDER = Holder("ada", "microscope", 7, "sleap-label", 1_700_000_000.0)


def test_a_project_open_elsewhere_is_told(qtbot, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_elsewhere(None, "a.slp", HOLDER)
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert not ask_elsewhere(None, "a.slp", HOLDER)


def test_a_changed_file_is_saved_elsewhere_unless_said_otherwise(qtbot, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_changed(None, "a.slp") is Replace.OTHER_NAME
    answer(lambda dialog: dialog.replace.click())
    assert ask_changed(None, "a.slp") is Replace.REPLACE
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_changed(None, "a.slp") is Replace.CANCEL
