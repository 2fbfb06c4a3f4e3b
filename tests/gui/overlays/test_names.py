"""Names beside nodes."""

from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QFont, QImage, QPainter

from sleap.core.labels import Labels
from sleap.gui.look import Look
from sleap.gui.overlays.colors import COMPLETE, INCOMPLETE
from sleap.gui.overlays.names import lay_out_names, paint_names
from sleap.gui.overlays.poses import read_poses
from sleap.gui.overlays.room import Room
from sleap.gui.overlays.text import Sprites
from sleap.gui.overlays.view import View

LOOK = Look()
VIEW = View((128, 96), (1024, 768))


def test_names_do_not_lie_over_each_other(qtbot: QtBot, labels: Labels) -> None:
    poses = read_poses(labels.store, [one.row for one in labels[0]])
    names = lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), Room(*VIEW.size))
    assert [name.text for name in names] == ["head", "thorax", "tail"] * 2
    for name in names:
        assert not any(name.box.intersects(other.box) for other in names if other is not name)


def test_predictions_have_no_names(qtbot: QtBot, labels: Labels) -> None:
    poses = read_poses(labels.store, [one.row for one in labels[0].predicted_instances])
    assert lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), Room(*VIEW.size)) == []


def test_without_room_only_the_selected_instance_keeps_its_names(
    qtbot: QtBot, labels: Labels
) -> None:
    row = labels[0].user_instances[0].row
    pose = read_poses(labels.store, [row])[0]
    poses = [pose] * 12
    names = lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), Room(*VIEW.size))
    assert 3 <= len(names) < 36
    names = lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), Room(*VIEW.size), selected=row)
    assert len(names) == 36


def test_complete_is_green_and_incomplete_red(qtbot: QtBot, labels: Labels) -> None:
    pose = read_poses(labels.store, [labels[0].user_instances[0].row])[0]
    pose.complete[0] = True
    sprites = Sprites(QFont())
    names = lay_out_names([pose], VIEW, Look(label_size=36), sprites, Room(*VIEW.size))
    image = QImage(1024, 768, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    paint_names(painter, names, Look(label_size=36), sprites, 1.0)
    painter.end()

    def has(color: QColor, number: int) -> bool:
        box = names[number].box.toAlignedRect()
        part = image.copy(box)
        return any(
            part.pixelColor(x, y) == color
            for x in range(part.width())
            for y in range(part.height())
        )

    assert has(COMPLETE, 0) and not has(INCOMPLETE, 0)
    assert has(INCOMPLETE, 1) and not has(COMPLETE, 1)
