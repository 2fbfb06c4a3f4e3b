"""Gestures on the canvas, with real events."""

from collections.abc import Iterator

import numpy as np
import pytest
from attrs import frozen
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QEvent, QPoint, QPointF, Qt
from qtpy.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from qtpy.QtWidgets import QApplication

from sleap.gui.canvas import Canvas, Mode
from sleap.gui.session import Session

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
SIGNALS = (
    *("instance_clicked", "instance_double_clicked", "background_clicked", "node_moved"),
    *("nodes_moved", "instance_moved", "instance_rotated", "visibility_toggled", "completed"),
    *("node_placed", "add_requested", "area_selected", "point_picked"),
)


@frozen
class Hand:
    """Moves a mouse over a canvas, in pixels of the frame, and notes what the canvas tells."""

    canvas: Canvas
    told: list[tuple[object, ...]]

    def at(self, x: float, y: float) -> QPointF:
        return QPointF(*self.canvas.view.place([x, y]).tolist())

    def send(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        at = self.at(x, y)
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
        if kind == QEvent.Type.MouseMove:
            button = Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, QPointF(self.canvas.mapToGlobal(at)), button, held, keys)
        QApplication.sendEvent(self.canvas, event)

    def press(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        self.send(QEvent.Type.MouseButtonPress, x, y, LEFT, keys)

    def move(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        self.send(QEvent.Type.MouseMove, x, y, LEFT, keys)

    def release(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        self.send(QEvent.Type.MouseButtonRelease, x, y, LEFT, keys)

    def drag(
        self, start: tuple[float, float], end: tuple[float, float], keys: Qt.KeyboardModifier = NONE
    ) -> None:
        self.press(*start, keys)
        self.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, keys)
        self.move(*end, keys)
        self.release(*end, keys)

    def click(
        self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        self.send(QEvent.Type.MouseButtonPress, x, y, button, keys)
        self.send(QEvent.Type.MouseButtonRelease, x, y, button, keys)

    def double_click(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        self.click(x, y, keys)
        self.send(QEvent.Type.MouseButtonDblClick, x, y, LEFT, keys)
        self.release(x, y, keys)

    def wheel(self, x: float, y: float, delta: int, keys: Qt.KeyboardModifier = NONE) -> None:
        at = self.at(x, y)
        turn = QPoint(delta, 0) if keys & ALT else QPoint(0, delta)
        event = QWheelEvent(
            *(at, QPointF(self.canvas.mapToGlobal(at)), QPoint(), turn),
            *(Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(self.canvas, event)

    def key(self, key: Qt.Key, *, is_down: bool = True, is_repeat: bool = False) -> QKeyEvent:
        kind = QEvent.Type.KeyPress if is_down else QEvent.Type.KeyRelease
        event = QKeyEvent(kind, key, NONE, "", is_repeat)
        QApplication.sendEvent(self.canvas, event)
        return event


@pytest.fixture
def canvas(qtbot: QtBot, session: Session) -> Iterator[Canvas]:
    canvas = Canvas(session)
    qtbot.addWidget(canvas)
    canvas.resize(1024, 768)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_frame(np.full((96, 128), 60, np.uint8))
    canvas.repaint()
    yield canvas


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    told: list[tuple[object, ...]] = []
    for name in SIGNALS:
        getattr(canvas, name).connect(lambda *facts, name=name: told.append((name, *facts)))
    return Hand(canvas, told)


def users(session: Session) -> list[int]:
    frame = session.frame
    assert frame is not None
    return [one.row for one in frame.user_instances]


def predictions(session: Session) -> list[int]:
    frame = session.frame
    assert frame is not None
    return [one.row for one in frame.predicted_instances]


# The first user instance has its nodes at (20, 20), (30, 22), (40, 26).


def test_a_click_selects_and_a_click_elsewhere_clears(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    hand.click(20, 20)
    assert session.instance_row == row
    assert hand.told == [("instance_clicked", row)]
    hand.click(120, 90)
    assert session.instance_row == -1
    assert hand.told[1:] == [("background_clicked",)]


def test_predictions_are_selectable_only_while_colored(hand: Hand, session: Session) -> None:
    row = predictions(session)[0]
    hand.click(48, 34)
    assert session.instance_row == -1
    session.set_look(color_predicted=True)
    hand.click(48, 34)
    assert session.instance_row == row
    hand.told.clear()
    hand.drag((48, 34), (60, 60))
    assert not [told for told in hand.told if "moved" in str(told[0])], "it cannot be moved"


def test_a_drag_of_a_node_is_previewed_and_told_once(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    hand.press(20, 20)
    hand.move(22, 24)
    pose = hand.canvas.scene.pose(row)
    assert pose is not None
    np.testing.assert_allclose(pose.points[0], [22, 24], atol=1e-6)
    assert hand.told == []
    hand.move(25, 28)
    hand.release(25, 28)
    assert [told[:3] for told in hand.told] == [("node_moved", row, 0)]
    assert hand.told[0][3:] == pytest.approx((25, 28))
    after = hand.canvas.scene.pose(row)
    assert after is not None
    np.testing.assert_array_equal(after.points[0], [20, 20])  # nobody edited, so it is back


def test_a_node_held_beside_its_middle_does_not_jump(hand: Hand, session: Session) -> None:
    hand.drag((20.4, 19.7), (30.4, 29.7))
    assert hand.told[0][3:] == pytest.approx((30, 30))


def test_a_tiny_drag_is_a_click(hand: Hand, session: Session) -> None:
    hand.drag((20, 20), (20.2, 20.1))
    assert [told[0] for told in hand.told] == ["instance_clicked"]


def test_escape_ends_a_drag_without_a_trace(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    hand.press(20, 20)
    hand.move(30, 40)
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, NONE)
    override.ignore()
    QApplication.sendEvent(hand.canvas, override)
    assert override.isAccepted(), "the shortcut of the window must not take the key"
    hand.key(Qt.Key.Key_Escape)
    pose = hand.canvas.scene.pose(row)
    assert pose is not None
    np.testing.assert_array_equal(pose.points[0], [20, 20])
    hand.release(30, 40)
    assert hand.told == []
    override.ignore()
    QApplication.sendEvent(hand.canvas, override)
    assert not override.isAccepted()


def test_right_click_on_a_node_toggles_it_elsewhere_asks_to_add(
    hand: Hand, session: Session
) -> None:
    hand.click(30, 22, button=RIGHT)
    assert hand.told == [("visibility_toggled", users(session)[0], 1)]
    hand.told.clear()
    hand.click(100, 80, button=RIGHT)
    name, x, y, where = hand.told[0]
    assert name == "add_requested" and isinstance(where, QPoint)
    assert (x, y) == pytest.approx((100, 80))


def test_shift_click_on_a_node_completes(hand: Hand, session: Session) -> None:
    hand.click(30, 22, SHIFT)
    assert hand.told == [("completed", users(session)[0])]


def test_alt_drag_moves_the_whole_instance(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    hand.press(30, 22, ALT)
    hand.move(35, 32, ALT)
    pose = hand.canvas.scene.pose(row)
    assert pose is not None
    np.testing.assert_allclose(pose.points[2], [45, 36], atol=1e-6)
    hand.release(35, 32, ALT)
    assert [told[:2] for told in hand.told] == [("instance_moved", row)]
    assert hand.told[0][2:] == pytest.approx((5, 10))


def test_alt_drag_of_a_name_moves_the_whole_instance(hand: Hand, session: Session) -> None:
    name = next(one for one in hand.canvas.scene.names if one.row == users(session)[0])
    x, y = hand.canvas.view.unplace(name.box.center())
    hand.drag((x, y), (x + 5, y), ALT)
    assert [told[0] for told in hand.told] == ["instance_moved"]


def test_alt_held_on_a_node_and_the_wheel_turn(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    zoom = hand.canvas.zoom
    hand.press(20, 20, ALT)
    for _ in range(15):
        hand.wheel(20, 20, 120, ALT)
    pose = hand.canvas.scene.pose(row)
    assert pose is not None
    np.testing.assert_allclose(pose.points[:2], [[20, 20], [18, 30]], atol=1e-6)
    assert hand.canvas.zoom == zoom
    hand.release(20, 20, ALT)
    assert hand.told == [("instance_rotated", row, 0, 90.0)]


def test_double_click_tells_of_any_instance(hand: Hand, session: Session) -> None:
    hand.double_click(48, 34)
    assert ("instance_double_clicked", predictions(session)[0]) in hand.told
    hand.told.clear()
    hand.double_click(20, 20)
    assert ("instance_double_clicked", users(session)[0]) in hand.told


def test_wheel_zooms_about_the_cursor(hand: Hand, qtbot: QtBot) -> None:
    canvas = hand.canvas
    at = hand.at(100, 30)
    with qtbot.waitSignal(canvas.zoom_changed) as heard:
        hand.wheel(100, 30, 120)
    assert heard.args == [pytest.approx(1.1)]
    assert canvas.view.unplace(at) == pytest.approx((100, 30), abs=0.1)
    hand.wheel(100, 30, -120)
    assert canvas.zoom == 1, "0.99 is held at 1"
    for _ in range(60):
        hand.wheel(100, 30, 120)
    assert canvas.zoom == 64


def test_drag_pans_alt_drag_zooms_and_alt_double_click_resets(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.show_box(60, 40, 120, 90)
    at = hand.at(80, 60)
    hand.press(100, 80)
    start = canvas.view.centre
    hand.move(95, 78)
    assert canvas.view.centre[0] > start[0]
    hand.release(95, 78)
    assert canvas.view.unplace(at) != pytest.approx((80, 60), abs=1)
    canvas.fit_image()
    hand.drag((70, 50), (100, 80), ALT)
    assert canvas.zoom > 2
    assert canvas.view.place_box(70, 50, 100, 80).height() == pytest.approx(768, abs=2)
    hand.double_click(90, 70, ALT)
    assert canvas.zoom == 1
    assert hand.told == []


def test_fit_instances(hand: Hand, session: Session) -> None:
    hand.canvas.fit_instances()
    box = hand.canvas.scene.instances_box
    assert box is not None and hand.canvas.zoom > 1
    shown = hand.canvas.view.place_box(*box)
    assert hand.canvas.rect().contains(shown.toAlignedRect())


def test_nodes_are_chosen_with_shift_and_moved_together(hand: Hand, session: Session) -> None:
    row = users(session)[0]
    hand.drag((15, 15), (33, 25), SHIFT)
    assert session.instance_row == row and session.nodes == {0, 1}
    hand.drag((30, 22), (32, 25))
    assert [told[:3] for told in hand.told] == [("nodes_moved", row, frozenset({0, 1}))]
    assert hand.told[0][3:] == pytest.approx((2, 3))
    assert session.nodes == {0, 1}
    hand.told.clear()
    hand.drag((40, 26), (41, 30))
    assert [told[:3] for told in hand.told] == [("node_moved", row, 2)]


def test_ctrl_click_adds_a_node_and_takes_it_off(hand: Hand, session: Session) -> None:
    hand.click(20, 20, CTRL)
    hand.click(40, 26, CTRL)
    assert session.nodes == {0, 2}
    hand.click(20, 20, CTRL)
    assert session.nodes == {2}


def test_nodes_are_placed_one_after_the_other(hand: Hand, session: Session) -> None:
    canvas = hand.canvas
    session.select(users(session)[0])
    canvas.click_to_place = True
    assert "head (1 of 3)" in canvas.hint
    hand.click(50, 50)
    assert hand.told == [("node_placed", 0, pytest.approx(50), pytest.approx(50))]
    assert "thorax (2 of 3)" in canvas.hint
    hand.click(0, 0, button=RIGHT)
    assert "tail" in canvas.hint
    hand.key(Qt.Key.Key_Backspace)
    assert "thorax" in canvas.hint
    hand.key(Qt.Key.Key_Backspace)
    assert "head" in canvas.hint
    hand.drag((100, 80), (60, 60))
    assert len(hand.told) == 1, "a drag still pans"
    hand.key(Qt.Key.Key_Escape)
    assert not canvas.click_to_place and canvas.hint == ""


def test_an_area_and_a_point_are_chosen_once(hand: Hand) -> None:
    canvas = hand.canvas
    canvas.begin_area()
    hand.drag((40, 50), (10, 20))
    assert hand.told[0][0] == "area_selected"
    assert hand.told[0][1:] == pytest.approx((10, 20, 40, 50))
    assert canvas.mode is Mode.EDIT
    canvas.begin_point()
    hand.click(20, 20)
    assert hand.told[1] == ("point_picked", pytest.approx(20), pytest.approx(20))
    canvas.begin_area()
    hand.key(Qt.Key.Key_Escape)
    assert canvas.mode is Mode.EDIT and len(hand.told) == 2


def test_keys_that_are_held(hand: Hand, session: Session) -> None:
    canvas = hand.canvas
    session.select(users(session)[0])
    hand.move(30, 30)
    pictures = [canvas.grab().toImage()]
    for key in (canvas.hide_key, canvas.magnifier_key, Qt.Key.Key_Control):
        hand.key(key)
        hand.key(key, is_repeat=True)
        pictures.append(canvas.grab().toImage())
        hand.key(key, is_down=False)
        assert canvas.grab().toImage() == pictures[0]
    assert len({id(p) for p in pictures}) == 4
    for one in range(4):
        for other in range(one):
            assert pictures[one] != pictures[other]


def test_losing_the_focus_releases_the_keys(hand: Hand, qtbot: QtBot) -> None:
    before = hand.canvas.grab().toImage()
    hand.key(hand.canvas.hide_key)
    hand.canvas.clearFocus()
    QApplication.sendEvent(hand.canvas, QEvent(QEvent.Type.Leave))
    hand.key(hand.canvas.hide_key, is_down=False)
    assert hand.canvas.grab().toImage() == before


def test_what_is_pointed_at(hand: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hand.canvas.pointed) as heard:
        hand.move(12, 13)
    assert heard.args[0] == pytest.approx((12, 13))
