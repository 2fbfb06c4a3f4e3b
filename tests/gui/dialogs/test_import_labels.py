import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.gui.dialogs.import_labels import ImportChoice, ImportDialog, ask_import
from sleap.io.files import save_file
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


def test_a_file_of_another_format_than_said_is_told(dialog, tmp_path, labels):
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    dialog.path.setText(str(path))
    assert dialog.doubt == ""
    dialog.format.setCurrentIndex(dialog.format.findData("nwb"))
    assert dialog.note.text() == (
        "a.coco.json looks like COCO keypoints, and not like NWB with ndx-pose."
    )
    assert dialog.ok.isEnabled()


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


def test_asking_shows_the_dialog_only_in_doubt(qtbot, tmp_path, labels, answer, monkeypatch):
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    assert ask_import(None, tmp_path, "coco") == ImportChoice(path, "coco")
    answer(lambda dialog: dialog.format.setCurrentIndex(0) or dialog.accept())
    assert ask_import(None, tmp_path, "nwb") == ImportChoice(path)
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_import(None, tmp_path, "nwb") is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    assert ask_import(None, tmp_path, "coco") is None
