"""The canvas shows the session's frame, with its labels."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.editing.edits.videos import relink_videos
from sleap.gui.canvas import Canvas, Feed
from sleap.gui.session import Session


@pytest.fixture
def shown(qtbot: QtBot, session: Session, labels: Labels, tmp_path: Path) -> Iterator[Feed]:
    path = tmp_path / "first.npy"
    values = np.arange(100, dtype=np.uint8)[:, None, None, None]
    np.save(path, np.broadcast_to(values, (100, 96, 128, 1)))
    labels.videos[0].filename = str(path)
    canvas = Canvas(session)
    qtbot.addWidget(canvas)
    with qtbot.waitExposed(canvas):
        canvas.show()
    feed = Feed(canvas)
    yield feed
    feed.close()


def value(feed: Feed) -> int:
    image = feed.canvas.scene.picture.image
    return -1 if image is None else int(image[0, 0, 0])


def test_stepping_shows_pixels_and_labels_of_one_frame(qtbot: QtBot, shown: Feed) -> None:
    session, canvas = shown.session, shown.canvas
    qtbot.waitUntil(lambda: value(shown) == 0)
    for index in (10, 11, 20, 3):
        session.go_to(index)
        qtbot.waitUntil(lambda index=index: value(shown) == index)
        assert canvas.scene.frame_idx == index
        assert [pose.row for pose in canvas.poses] == session.instances


def test_labels_wait_for_their_pixels(qtbot: QtBot, shown: Feed) -> None:
    qtbot.waitUntil(lambda: value(shown) == 0)
    before = [pose.row for pose in shown.canvas.poses]
    shown.loader.clear()
    shown.session.go_to(60)
    if value(shown) == 0:
        assert [pose.row for pose in shown.canvas.poses] == before
    qtbot.waitUntil(lambda: value(shown) == 60)
    assert list(shown.canvas.poses) == []


def test_a_missing_video_is_said_on_the_canvas_and_labels_stay(
    qtbot: QtBot, shown: Feed, labels: Labels
) -> None:
    frame = labels.add_frame(labels.videos[1], 4)
    frame.append(labels[0].user_instances[0])
    shown.session.go_to(4, labels.videos[1])
    qtbot.waitUntil(lambda: "second.mp4" in shown.canvas.message)
    assert len(shown.canvas.poses) == 1
    assert shown.canvas.scene.image_size == (128, 96)
    assert not shown.canvas.grab().isNull()
    shown.session.go_to(0, labels.videos[0])
    qtbot.waitUntil(lambda: value(shown) == 0)
    assert shown.canvas.message == ""


def test_a_video_that_is_relinked_appears(qtbot: QtBot, shown: Feed, labels: Labels) -> None:
    path = labels.videos[0].filename
    second = labels.videos[1]
    shown.session.go_to(7, second)
    qtbot.waitUntil(lambda: bool(shown.canvas.message))
    shown.session.document.run(relink_videos, {1: path})
    qtbot.waitUntil(lambda: value(shown) == 7)


def test_playing_shows_frames_in_order(qtbot: QtBot, shown: Feed) -> None:
    qtbot.waitUntil(lambda: value(shown) == 0)
    seen: list[int] = []
    shown.canvas.painted.connect(seen.append)
    shown.player.fps = 200
    shown.toggle()
    qtbot.waitUntil(lambda: value(shown) > 30)
    shown.toggle()
    assert not shown.player.is_playing
    assert seen == sorted(seen) and len(seen) > 3


def test_another_document(qtbot: QtBot, shown: Feed) -> None:
    shown.session.open(Document(Labels()))
    qtbot.waitUntil(lambda: value(shown) == -1)
    assert list(shown.canvas.poses) == []
