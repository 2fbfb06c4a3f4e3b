"""The labels of the frame shown."""

from pytestqt.qtbot import QtBot
from qtpy.QtGui import QFont

from sleap.editing.edits.points import move_node
from sleap.editing.touched import Kind, Touched
from sleap.gui.canvas.scene import Scene
from sleap.gui.session import Session


def test_the_labels_are_those_of_the_frame_shown(qtbot: QtBot, session: Session) -> None:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    first = [pose.row for pose in scene.poses]
    assert first == session.instances
    session.go_to(10)
    scene.read()
    assert [pose.row for pose in scene.poses] == first, "frame 0 is still shown"
    scene.show(None, session.video, 10)
    assert [pose.row for pose in scene.poses] == session.instances
    scene.show(None, session.video, 11)
    assert scene.poses == []


def test_edits_elsewhere_are_not_seen(qtbot: QtBot, session: Session) -> None:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    assert not scene.follow(Touched(Kind.POINTS, frozenset({(0, 10)})))
    assert scene.follow(Touched(Kind.POINTS, frozenset({(0, 0)})))
    assert scene.follow(Touched(Kind.POINTS, None))
    assert scene.follow(Touched(Kind.SKELETON, frozenset()))
    assert not scene.follow(Touched(Kind.SUGGESTIONS, frozenset()))
    session.set_look(trail_length=10)
    assert scene.follow(Touched(Kind.POINTS, frozenset({(0, 10)}))), "a trail may lead there"


def test_a_preview_lasts_until_labels_are_read(qtbot: QtBot, session: Session) -> None:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    pose = scene.poses[2]
    scene.replace(pose.at(pose.points + 5))
    assert scene.poses[2].points[0, 0] == pose.points[0, 0] + 5
    frame = session.frame
    assert frame is not None
    session.document.run(move_node, frame.user_instances[1], 0, 1.0, 2.0)
    scene.read()
    assert scene.poses[2].points[0, 0] == pose.points[0, 0]
    assert scene.poses[3].points[0].tolist() == [1, 2]


def test_the_size_is_known_without_pixels(qtbot: QtBot, session: Session) -> None:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    assert scene.image_size == (128, 96)
    scene.show(None, None, 0)
    assert scene.image_size == (640, 480) and scene.instances_box is None
