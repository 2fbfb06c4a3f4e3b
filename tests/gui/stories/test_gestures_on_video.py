"""Every gesture of the mouse on a frame of a real recording, in the window of the program."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from attrs import frozen
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, QPointF, Qt
from qtpy.QtGui import QWheelEvent
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QApplication, QMenu

from sleap.core.instance import Instance, PredictedInstance
from sleap.editing.document import Document
from sleap.gui import jobs, saves
from sleap.gui.dialogs.unsaved import Unsaved
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program

Keys = Qt.KeyboardModifier
PLAIN, ALT, SHIFT, CTRL = (
    Keys.NoModifier,
    Keys.AltModifier,
    Keys.ShiftModifier,
    Keys.ControlModifier,
)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@frozen
class Bench:
    """A window with a project, and a mouse that is moved in pixels of the frame."""

    window: MainWindow

    def at(self, point: object) -> QPoint:
        return QPointF(*self.window.canvas.view.place(point).tolist()).toPoint()

    def click(
        self, point: object, keys: Keys = PLAIN, button: Qt.MouseButton = LEFT, n: int = 1
    ) -> None:
        send = QTest.mouseDClick if n == 2 else QTest.mouseClick
        send(self.window.canvas, button, keys, self.at(point))

    def drag(self, start: object, end: object, keys: Keys = PLAIN) -> None:
        canvas, places = self.window.canvas, (self.at(start), self.at(end))
        QTest.mousePress(canvas, LEFT, keys, places[0])
        for share in (0.3, 0.7, 1.0):
            step = QPointF(places[1] - places[0]) * share
            QTest.mouseMove(canvas, places[0] + step.toPoint())
            QApplication.processEvents()
        QTest.mouseRelease(canvas, LEFT, keys, places[1])

    def wheel(self, point: object, delta: int, keys: Keys = PLAIN) -> None:
        canvas, at = self.window.canvas, QPointF(self.at(point))
        none = Qt.MouseButton.NoButton
        event = QWheelEvent(
            *(at, QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, delta)),
            *(none, keys, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(canvas, event)

    @property
    def selected(self) -> Instance:
        instance = self.window.session.instance
        assert instance is not None
        return instance

    def points(self) -> np.ndarray:
        return np.array(self.selected.numpy())

    def scale(self) -> float:
        """How far a pixel of the screen is on the frame: no gesture is more exact."""
        return 1 / self.window.canvas.view.scale


@pytest.fixture
def bench(
    qtbot: QtBot,
    program: Program,
    data_dir: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bench]:
    """Two flies with predictions of 24 nodes, at frame 100, enlarged."""
    for name in ("predictions.slp", "centered_pair_low_quality.mp4"):
        shutil.copyfile(data_dir / "centered_pair" / name, tmp_path / name)
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.DISCARD)
    window = program.show(Document.open(tmp_path / "predictions.slp"))
    assert isinstance(window, MainWindow)
    window.resize(1500, 1000)
    qtbot.waitExposed(window)
    window.session.go_to(100)
    canvas = window.canvas
    qtbot.waitUntil(
        lambda: canvas.scene.frame_idx == 100 and canvas.scene.picture.image is not None
    )
    canvas.zoom = 2.0
    window.session.set_look(color_predicted=True, show_node_names=False)
    qtbot.waitUntil(lambda: not jobs.running)
    yield Bench(window)


@pytest.fixture
def taken(bench: Bench) -> Bench:
    """The same with one fly taken over by a double click on a node of it, and selected."""
    bench.click(lone_node(bench), n=2)
    assert not isinstance(bench.selected, PredictedInstance)
    return bench


def lone_node(bench: Bench) -> tuple[float, float]:
    """Return the place of a predicted node that lies in sight, farthest from all others."""
    poses = bench.window.canvas.poses
    every = np.concatenate([pose.points for pose in poses])
    every = every[np.isfinite(every).all(axis=1)]
    apart = np.linalg.norm(every[:, None] - every[None], axis=2) + 1e9 * np.eye(len(every))
    places = bench.window.canvas.view.place(every)
    size = np.array(bench.window.canvas.view.size)
    seen = ((places > 60) & (places < size - 60)).all(axis=1)
    x, y = every[np.argmax(np.where(seen, apart.min(axis=1), -1))].tolist()
    return x, y


def node_apart(bench: Bench) -> int:
    """Return the node of the selected instance that is farthest from its others, and in sight."""
    points = bench.points()
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    apart[~np.isfinite(apart)] = 1e9
    np.fill_diagonal(apart, 1e9)
    places = bench.window.canvas.view.place(points)
    size = np.array(bench.window.canvas.view.size)
    seen = ((places > 60) & (places < size - 60)).all(axis=1)
    return int(np.argmax(np.where(seen, apart.min(axis=1), -1)))


def empty_place(bench: Bench) -> tuple[float, float]:
    """Return a place in sight far from every animal."""
    view = bench.window.canvas.view
    boxes = [pose.box for pose in bench.window.canvas.poses if pose.box is not None]
    for x in range(40, int(view.size[0]) - 40, 20):
        for y in range(80, int(view.size[1]) - 80, 20):
            at = view.unplace(QPointF(x, y))
            if not any(
                x0 - 25 < at[0] < x1 + 25 and y0 - 25 < at[1] < y1 + 25 for x0, y0, x1, y1 in boxes
            ):
                return at
    raise AssertionError("animals everywhere")


def test_predictions_are_selected_only_while_coloured(bench: Bench) -> None:
    session, place = bench.window.session, lone_node(bench)
    session.set_look(color_predicted=False)
    bench.click(place)
    assert session.instance is None
    session.set_look(color_predicted=True)
    bench.click(place)
    assert isinstance(bench.selected, PredictedInstance)
    bench.click(empty_place(bench))
    assert session.instance is None


def test_a_double_click_takes_a_prediction_over(taken: Bench) -> None:
    made = taken.selected
    assert made.from_predicted is not None
    predicted = np.array(made.from_predicted.numpy())
    there = np.isfinite(predicted).all(axis=1)
    np.testing.assert_allclose(taken.points()[there], predicted[there])
    pose = taken.window.canvas.scene.pose(made.row)
    assert pose.is_present.all() and not pose.visible[~there].any()  # what it lacked is guessed


def test_a_node_is_dragged_and_put_back(taken: Bench) -> None:
    node, before = node_apart(taken), taken.points()
    taken.drag(before[node], before[node] + (30, -20))
    moved = taken.points() - before
    np.testing.assert_allclose(moved[node], (30, -20), atol=2 * taken.scale())
    assert np.nanmax(np.abs(np.delete(moved, node, axis=0))) == 0
    assert taken.window.canvas.scene.pose(taken.selected.row).complete[node]
    taken.window.session.document.undo()
    np.testing.assert_array_equal(taken.points(), before)


def test_alt_drag_moves_all_of_it_and_alt_wheel_turns_it(taken: Bench) -> None:
    node, before = node_apart(taken), taken.points()
    taken.drag(before[node], before[node] + (12, 9), ALT)
    after = taken.points()
    moved = after - before
    np.testing.assert_allclose(moved, np.broadcast_to(moved[node], moved.shape), atol=1e-9)
    np.testing.assert_allclose(moved[node], (12, 9), atol=2 * taken.scale())
    canvas, place = taken.window.canvas, taken.at(after[node])
    QTest.mousePress(canvas, LEFT, ALT, place)
    taken.wheel(after[node], 1200, ALT)  # 60 degrees
    QTest.mouseRelease(canvas, LEFT, ALT, place)
    turned = taken.points() - after[node]
    x, y = (after - after[node]).T
    half, root = 0.5, np.sqrt(0.75)
    expected = np.c_[half * x - root * y, root * x + half * y]
    np.testing.assert_allclose(turned, expected, atol=1e-6)


def test_a_right_click_on_a_node_hides_it_and_shift_click_completes(taken: Bench) -> None:
    node, row = node_apart(taken), taken.selected.row
    place = taken.points()[node]
    taken.click(place, button=RIGHT)
    pose = taken.window.canvas.scene.pose(row)
    assert not pose.visible[node] and pose.complete[node] and not pose.complete.all()
    taken.click(place, button=RIGHT)
    assert taken.window.canvas.scene.pose(row).visible[node]
    taken.click(place, SHIFT)
    pose = taken.window.canvas.scene.pose(row)
    assert pose.complete[pose.is_present].all()


def test_nodes_chosen_with_ctrl_or_a_band_move_together(taken: Bench) -> None:
    session, node, before = taken.window.session, node_apart(taken), taken.points()
    taken.click(before[node], CTRL)
    assert session.nodes == {node}
    taken.click(before[node], CTRL)
    assert session.nodes == frozenset()
    low, high = np.nanmin(before, axis=0) - 12, np.nanmax(before, axis=0) + 12
    taken.drag(low, high, SHIFT)
    assert session.nodes == set(np.flatnonzero(np.isfinite(before).all(axis=1)).tolist())
    taken.drag(before[node], before[node] + (10, 10))
    moved = taken.points() - before
    np.testing.assert_allclose(
        moved[np.isfinite(moved)], np.full(np.isfinite(moved).sum(), 10), atol=2 * taken.scale()
    )


def test_the_frame_is_moved_and_enlarged(bench: Bench) -> None:
    canvas, place = bench.window.canvas, empty_place(bench)
    before = canvas.view
    bench.drag(place, (place[0] + 15, place[1] + 10))
    shift = np.array(canvas.view.origin) - before.origin
    np.testing.assert_allclose(shift, np.array([15, 10]) * before.scale, atol=2)
    at = QPointF(bench.at(place))
    under = canvas.view.unplace(at)
    bench.wheel(place, 120)
    assert canvas.zoom == pytest.approx(2.2)
    assert canvas.view.unplace(at) == pytest.approx(under, abs=bench.scale())
    bench.wheel(place, -120)
    assert canvas.zoom == pytest.approx(1.98)
    start = canvas.view.unplace(QPointF(100, 100))
    end = canvas.view.unplace(QPointF(300, 280))
    corners = start, end
    bench.window.session.set_look(show_instances=False)
    bench.drag(start, end, ALT)
    middle = canvas.view.unplace(QPointF(canvas.width() / 2, canvas.height() / 2))
    assert middle == pytest.approx(tuple(np.mean(corners, axis=0)), abs=2)
    assert canvas.zoom > 5
    bench.click(middle, ALT, n=2)
    assert canvas.zoom == 1.0


def test_a_right_click_elsewhere_adds_an_instance_there(bench: Bench, qtbot: QtBot) -> None:
    place = empty_place(bench)
    n_before = len(bench.window.session.instances)
    bench.click(place, button=RIGHT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles[:4] == ["Default", "Force Directed", "Copy Prior Frame", "Random"]
    next(action for action in menu.actions() if action.text() == "Random").trigger()
    menu.close()
    assert len(bench.window.session.instances) == n_before + 1
    low, high = np.nanmin(bench.points(), axis=0), np.nanmax(bench.points(), axis=0)
    assert (low < place).all() and (high > place).all()  # around it, but within the frame


def test_nodes_are_placed_one_after_the_other_from_nothing(bench: Bench) -> None:
    session = bench.window.session
    assert session.instance is None
    bench.window.menus.trigger("click to place")
    place = np.array(empty_place(bench))
    for number in range(3):
        bench.click(place + np.array([8 * number, 0]))
    placed = bench.points()[:3]
    expected = place + np.array([[0, 0], [8, 0], [16, 0]])
    np.testing.assert_allclose(placed, expected, atol=bench.scale())
    assert len(session.frame.user_instances) == 1
    bench.window.menus.trigger("click to place")


def test_a_double_click_on_ones_own_adds_what_is_missing(bench: Bench) -> None:
    bench.window.menus.trigger("click to place")
    place = np.array(empty_place(bench))
    bench.click(place)
    bench.window.menus.trigger("click to place")
    assert np.isnan(bench.points()[1:]).all()
    bench.click(place, n=2)
    pose = bench.window.canvas.scene.pose(bench.selected.row)
    assert pose.is_present.all() and pose.visible[0] and not pose.visible[1:].any()
