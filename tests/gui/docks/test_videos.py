from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits import videos as edits
from sleap.gui.docks.videos import VideosDock
from sleap.gui.session import Session
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[VideosDock], qtbot: QtBot) -> VideosDock:
    dock = show(VideosDock(session))
    video = session.labels.videos[0]
    qtbot.waitUntil(lambda: dock.files.is_missing(video))
    return dock


def test_it_lists_the_videos(dock: VideosDock) -> None:
    assert texts(dock.table) == ["first.mp4", "second.mp4"]
    assert [texts(dock.table, column)[0] for column in (1, 2, 3, 4)] == ["100", "96", "128", "1"]


def test_the_folder_is_told(session: Session, dock: VideosDock) -> None:
    session.document.run(edits.add_videos, [Video("/data/day 1/third.mp4", shape=(5, 4, 3, 3))])
    tip = dock.model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "/data/day 1/third.mp4" in tip
    assert "5 frames of 3 × 4 pixels, colour" in tip


def test_a_missing_video_is_marked(dock: VideosDock) -> None:
    index = dock.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "Not found" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_show_video_goes_there(session: Session, dock: VideosDock, hand: Hand) -> None:
    hand.click(dock.table, 1)
    assert session.video is session.labels.videos[0]
    hand.press(dock.show_button)
    assert session.video is session.labels.videos[1]
    hand.click(dock.table, 0, double=True)
    assert session.video is session.labels.videos[0]


def test_the_current_video_is_bold_and_selected(session: Session, dock: VideosDock) -> None:
    session.go_to(0, session.labels.videos[1])
    assert dock.selected() == [session.labels.videos[1]]
    bold = [dock.model.index(row, 0).data(Qt.ItemDataRole.FontRole) for row in (0, 1)]
    assert bold[0] is None and bold[1].bold()


def test_others_are_asked_for_dialogs(
    session: Session, dock: VideosDock, hand: Hand, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dock.add_requested):
        hand.press(dock.add_button)
    hand.click(dock.table, 1)
    with qtbot.waitSignal(dock.relink_requested) as told:
        hand.press(dock.relink_button)
    assert told.args[0] == [session.labels.videos[1]]


def test_removing_a_labeled_video_tells_what_goes(
    session: Session, dock: VideosDock, hand: Hand
) -> None:
    before = len(session.labels)
    hand.click(dock.table, 0)
    hand.press(dock.remove_button)
    assert before == 3
    asked = hand.answer(dock, "cancel")
    for part in ("3 labeled frames", "6 user instances", "6 predictions", "3 suggestions"):
        assert part in asked
    assert len(session.labels.videos) == 2
    hand.press(dock.remove_button)
    hand.answer(dock, "agree")
    assert texts(dock.table) == ["second.mp4"]
    assert len(session.labels) == 0
    assert session.document.undo() == "Remove “first.mp4”"
    assert texts(dock.table) == ["first.mp4", "second.mp4"]
    assert len(session.labels) == before


def test_an_empty_video_goes_without_a_question(
    session: Session, dock: VideosDock, hand: Hand, qtbot: QtBot
) -> None:
    hand.click(dock.table, 1)
    qtbot.keyClick(dock.table, Qt.Key.Key_Delete)
    assert texts(dock.table) == ["first.mp4"]


def test_another_document_is_shown(session: Session, dock: VideosDock) -> None:
    session.open(Document.new())
    assert texts(dock.table) == []
    assert not dock.show_button.isEnabled()


def test_a_real_package_is_shown(data_dir: Path, show: Show[VideosDock], qtbot: QtBot) -> None:
    session = Session(Document.open(data_dir / "mouse_openfield" / "val.pkg.slp"))
    dock = show(VideosDock(session))
    videos = session.labels.videos
    qtbot.waitUntil(lambda: dock.files.place(videos[0]) is not None)
    assert not dock.files.is_missing(videos[0])
    assert "Frames inside a labels file" in dock.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    session.document.close()
    session.close()
