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


def test_crowded_names_are_left_out_sooner_than_laid_over_each_other(
    qtbot: QtBot, labels: Labels
) -> None:
    row = labels[0].user_instances[0].row
    poses = [read_poses(labels.store, [row])[0]] * 12
    for selected in (-1, row):
        room = Room(*VIEW.size)
        names = lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), room, selected)
        assert 3 <= len(names) < 36
        for number, name in enumerate(names):
            for other in names[:number]:
                both = name.box.intersected(other.box)
                shared = both.width() * both.height() / (name.box.width() * name.box.height())
                assert shared < (0.06 if selected < 0 else 0.25)


def test_the_selected_instance_is_named_before_others(qtbot: QtBot, labels: Labels) -> None:
    one, other = (instance.row for instance in labels[0].user_instances)
    poses = read_poses(labels.store, [one, other])
    poses = [poses[0], poses[1].at(poses[0].points)]
    for row in (one, other):
        names = lay_out_names(poses, VIEW, LOOK, Sprites(QFont()), Room(*VIEW.size), row)
        assert {name.node for name in names if name.row == row} == {0, 1, 2}


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
