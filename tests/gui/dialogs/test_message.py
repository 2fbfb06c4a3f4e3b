import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication

from sleap.errors import VideoError
from sleap.gui.dialogs.message import UNEXPECTED, ErrorDialog, describe, show_error


def _error(kind, text):
    try:
        raise kind(text)
    except kind as error:
        return error


@pytest.fixture
def dialog(qtbot):
    made = ErrorDialog(
        None, "Show video", _error(VideoError, "Cannot open 'a.mp4': <b>not there</b>.")
    )
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_error_of_ours_speaks_for_itself(dialog):
    assert dialog.label.text() == "Cannot open 'a.mp4': <b>not there</b>."
    assert dialog.label.textFormat() == Qt.TextFormat.PlainText
    assert not dialog.pane.isVisible()


def test_details_are_unfolded_with_the_keyboard(dialog, qtbot):
    height = dialog.height()
    qtbot.keyClick(dialog.fold, Qt.Key.Key_Space)
    assert dialog.pane.isVisible()
    assert "Traceback" in dialog.pane.toPlainText()
    assert dialog.height() > height
    qtbot.keyClick(dialog.fold, Qt.Key.Key_Space)
    assert not dialog.pane.isVisible()


def test_copying_takes_message_and_details(dialog, qtbot):
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    text = QApplication.clipboard().text()
    assert text.startswith("Cannot open 'a.mp4'")
    assert "VideoError" in text
    assert dialog.note.text() == "Copied."


def test_any_other_error_is_told_as_unexpected(qtbot):
    dialog = ErrorDialog(None, "Delete instance", _error(ZeroDivisionError, "division by zero"))
    qtbot.addWidget(dialog)
    assert dialog.label.text() == UNEXPECTED
    assert "ZeroDivisionError: division by zero" in dialog.details


def test_it_is_shown_until_it_is_read(qtbot, answer):
    seen = []

    def read(dialog):
        seen.append(dialog.windowTitle())
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(read)
    show_error(None, "Open project", VideoError("No."))
    assert seen == ["Open project"]


def test_details_tell_versions():
    assert "Python" in describe("Open", VideoError("No."))
