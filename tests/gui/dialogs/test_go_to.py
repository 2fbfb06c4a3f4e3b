import pytest
from qtpy.QtCore import Qt

from sleap.gui.dialogs.go_to import FrameDialog, ask_frame, ask_select_to


@pytest.fixture
def enter(qtbot, answer):
    """Type into the next dialog, and press a key; return its titles."""
    titles = []

    def plan(text, key):
        def act(dialog):
            titles.append(dialog.windowTitle())
            qtbot.keyClicks(dialog.box, text)
            qtbot.keyClick(dialog.box, key)

        answer(act)
        return titles

    return plan


def test_a_frame_is_typed_from_1_and_returned_from_0(enter):
    enter("250", Qt.Key.Key_Return)
    assert ask_frame(None, 1000, 12) == 249


def test_escape_goes_nowhere(enter):
    enter("250", Qt.Key.Key_Escape)
    assert ask_frame(None, 1000, 12) is None


def test_selecting_tells_from_where(enter):
    titles = enter("20", Qt.Key.Key_Return)
    assert ask_select_to(None, 100, 9) == 19
    assert titles == ["Select from frame 10 to"]


def test_frames_that_are_not_there_cannot_be_asked_for(qtbot):
    dialog = FrameDialog(None, 50, 4)
    qtbot.addWidget(dialog)
    assert (dialog.box.minimum(), dialog.box.maximum()) == (1, 50)
    assert dialog.box.value() == 5
    assert FrameDialog(None, 0).value() == 0
