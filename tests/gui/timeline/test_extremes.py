"""Timelines of videos that are very short, very long, or shown by many tracks."""

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, Qt

from sleap.core.instance import PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.gui.session import Session
from sleap.gui.timeline import Timeline
from sleap.gui.timeline.tips import describe

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

Show = Callable[[Labels], tuple[Timeline, Session]]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show labels, 1000 pixels wide, doing what the timeline asks for."""

    def make(labels: Labels) -> tuple[Timeline, Session]:
        session = Session(Document(labels))
        timeline = Timeline(session)
        timeline.frame_requested.connect(session.go_to)
        timeline.range_selected.connect(session.set_range)
        qtbot.addWidget(timeline)
        timeline.resize(1024, 10)
        timeline.show()
        return timeline, session

    return make


def empty(n_frames: int) -> Labels:
    return Labels(videos=[Video("a.mp4", shape=(n_frames, 8, 8, 1))])


def crowd(n_tracks: int, n_frames: int = 400) -> Labels:
    """Each track on the frame of its number."""
    tracks = [Track(f"t{number}") for number in range(n_tracks)]
    skeleton = Skeleton(["a"])
    labels = Labels(videos=empty(n_frames).videos, skeletons=[skeleton], tracks=tracks)
    for frame_idx, track in enumerate(tracks):
        new = PredictedInstance(skeleton, np.ones((1, 2)), score=1, track=track)
        labels.add_frame(labels.video, frame_idx).append(new)
    return labels


def drag(
    qtbot: QtBot, timeline: Timeline, x0: int, x1: int, keys: Qt.KeyboardModifier = NONE
) -> None:
    y = int(timeline.lanes.labels.y) + 2
    qtbot.mousePress(timeline, LEFT, keys, QPoint(x0, y))
    qtbot.mouseMove(timeline, QPoint((x0 + x1) // 2, y))
    qtbot.mouseMove(timeline, QPoint(x1, y))
    qtbot.mouseRelease(timeline, LEFT, keys, QPoint(x1, y))


def test_a_video_without_labels_is_gone_through(show: Show, qtbot: QtBot) -> None:
    timeline, session = show(empty(100))
    drag(qtbot, timeline, 100, 512)
    assert session.frame_idx == 50
    drag(qtbot, timeline, 112, 312, SHIFT)
    assert session.frame_range == (10, 30)
    qtbot.mouseDClick(timeline, LEFT, SHIFT, QPoint(512, 5))
    assert session.frame_range == (10, 30)  # there is no run of marks to select
    assert timeline.lanes.tracks.height == timeline.lanes.suggestions.height == 0


def test_a_video_of_one_frame_is_shown(show: Show, qtbot: QtBot) -> None:
    timeline, session = show(empty(1))
    for keys in (NONE, ALT):
        drag(qtbot, timeline, 100, 900, keys)
        qtbot.mouseClick(timeline, LEFT, keys, QPoint(500, 5))
    assert session.frame_idx == 0
    assert not timeline.span.is_zoomed
    drag(qtbot, timeline, 100, 900, SHIFT)
    assert session.frame_range == (0, 0)
    qtbot.mouseClick(timeline, LEFT, SHIFT, QPoint(500, 5))
    assert session.frame_range is None
    assert not timeline.grab().isNull()


def test_every_frame_of_two_million_can_be_reached(show: Show, qtbot: QtBot) -> None:
    timeline, session = show(empty(2_000_000))
    qtbot.mouseClick(timeline, LEFT, NONE, QPoint(1023, 5))
    assert session.frame_idx == 1_999_999
    timeline.zoom_to(1_234_500, 1_234_599)
    x = round(timeline.span.x(1_234_567.5))
    qtbot.mouseClick(timeline, LEFT, NONE, QPoint(x, 5))
    assert session.frame_idx == 1_234_567
    assert not timeline.grab().isNull()
    session.go_to(0)
    assert timeline.span.first == 0  # followed
    drag(qtbot, timeline, 12, 1012, SHIFT)
    assert session.frame_range == (0, 99)
    qtbot.mouseClick(timeline, LEFT, ALT, QPoint(500, 5))
    assert not timeline.span.is_zoomed


def test_many_tracks_take_up_no_more_room_than_twenty(show: Show) -> None:
    room = show(crowd(20))[0].lanes.tracks.height
    for n_tracks in (21, 40, 41, 100, 300):
        timeline, session = show(crowd(n_tracks))
        lanes = timeline.lanes
        assert lanes.tracks.height <= room
        assert lanes.scrolls == (lanes.n_visible < n_tracks)
        assert lanes.row >= 1
        session.go_to(n_tracks - 1)
        assert timeline.first_row + lanes.n_visible == n_tracks  # its track is in sight


def test_a_tip_tells_the_tracks_of_a_frame_also_those_out_of_sight(show: Show) -> None:
    timeline, session = show(crowd(150))
    assert timeline.feed.data is not None
    assert timeline.first_row == 0
    text = describe(session.labels, timeline.feed.data, None, 140, 400)
    assert "t140" in text
