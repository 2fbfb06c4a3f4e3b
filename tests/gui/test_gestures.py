from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint

from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED
from sleap.editing.document import Document
from sleap.gui.main_window import MainWindow


def titles(window: MainWindow) -> list[str]:
    return [entry.title for entry in window.session.document.history.done]


def test_every_gesture_is_an_edit_of_its_own(window: MainWindow) -> None:
    canvas, row = window.canvas, window.session.selectable[0]
    canvas.completed.emit(row)
    canvas.node_moved.emit(row, 0, 5.0, 6.0)
    canvas.nodes_moved.emit(row, frozenset({0, 1}), 1.0, 0.0)
    canvas.instance_moved.emit(row, 2.0, 2.0)
    canvas.instance_rotated.emit(row, 1, 30.0)
    canvas.visibility_toggled.emit(row, 2)
    assert titles(window) == [
        "Mark Complete",
        "Move head",
        "Move Nodes",
        "Move Instance",
        "Rotate Instance",
        "Toggle Visibility",
    ]
    before = window.session.labels.store.points_of(row).copy()
    for _ in range(6):
        window.session.document.undo()
    assert (window.session.labels.store.points_of(row) != before).any()
    assert not window.session.document.is_modified


def test_a_double_click_takes_a_prediction_over(window: MainWindow) -> None:
    session = window.session
    predicted = session.instances[0]
    assert session.labels.store.instances.rows["instance_type"][predicted] == PREDICTED
    window.canvas.instance_double_clicked.emit(predicted)
    assert session.instance is not None and not session.instance.is_predicted
    assert predicted not in session.instances
    assert titles(window) == ["Edit Prediction"]


def test_a_double_click_adds_missing_nodes(window: MainWindow) -> None:
    session = window.session
    row = session.selectable[0]
    session.labels.store.points_of(row, writable=True)["x"][2] = float("nan")
    window.canvas.instance_double_clicked.emit(row)
    assert titles(window) == ["Add Missing Nodes"]


def test_nodes_are_placed_one_by_one(window: MainWindow) -> None:
    session = window.session
    session.go_to(33)
    for node in range(3):
        window.canvas.node_placed.emit(node, 10.0 * node, 5.0)
    assert session.instance is not None
    assert session.instance.numpy().tolist() == [[0, 5], [10, 5], [20, 5]]
    assert len(session.instances) == 1


def test_a_right_click_offers_ways_to_add(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to(33)
    menu = window.gestures.make_menu(50.0, 40.0)
    actions = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    assert list(actions) == [
        "Default",
        "Force Directed",
        "Copy Prior Frame",
        "Random",
        "Average Instance",
    ]
    actions["Force Directed"].trigger()
    assert len(window.session.instances) == 1
    assert window.session.instance_row == window.session.instances[0]
    menu.deleteLater()


def test_without_a_skeleton_says_what_is_missing(window: MainWindow) -> None:
    window.take(Document(Labels()))
    menu = window.gestures.make_menu(1.0, 1.0)
    assert [action.isEnabled() for action in menu.actions()] == [False]
    menu.deleteLater()


def test_the_menu_comes_up_at_the_mouse(qtbot: QtBot, window: MainWindow) -> None:
    window.canvas.add_requested.emit(5.0, 5.0, QPoint(100, 100))
    menu = window.findChild(type(window.gestures.make_menu(1, 1)), "add instance")
    assert menu is not None
    menu.close()
