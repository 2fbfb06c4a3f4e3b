import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.gui.dialogs.import_labels import ImportChoice, ImportDialog, ask_import
from sleap.io.format import FORMATS


@pytest.fixture
def labels_file(tmp_path):
    path = tmp_path / "old.mat"
    path.write_bytes(b"x")
    return path


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = ImportDialog(None, tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def test_all_formats_that_can_be_read_are_offered(dialog):
    offered = {dialog.format.itemData(row) for row in range(dialog.format.count())}
    assert offered == {None, *(name for name in FORMATS if FORMATS.get(name).read is not None)}


def test_a_file_is_typed(dialog, qtbot, labels_file):
    assert not dialog.ok.isEnabled()
    qtbot.keyClicks(dialog.path, str(labels_file))
    assert dialog.ok.isEnabled()
    assert dialog.value() == ImportChoice(labels_file)
    qtbot.keyClick(dialog.path, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_file_that_is_not_there_is_told(dialog, qtbot):
    qtbot.keyClicks(dialog.path, "none.mat")
    assert dialog.note.text() == "There is no file 'none.mat'."
    assert not dialog.ok.isEnabled()


def test_labels_of_leap_are_asked_for_their_video(
    dialog, qtbot, labels_file, monkeypatch, tmp_path
):
    assert not dialog.video.isVisible()
    dialog.path.setText(str(labels_file))
    assert dialog.video.isVisible()
    video = tmp_path / "box.h5"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(video), ""))
    qtbot.mouseClick(dialog.browse_video, Qt.MouseButton.LeftButton)
    assert "There is no video" in dialog.note.text()
    video.write_bytes(b"x")
    dialog.format.setCurrentIndex(dialog.format.findData("leap"))
    assert dialog.value() == ImportChoice(labels_file, "leap", video)
    assert dialog.value().folders == [tmp_path]


def test_a_file_is_chosen_by_the_filter_of_its_format(dialog, qtbot, labels_file, monkeypatch):
    asked = []

    def choose(*arguments):
        asked.append(arguments[-1])
        return str(labels_file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    dialog.format.setCurrentIndex(dialog.format.findData("leap"))
    qtbot.mouseClick(dialog.browse, Qt.MouseButton.LeftButton)
    assert asked == ["LEAP labels (*.mat);;All files (*)"]
    assert dialog.value().path == labels_file


def test_asking(qtbot, labels_file, tmp_path, answer):
    def accept(dialog):
        dialog.path.setText(str(labels_file))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(accept)
    assert ask_import(None, tmp_path, "leap") == ImportChoice(labels_file, "leap")
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_import(None) is None
