import h5py
import numpy as np
import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.gui import jobs
from sleap.gui.dialogs.add_videos import AddVideosDialog, ask_videos


@pytest.fixture
def settle(qtbot):
    return lambda: qtbot.waitUntil(lambda: not jobs.running)


@pytest.fixture
def make(qtbot, settle):
    def show(*paths):
        dialog = AddVideosDialog(None, paths)
        qtbot.addWidget(dialog)
        dialog.show()
        settle()
        return dialog

    return show


@pytest.fixture
def hdf5(tmp_path):
    path = tmp_path / "box.h5"
    with h5py.File(path, "w") as file:
        file["box"] = np.zeros((4, 1, 8, 3), np.uint8)
        file["other"] = np.zeros((5, 9, 7, 3), np.uint8)
    return path


def test_videos_are_read_and_shown(make, recording):
    dialog = make(recording("a.mp4"), recording("b.mp4", seed=1))
    assert dialog.note.text() == "2 videos can be added."
    assert dialog.picture.pixmap.size().toTuple() == (64, 48)
    assert dialog.facts.text().startswith("10 frames, 64 × 48 pixels, grayscale")
    assert not dialog.dataset.isVisible()
    dialog.picture.grab()
    assert [video.name for video in dialog.value()] == ["a.mp4", "b.mp4"]
    assert dialog.value()[0].shape == (10, 48, 64, 1)
    assert dialog.value()[0].fingerprint


def test_colour_is_chosen_and_taken_over_for_all(make, recording, qtbot, settle):
    dialog = make(recording("a.mp4"), recording("b.mp4", seed=1))
    qtbot.keyClick(dialog.gray, Qt.Key.Key_End)
    settle()
    assert [video.grayscale for video in dialog.value()] == [False, True]
    assert "colour" in dialog.facts.text()
    qtbot.mouseClick(dialog.to_all, Qt.MouseButton.LeftButton)
    settle()
    assert [video.shape[3] for video in dialog.value()] == [3, 3]


def test_dataset_and_axes_are_chosen(make, hdf5, qtbot, settle):
    dialog = make(hdf5)
    assert dialog.dataset.isVisible()
    assert dialog.dataset.currentText() == "box  (4 × 1 × 8 × 3)"
    assert dialog.value()[0].input_format == "channels_last"
    qtbot.keyClick(dialog.order, Qt.Key.Key_Down)
    settle()
    assert dialog.value()[0].input_format == "channels_first"
    assert dialog.value()[0].shape == (4, 3, 8, 1)
    qtbot.keyClick(dialog.dataset, Qt.Key.Key_Down)
    settle()
    assert dialog.value()[0].dataset == "other"
    assert dialog.value()[0].shape[:3] == (5, 9, 7)


def test_what_cannot_be_read_is_left_out(make, recording, tmp_path):
    bad = tmp_path / "notes.mp4"
    bad.write_text("no video")
    dialog = make(recording(), bad)
    assert dialog.note.text() == "1 video can be added; 1 cannot be read and would be left out."
    dialog.names.setCurrentRow(1)
    assert "notes.mp4" in dialog.facts.text()
    assert dialog.names.item(1).text() == "⚠ notes.mp4"
    assert len(dialog.value()) == 1
    assert dialog.ok.isEnabled()


def test_files_are_added_and_removed(make, recording, qtbot, monkeypatch, settle):
    dialog = make()
    assert not dialog.ok.isEnabled()
    paths = [str(recording("a.mp4")), str(recording("b.mp4"))]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (paths, ""))
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    settle()
    qtbot.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    assert dialog.names.count() == 2
    qtbot.mouseClick(dialog.remove, Qt.MouseButton.LeftButton)
    assert [video.name for video in dialog.value()] == ["b.mp4"]


def test_a_folder_without_images_is_told(make, qtbot, monkeypatch, tmp_path, settle):
    dialog = make()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "x"))
    (tmp_path / "x").mkdir()
    qtbot.mouseClick(dialog.folder, Qt.MouseButton.LeftButton)
    settle()
    assert "holds no image" in dialog.facts.text()
    assert not dialog.ok.isEnabled()


def test_asking(recording, qtbot, answer, settle):
    path = recording()

    def accept(dialog):
        settle()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    answer(accept)
    (video,) = ask_videos(None, [path])
    assert video.filename == str(path)
    answer(lambda dialog: [settle(), qtbot.keyClick(dialog, Qt.Key.Key_Escape)])
    assert ask_videos(None, [path]) is None
