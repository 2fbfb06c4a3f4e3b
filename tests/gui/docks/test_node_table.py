import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QComboBox, QLineEdit

from sleap.editing.document import Document
from sleap.gui.docks.node_table import count_points, free_name
from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.session import Session
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[SkeletonDock]) -> SkeletonDock:
    return show(SkeletonDock(session))


def names(session: Session) -> list[str]:
    return session.labels.skeletons[0].node_names


def test_a_node_is_renamed_with_its_points_kept(
    session: Session, dock: SkeletonDock, hand: Hand
) -> None:
    before = session.labels.numpy()
    hand.click(dock.nodes.view, 0, 0, double=True)
    hand.type_into(dock.nodes.view, "nose")
    assert names(session) == ["nose", "thorax", "tail"]
    assert np.array_equal(session.labels.numpy(), before, equal_nan=True)
    assert texts(dock.edges.view) == ["nose", "thorax"]
    session.document.undo()
    assert texts(dock.nodes.view) == ["head", "thorax", "tail"]


def test_a_name_that_is_taken_is_refused(session: Session, dock: SkeletonDock, hand: Hand) -> None:
    hand.click(dock.nodes.view, 0, 0, double=True)
    hand.type_into(dock.nodes.view, "tail")
    assert names(session)[0] == "head"
    assert "tail" in dock.notice.text() and dock.notice.isVisible()
    hand.click(dock.nodes.view, 0, 0, double=True)
    hand.type_into(dock.nodes.view, "nose")
    assert not dock.notice.isVisible()


def test_a_new_node_is_named_at_once(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot
) -> None:
    hand.press(dock.nodes.new_button)
    assert names(session) == ["head", "thorax", "tail", "node_4"]
    assert dock.nodes.view.findChild(QLineEdit) is not None
    hand.type_into(dock.nodes.view, "wing")
    assert names(session)[-1] == "wing"
    session.document.undo()
    session.document.undo()
    assert names(session) == ["head", "thorax", "tail"]


def test_the_first_node_makes_the_skeleton(
    session: Session, dock: SkeletonDock, hand: Hand
) -> None:
    session.open(Document.new())
    hand.press(dock.nodes.new_button)
    hand.type_into(dock.nodes.view, "head")
    hand.press(dock.nodes.new_button)
    hand.type_into(dock.nodes.view, "tail")
    assert names(session) == ["head", "tail"]
    for _ in range(4):
        session.document.undo()
    assert session.labels.skeletons == []
    assert texts(dock.nodes.view) == []


def test_deleting_a_node_tells_how_many_points_go(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot
) -> None:
    before = session.labels.numpy()
    hand.click(dock.nodes.view, 1)
    hand.press(dock.nodes.delete_button)
    asked = hand.answer(dock, "agree")
    assert "6 labeled points and 6 predicted points" in asked
    assert names(session) == ["head", "tail"]
    assert texts(dock.edges.view) == []
    session.document.undo()
    assert np.array_equal(session.labels.numpy(), before, equal_nan=True)


def test_an_unused_node_goes_without_a_question(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot
) -> None:
    hand.press(dock.nodes.new_button)
    qtbot.keyClick(dock.nodes.view.findChild(QLineEdit), Qt.Key.Key_Escape)
    hand.click(dock.nodes.view, 3)
    qtbot.keyClick(dock.nodes.view, Qt.Key.Key_Delete)
    assert names(session) == ["head", "thorax", "tail"]


def test_a_partner_is_chosen(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot
) -> None:
    view = dock.nodes.view
    hand.click(view, 0, 1, double=True)
    combo = view.findChild(QComboBox)
    assert combo is not None
    assert [combo.itemText(number) for number in range(combo.count())] == ["", "thorax", "tail"]
    qtbot.waitUntil(lambda: combo.view().isVisible())
    qtbot.keyClick(combo.view(), Qt.Key.Key_End)
    qtbot.keyClick(combo.view(), Qt.Key.Key_Return)
    assert texts(view, 1) == ["tail", "", "head"]
    session.document.undo()
    assert texts(view, 1) == ["", "", ""]


def test_nodes_are_put_in_order_with_their_points(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot
) -> None:
    before = session.labels.numpy()
    hand.click(dock.nodes.view, 0)
    hand.press(dock.nodes.down_button)
    assert names(session) == ["thorax", "head", "tail"]
    assert dock.nodes.selected == 1
    assert np.array_equal(session.labels.numpy()[:, :, [1, 0, 2]], before, equal_nan=True)
    qtbot.keyClick(dock.nodes.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(session) == ["head", "thorax", "tail"]
    assert not dock.nodes.up_button.isEnabled()


def test_nodes_are_dragged(session: Session, dock: SkeletonDock, qtbot: QtBot) -> None:
    view = dock.nodes.view
    port = view.viewport()
    start, end = (view.visualRect(view.table.index(row, 0)).center() for row in (0, 2))
    end.setY(end.y() + 6)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, (start + end) / 2)
    qtbot.mouseMove(port, end)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    assert names(session) == ["thorax", "tail", "head"]


def test_points_are_counted(session: Session) -> None:
    skeleton = session.labels.skeletons[0]
    assert count_points(session.labels, skeleton, 0) == (6, 6)
    session.labels.find(session.video, 0).user_instances[0]["head"] = (np.nan, np.nan)
    assert count_points(session.labels, skeleton, 0) == (5, 6)


def test_a_free_name_is_found() -> None:
    assert free_name([]) == "node_1"
    assert free_name(["a", "node_3"]) == "node_4"
