from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QFileDialog

from sleap.gui.dialogs.text_report import ReportDialog, show_report


def test_a_report_is_read_and_copied(qtbot):
    dialog = ReportDialog(None, "Merge", ["one", "two"], "What was done:")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.pane.toPlainText() == "one\ntwo"
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "one\ntwo"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_report_is_saved(qtbot, monkeypatch, tmp_path):
    dialog = ReportDialog(None, "Merge", "text")
    qtbot.addWidget(dialog)
    path = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert path.read_text() == "text\n"
    assert str(path) in dialog.note.text()


def test_a_report_that_cannot_be_saved_says_so(qtbot, monkeypatch, tmp_path):
    dialog = ReportDialog(None, "Merge", "text")
    qtbot.addWidget(dialog)
    path = tmp_path / "none" / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    told = []
    monkeypatch.setattr("sleap.gui.dialogs.text_report.show_error", lambda *a: told.append(a))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert len(told) == 1


def test_giving_up_saves_nothing(qtbot, monkeypatch):
    dialog = ReportDialog(None, "Merge", "text")
    qtbot.addWidget(dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not dialog.note.text()


def test_it_is_shown_until_it_is_closed(qtbot, answer):
    seen = []

    def close(dialog):
        seen.append(dialog.text)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(close)
    show_report(None, "Merge", "text")
    assert seen == ["text"]
