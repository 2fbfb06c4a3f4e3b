import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.core.video import Video
from sleap.editing.edits.videos import replace_video
from sleap.gui import jobs
from sleap.gui.dialogs.replace_videos import ReplaceVideosDialog, ask_replacements

VIDEOS = (
    Video("first.mp4", shape=(10, 48, 64, 1)),
    Video("second.mp4", shape=(50, 96, 128, 1)),
)


@pytest.fixture
def dialog(qtbot):
    made = ReplaceVideosDialog(None, VIDEOS, lambda video: 9 if video is VIDEOS[0] else 40)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def choose(dialog, qtbot, monkeypatch):
    def act(row, path):
        dialog.table.setCurrentCell(row, 0)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not jobs.running)

    return act


def test_a_video_of_the_same_frames_fits(dialog, choose, recording, qtbot):
    assert not dialog.ok.isEnabled()
    path = recording("anew.mp4")
    choose(0, path)
    assert dialog.why.text() == ""
    assert dialog.note.text() == "1 video would be replaced."
    (one,) = dialog.value()
    assert (one.number, one.video.filename, one.truncate) == (0, str(path), False)
    assert one.video.shape == (10, 48, 64, 1)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_other_frames_are_told(dialog, choose, recording, qtbot):
    choose(1, recording())
    assert "frames are 64 × 48 pixels, and not 128 × 96" in dialog.why.text()
    assert "beyond the end" in dialog.note.text()
    assert not dialog.ok.isEnabled()
    dialog.truncate.click()
    assert dialog.ok.isEnabled()
    assert dialog.value()[0].truncate


def test_what_is_no_video_is_told_and_may_be_kept(dialog, choose, tmp_path, qtbot):
    path = tmp_path / "notes.mp4"
    path.write_text("no video")
    choose(0, path)
    assert "notes.mp4" in dialog.note.text()
    assert not dialog.ok.isEnabled()
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert dialog.value() == []
    assert dialog.table.item(0, 2).text() == ""


def test_the_answer_fits_the_edit(dialog, choose, recording, session):
    path = recording()
    choose(0, path)
    video = session.labels.videos[0]
    for one in dialog.value():
        session.document.run(replace_video, video, one.video, truncate=True)
    assert video.filename == str(path)


def test_giving_up(dialog, choose, qtbot, answer):
    choose(0, "")
    assert dialog.value() == []
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_replacements(None, VIDEOS) is None
