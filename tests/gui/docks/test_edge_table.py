import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtTest import QTest

from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.session import Session
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[SkeletonDock]) -> SkeletonDock:
    dock = show(SkeletonDock(session))
    tabs = dock.lists.tabBar()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    return dock


def edges(dock: SkeletonDock) -> list[tuple[str, str]]:
    view = dock.edges.view
    return list(zip(texts(view, 0), texts(view, 1), strict=True))


def test_an_edge_is_added_between_chosen_nodes(
    session: Session, dock: SkeletonDock, hand: Hand
) -> None:
    assert edges(dock) == [("head", "thorax"), ("thorax", "tail")]
    assert not dock.edges.add_button.isEnabled()
    dock.edges.source.setCurrentText("tail")
    dock.edges.destination.setCurrentText("head")
    hand.press(dock.edges.add_button)
    assert edges(dock)[-1] == ("tail", "head")
    assert dock.edges.source.currentText() == "head"  # the next begins where this one ends
    session.document.undo()
    assert len(edges(dock)) == 2


@pytest.mark.parametrize(("source", "destination"), [("head", "head"), ("head", "thorax")])
def test_an_edge_that_cannot_be_is_not_offered(
    dock: SkeletonDock, source: str, destination: str
) -> None:
    dock.edges.source.setCurrentText(source)
    dock.edges.destination.setCurrentText(destination)
    assert not dock.edges.add_button.isEnabled()


def test_an_edge_is_deleted(session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot) -> None:
    hand.click(dock.edges.view, 0)
    hand.press(dock.edges.delete_button)
    assert edges(dock) == [("thorax", "tail")]
    assert dock.edges.view.selected() == [0]
    qtbot.keyClick(dock.edges.view, Qt.Key.Key_Delete)
    assert edges(dock) == []
    assert not dock.edges.delete_button.isEnabled()
    session.document.undo()
    session.document.undo()
    assert edges(dock) == [("head", "thorax"), ("thorax", "tail")]
