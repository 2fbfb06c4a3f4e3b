"""Gestures without a widget."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QFont

from sleap.gui.canvas.gestures import Band, Click, MoveNodes, Pan, rotate
from sleap.gui.canvas.scene import Scene
from sleap.gui.overlays.view import View
from sleap.gui.session import Session

VIEW = View((128, 96), (1280, 960))


@pytest.fixture
def scene(qtbot: QtBot, session: Session) -> Scene:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    return scene


def test_turning_is_clockwise_as_seen() -> None:
    points = np.array([[0.0, 0], [10, 0], [np.nan, np.nan]])
    np.testing.assert_allclose(rotate(points, 0, 90)[1], [0, 10], atol=1e-12)
    assert np.isnan(rotate(points, 0, 90)[2]).all()


def test_a_preview_turns_as_the_edit_does(scene: Scene, session: Session) -> None:
    from sleap.editing.edits.points import rotate_instance

    frame = session.frame
    assert frame is not None
    wanted = rotate(frame.user_instances[0].numpy(), 1, 33.0)
    session.document.run(rotate_instance, frame.user_instances[0], 1, 33.0)
    np.testing.assert_allclose(frame.user_instances[0].numpy(), wanted, atol=1e-9)


def test_moved_and_turned_is_told_in_that_order(scene: Scene) -> None:
    row = scene.poses[2].row
    gesture = MoveNodes(QPointF(205, 205), [], scene, lambda: VIEW, row, None, 0)
    gesture.move(QPointF(255, 205))
    assert gesture.wheel(240)
    assert gesture.finish() == [
        ("instance_moved", (row, pytest.approx(5), pytest.approx(0))),
        ("instance_rotated", (row, 0, 12.0)),
    ]
    gesture.cancel()
    assert scene.poses[2].points[0].tolist() == [20, 20]


def test_only_a_whole_instance_held_at_a_node_turns(scene: Scene) -> None:
    row = scene.poses[2].row
    assert not MoveNodes(QPointF(), [], scene, lambda: VIEW, row, {0}, 0).wheel(120)
    assert not MoveNodes(QPointF(), [], scene, lambda: VIEW, row, None, -1).wheel(120)


def test_a_pan_that_is_canceled_goes_back() -> None:
    moves: list[tuple[float, float]] = []
    pan = Pan(QPointF(0, 0), [("x", ())], lambda dx, dy: moves.append((dx, dy)))
    pan.move(QPointF(10, 0))
    pan.move(QPointF(30, 5))
    pan.cancel()
    assert np.sum(moves, axis=0).tolist() == [0, 0]
    assert pan.finish() == []


def test_a_band_and_a_click() -> None:
    band = Band(QPointF(5, 5), [("click", ())], lambda box: [("box", (box,))])
    assert band.finish() == [("click", ())]
    band.move(QPointF(1, 9))
    assert band.finish() == [("box", (QRectF(1, 5, 4, 4),))]
    band.cancel()
    assert band.band is None
    click = Click(QPointF(0, 0), [("click", ())])
    assert click.finish() == [("click", ())]
    click.move(QPointF(50, 0))
    assert click.finish() == []
