"""Which gesture a press begins."""

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QFont

from sleap.gui.canvas.gestures import Band, Click, Gesture, MoveNodes, Pan
from sleap.gui.canvas.presses import Desk
from sleap.gui.canvas.scene import Scene
from sleap.gui.overlays.view import View
from sleap.gui.session import Session

VIEW = View((128, 96), (1280, 960))
Keys = Qt.KeyboardModifier


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Desk:
    scene = Scene(session, QFont())
    scene.show(None, session.video, 0)
    return Desk(scene, lambda: VIEW, lambda dx, dy: None, lambda box: None)


@pytest.mark.parametrize(
    ("x", "y", "keys", "kind"),
    [
        (20, 20, Keys.NoModifier, MoveNodes),
        (25, 21, Keys.NoModifier, Pan),
        (90, 90, Keys.NoModifier, Pan),
        (20, 20, Keys.AltModifier, MoveNodes),
        (25, 21, Keys.AltModifier, MoveNodes),
        (23, 25, Keys.AltModifier, Band),
        (90, 90, Keys.AltModifier, Band),
        (20, 20, Keys.ShiftModifier, Click),
        (90, 90, Keys.ShiftModifier, Band),
        (20, 20, Keys.ControlModifier, Click),
        (28, 28, Keys.NoModifier, Pan),
    ],
)
def test_presses(desk: Desk, x: float, y: float, keys: Keys, kind: type[Gesture]) -> None:
    at = QPointF(*VIEW.place([x, y]).tolist())
    assert type(desk.press_left(at, keys)) is kind


def test_hidden_instances_are_not_hit(desk: Desk, session: Session) -> None:
    session.set_look(show_instances=False)
    at = QPointF(*VIEW.place([20, 20]).tolist())
    assert type(desk.press_left(at, Keys.NoModifier)) is Pan
    assert desk.press_right(at) == []
