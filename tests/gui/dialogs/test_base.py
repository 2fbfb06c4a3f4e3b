import threading

import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel, QLineEdit, QTableWidget

from sleap.errors import CancelledError, VideoError
from sleap.gui import jobs
from sleap.gui.dialogs.base import Dialog, as_table, count, heading


class _Name(Dialog[str]):
    def __init__(self):
        super().__init__("Name", accept="&Take", intro="What is it called?")
        self.line = QLineEdit()
        self.body.addWidget(self.line)

    def value(self):
        return self.line.text()


@pytest.fixture
def dialog(qtbot):
    made = _Name()
    qtbot.addWidget(made)
    return made


def test_enter_accepts_and_escape_leaves(qtbot, answer):
    def press(dialog, *keys):
        answer(lambda _: [qtbot.keyClick(dialog.line, key) for key in keys])
        return dialog

    assert press(_Name(), "a", Qt.Key.Key_Return).ask() == "a"
    assert press(_Name(), "b", Qt.Key.Key_Escape).ask() is None


def test_what_is_wrong_is_said_and_keeps_enter_from_accepting(dialog, qtbot):
    dialog.show()
    dialog.allow("It has no name.")
    assert dialog.note.isVisible()
    assert dialog.note.text() == "It has no name."
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible()
    dialog.allow("", "Fine.")
    assert dialog.note.text() == "Fine."
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    assert dialog.result() == _Name.DialogCode.Accepted


def test_a_dialog_is_as_high_as_its_texts(dialog):
    dialog.intro.setText("A rather long sentence, said again. " * 20)
    dialog.resize(300, 50)
    dialog.show()
    assert dialog.intro.height() >= dialog.intro.heightForWidth(dialog.intro.width())


def test_a_size_set_stays(dialog):
    dialog.set_size(60, 20)
    size = dialog.size()
    dialog.show()
    assert dialog.size() == size


def test_parts(qtbot):
    table = QTableWidget(2, 3)
    qtbot.addWidget(table)
    as_table(table, stretch=1)
    assert table.verticalHeader().isHidden()
    label = heading("Title")
    qtbot.addWidget(label)
    assert label.font().bold()
    assert label.font().pointSizeF() > QLabel().font().pointSizeF()


def test_things_are_counted_in_words():
    assert count(1, "frame") == "1 frame"
    assert count(12000, "frame") == "12,000 frames"
    assert count(2, "index", "indices") == "2 indices"


def test_work_in_a_thread_is_handed_to_the_dialog(dialog, qtbot):
    results = []
    dialog.work("Add", lambda progress: 1 + 1, results.append)
    qtbot.waitUntil(lambda: results == [2])


def test_errors_of_work_are_reported(dialog, qtbot, monkeypatch):
    told, failures = [], []
    monkeypatch.setattr(jobs, "report", lambda *told_of: told.append(told_of))

    def fail(progress):
        raise VideoError("No.")

    def cancel(progress):
        raise CancelledError("Cancelled.")

    dialog.work("Read", fail, failures.append)
    dialog.work("Read", fail, failures.append, failures.append)
    dialog.work("Stop", cancel, failures.append)
    qtbot.waitUntil(lambda: not jobs.running)
    assert [(parent, title, str(error)) for parent, title, error in told] == [
        (dialog, "Read", "No.")
    ]
    assert [str(error) for error in failures] == ["No."]


def test_what_comes_of_work_is_dropped_with_the_dialog(qtbot, answer):
    dialog, results = _Name(), []
    may_go = threading.Event()
    dialog.work("Wait", lambda progress: may_go.wait(5), results.append)
    answer(lambda _: qtbot.keyClick(dialog.line, Qt.Key.Key_Escape))
    gone = []
    dialog.destroyed.connect(lambda: gone.append(True))
    assert dialog.ask() is None
    qtbot.waitUntil(lambda: gone == [True])
    may_go.set()
    qtbot.waitUntil(lambda: not jobs.running)
    assert results == []
