import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.session import Session
from tests.gui.docks.conftest import Show


@pytest.fixture
def dock(session: Session, show: Show[SkeletonDock]) -> SkeletonDock:
    return show(SkeletonDock(session))


def names(session: Session) -> list[str]:
    return [skeleton.name for skeleton in session.labels.skeletons]


def test_a_skeleton_is_renamed_in_place(session: Session, dock: SkeletonDock, qtbot: QtBot) -> None:
    dock.choice.rename_action.trigger()
    qtbot.keyClicks(dock.choice.line, "wasp")
    qtbot.keyClick(dock.choice.line, Qt.Key.Key_Escape)
    assert names(session) == ["fly"] and dock.choice.combo.isVisible()
    dock.choice.rename_action.trigger()
    qtbot.keyClicks(dock.choice.line, "wasp")
    qtbot.keyClick(dock.choice.line, Qt.Key.Key_Return)
    assert names(session) == ["wasp"] and dock.choice.combo.currentText() == "wasp"
    session.document.undo()
    assert dock.choice.combo.currentText() == "fly"


def test_a_name_is_needed(session: Session, dock: SkeletonDock, qtbot: QtBot) -> None:
    dock.choice.begin_rename()
    dock.choice.line.clear()
    qtbot.keyClick(dock.choice.line, Qt.Key.Key_Return)
    assert "needs a name" in dock.notice.text() and names(session) == ["fly"]


def test_one_more_is_added_chosen_and_removed(
    session: Session, dock: SkeletonDock, qtbot: QtBot
) -> None:
    dock.choice.new_action.trigger()
    qtbot.keyClicks(dock.choice.line, "mouse")
    qtbot.keyClick(dock.choice.line, Qt.Key.Key_Return)
    assert names(session) == ["fly", "mouse"]
    assert dock.skeleton is session.labels.skeletons[1] and dock.nodes.model.n_rows == 0
    dock.nodes.add()
    assert [len(one) for one in session.labels.skeletons] == [3, 1]
    dock.choice.remove_action.trigger()
    assert names(session) == ["fly"] and dock.nodes.model.n_rows == 3


def test_one_that_has_instances_stays(session: Session, dock: SkeletonDock) -> None:
    dock.choice.remove_action.trigger()
    assert names(session) == ["fly"] and dock.notice.text()
