from pathlib import Path

from pytestqt.qtbot import QtBot
from qtpy.QtCore import QObject

from sleap.core.video import Video
from sleap.gui.docks.video_files import VideoFiles


def test_it_tells_which_videos_are_there(tmp_path: Path, qtbot: QtBot) -> None:
    owner, told = QObject(), list[bool]()
    (tmp_path / "there.mp4").write_bytes(b"not really")
    videos = [
        Video(str(tmp_path / "there.mp4"), shape=(1, 2, 3, 1)),
        Video("/nowhere/gone.mp4", shape=(1, 2, 3, 1)),
    ]
    files = VideoFiles(lambda: told.append(True), owner)
    assert not files.is_missing(videos[1])  # not known yet
    files.look_for(videos, [])
    qtbot.waitUntil(lambda: bool(told))
    assert not files.is_missing(videos[0])
    assert files.place(videos[0]) == str(tmp_path / "there.mp4")
    assert files.is_missing(videos[1])


def test_a_video_that_is_relinked_is_looked_for_again(tmp_path: Path, qtbot: QtBot) -> None:
    owner, told = QObject(), list[bool]()
    (tmp_path / "there.mp4").write_bytes(b"not really")
    video = Video("/nowhere/gone.mp4", shape=(1, 2, 3, 1))
    files = VideoFiles(lambda: told.append(True), owner)
    files.look_for([video], [])
    qtbot.waitUntil(lambda: len(told) == 1)
    files.look_for([video], [])
    video.filename = str(tmp_path / "there.mp4")
    assert not files.is_missing(video)
    files.look_for([video], [])
    qtbot.waitUntil(lambda: len(told) == 2)
    assert files.place(video) == str(tmp_path / "there.mp4")


def test_the_size_of_a_recording_is_found_out(data_dir: Path, qtbot: QtBot) -> None:
    owner = QObject()
    video = Video(str(data_dir / "mouse_openfield" / "m3v1.mp4"))
    files = VideoFiles(lambda: None, owner)
    files.look_for([video], [])
    qtbot.waitUntil(lambda: files.shape(video) is not None)
    shape = files.shape(video)
    assert shape is not None and shape[:3] == (2330, 480, 640)
    assert video.shape is None  # only edits change the labels
