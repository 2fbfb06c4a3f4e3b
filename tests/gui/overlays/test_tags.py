"""Tags of instances."""

import pytest
from attrs import evolve
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.core.labels import Labels
from sleap.gui.look import Look
from sleap.gui.overlays.colors import color_pose, find_palette
from sleap.gui.overlays.poses import Pose, read_poses
from sleap.gui.overlays.room import Room
from sleap.gui.overlays.tags import paint_tag, tag_text
from sleap.gui.overlays.view import View

BLUE = QColor(0, 0, 255)


@pytest.fixture
def pose(labels: Labels) -> Pose:
    return read_poses(labels.store, [labels[0].user_instances[0].row])[0]


def test_a_tag_says_track_and_score(pose: Pose) -> None:
    assert tag_text(pose) == "a"
    predicted = evolve(pose, is_predicted=True, score=0.876)
    assert tag_text(predicted) == "a  0.88"
    assert tag_text(evolve(predicted, track=-1)) == "0.88"
    assert tag_text(evolve(pose, track=-1)) == ""


@pytest.mark.parametrize("box", [(0, 0, 128, 96), (19, 19, 42, 28), (22, 15, 45, 25)])
def test_a_tag_is_whole_wherever_the_instance_is(
    qtbot: QtBot, pose: Pose, box: tuple[float, float, float, float]
) -> None:
    view = View((128, 96), (320, 240)).showing(*box)
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(BLUE)
    painter = QPainter(image)
    look = Look(palette="five+")
    colors = color_pose(pose, look, find_palette("five+"))
    long = evolve(pose, track_name="a very long name of a very long track indeed, and on")
    paint_tag(painter, long, view, look, colors, Room(*view.size), is_selected=True)
    painter.end()
    places = [(x, y) for x in range(320) for y in range(240) if image.pixelColor(x, y) != BLUE]
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    top, bottom = min(y for _, y in places), max(y for _, y in places)
    assert left > 0 and right < 319 and top > 0 and bottom < 239
    assert 150 < right - left < 200 and 12 < bottom - top < 30


def test_tags_keep_off_each_other(qtbot: QtBot, pose: Pose) -> None:
    view = View((128, 96), (640, 480))
    room = Room(*view.size)
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    colors = color_pose(pose, Look(), find_palette("five+"))
    counts = []
    for _ in range(3):
        paint_tag(painter, pose, view, Look(), colors, room)
        counts.append(int(room._cells.sum()))
    painter.end()
    assert counts[0] < counts[1] < counts[2]
