import pytest
from qtpy.QtCore import Qt

from sleap.gui.dialogs.unsaved import Unsaved, UnsavedDialog, ask_unsaved

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Return, NONE, Unsaved.SAVE),
        (Qt.Key.Key_S, ALT, Unsaved.SAVE),
        (Qt.Key.Key_D, ALT, Unsaved.DISCARD),
        (Qt.Key.Key_Escape, NONE, Unsaved.CANCEL),
    ],
)
def test_keys_answer(qtbot, answer, key, modifier, expected):
    answer(lambda dialog: qtbot.keyClick(dialog, key, modifier))
    assert ask_unsaved(None, "day.slp", 3) is expected


def test_closing_the_window_cancels(answer):
    answer(lambda dialog: dialog.close())
    assert ask_unsaved(None, "day.slp") is Unsaved.CANCEL


def test_it_says_what_is_lost(qtbot):
    dialog = UnsavedDialog(None, "day.slp", 1)
    qtbot.addWidget(dialog)
    texts = [one.text() for one in dialog.findChildren(type(dialog.intro))]
    assert "1 edit is lost if you do not save." in texts
    assert "Save the changes to “day.slp”?" in texts
