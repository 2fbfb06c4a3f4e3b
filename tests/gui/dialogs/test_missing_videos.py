import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.gui import jobs
from sleap.gui.dialogs.missing_videos import MissingVideosDialog, ask_missing_videos
from sleap.video import load_video


@pytest.fixture
def new(recording):
    return [recording(f"new/place/day{day}.mp4", seed=day) for day in (1, 2)]


@pytest.fixture
def videos(new):
    found = [load_video(path) for path in new]
    for video, path in zip(found, new, strict=True):
        video.filename = str(path).replace("/new/place/", "/old/")
        video.metadata.clear()
    return found


@pytest.fixture
def dialog(qtbot, videos, tmp_path):
    made = MissingVideosDialog(None, videos, tmp_path / "labels.slp")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 2)
    qtbot.waitUntil(lambda: not jobs.running)
    return made


def test_missing_videos_are_shown(dialog):
    assert dialog.note.text() == "0 videos found, 2 missing."
    assert "it was found nowhere" in dialog.why.text()
    assert not dialog.ok.isEnabled()
    assert dialog.value() == {}


def test_locating_one_finds_the_others(dialog, qtbot, new, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(new[0]), ""))
    qtbot.mouseClick(dialog.locate, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.note.text() == "2 videos found.")
    assert dialog.value() == {0: str(new[0]), 1: str(new[1])}
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_folder_is_searched(dialog, qtbot, new, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new[0].parents[1]))
    qtbot.mouseClick(dialog.search, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.note.text() == "2 videos found.")


def test_other_content_is_taken_only_if_it_is_wanted(dialog, qtbot, new, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(new[1]), ""))
    qtbot.mouseClick(dialog.locate, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "1 in doubt" in dialog.note.text())
    assert 0 not in dialog.value()
    dialog.force.click()
    qtbot.waitUntil(lambda: 0 in dialog.value())
    assert dialog.value()[0] == str(new[1])


def test_giving_up_the_choice_of_a_file_changes_nothing(dialog, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    qtbot.mouseClick(dialog.locate, Qt.MouseButton.LeftButton)
    assert dialog.files == {}


def test_later_leaves_all(qtbot, videos, tmp_path, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_missing_videos(None, videos, tmp_path / "labels.slp") is None
    qtbot.waitUntil(lambda: not jobs.running)
