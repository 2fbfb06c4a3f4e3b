from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFileDialog

from sleap.core.skeleton import Skeleton
from sleap.editing.document import Document
from sleap.editing.edits import skeleton as edits
from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.session import Session
from sleap.io.skeleton_files import load_skeleton, save_skeleton
from tests.gui.docks.conftest import Hand, Show, texts


@pytest.fixture
def dock(session: Session, show: Show[SkeletonDock]) -> SkeletonDock:
    return show(SkeletonDock(session))


def nodes(dock: SkeletonDock) -> list[str]:
    return texts(dock.nodes.view)


def test_it_shows_nodes_edges_and_a_drawing(dock: SkeletonDock) -> None:
    assert nodes(dock) == ["head", "thorax", "tail"]
    assert texts(dock.edges.view, 1) == ["thorax", "tail"]
    assert dock.preview.node_at(dock.preview.node_place(2)) == 2
    assert dock.choice.combo.currentText() == "fly"


def test_a_node_clicked_on_the_drawing_is_selected(dock: SkeletonDock, qtbot: QtBot) -> None:
    place = dock.preview.node_place(1).toPoint()
    qtbot.mouseClick(dock.preview, Qt.MouseButton.LeftButton, pos=place)
    assert dock.nodes.selected == 1
    assert dock.edges.source.currentText() == "thorax"


def test_an_edge_is_drawn(session: Session, dock: SkeletonDock, qtbot: QtBot) -> None:
    start, end = (dock.preview.node_place(node).toPoint() for node in (2, 0))
    qtbot.mousePress(dock.preview, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(dock.preview, end)
    qtbot.mouseRelease(dock.preview, Qt.MouseButton.LeftButton, pos=end)
    assert session.labels.skeletons[0].edge_names[-1] == ("tail", "head")


def pick(dock: SkeletonDock, qtbot: QtBot, path: Path) -> None:
    dialog = dock.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()
    qtbot.waitUntil(lambda: dock.findChild(QFileDialog) is None)


def test_a_skeleton_is_saved_and_loaded(
    session: Session, dock: SkeletonDock, hand: Hand, qtbot: QtBot, tmp_path: Path
) -> None:
    original = session.labels.skeletons[0].copy()
    hand.press(dock.save_button)
    pick(dock, qtbot, tmp_path / "fly.json")
    assert load_skeleton(tmp_path / "fly.json").matches(original)
    session.open(Document.new())
    assert not dock.save_button.isEnabled()
    hand.press(dock.load_button)
    pick(dock, qtbot, tmp_path / "fly.json")
    assert nodes(dock) == ["head", "thorax", "tail"]
    assert session.labels.skeletons[0].matches(original)
    assert session.document.undo() == "Load skeleton fly.json"


def test_a_file_that_holds_none_is_told(dock: SkeletonDock, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("[1, 2")
    dock.load(str(tmp_path / "bad.json"))
    assert "bad.json" in dock.notice.text()
    assert nodes(dock) == ["head", "thorax", "tail"]


def test_a_refusal_is_seen_in_a_low_dock(session: Session, show: Show[SkeletonDock]) -> None:
    dock = show(SkeletonDock(session), height=300)
    dock.run(edits.rename_node, session.labels.skeletons[0], 0, "tail")
    notice = dock.notice
    assert not notice.visibleRegion().isEmpty()
    assert notice.visibleRegion().boundingRect().size() == notice.size()
    assert notice.height() >= notice.heightForWidth(notice.width())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("keep", ["tail", "wing", "head", "thorax"]),
        ("drop", ["tail", "wing"]),
    ],
)
def test_points_stay_by_the_names_of_their_nodes(
    session: Session,
    dock: SkeletonDock,
    hand: Hand,
    tmp_path: Path,
    answer: str,
    expected: list[str],
) -> None:
    before = session.labels.numpy()
    save_skeleton(Skeleton(["tail", "wing"], [("tail", "wing")]), tmp_path / "new.json")
    dock.load(str(tmp_path / "new.json"))
    asked = hand.answer(dock, answer, "lost")
    assert "24 points" in asked and "“head” and “thorax”" in asked
    assert nodes(dock) == expected
    after = session.labels.numpy()
    assert np.array_equal(after[:, :, 0], before[:, :, 2], equal_nan=True)
    assert np.isnan(after[:, :, 1]).all()
    session.document.undo()
    assert nodes(dock) == ["head", "thorax", "tail"]
    assert np.array_equal(session.labels.numpy(), before, equal_nan=True)


def test_a_template_begins_a_project(session: Session, dock: SkeletonDock) -> None:
    session.open(Document.new())
    menu = dock.template_button.menu()
    action = next(one for one in menu.actions() if one.text() == "Human")
    action.trigger()
    assert len(nodes(dock)) == 17
    assert texts(dock.nodes.view, 1)[1] == "right_eye"
    session.document.undo()
    assert nodes(dock) == []


def test_two_skeletons_are_chosen_from(session: Session, dock: SkeletonDock) -> None:
    session.document.run(edits.add_skeleton, Skeleton(["x", "y"], name="other"))
    assert dock.choice.combo.isVisible()
    dock.choice.combo.setCurrentIndex(1)
    dock.choice.combo.activated.emit(1)
    assert nodes(dock) == ["x", "y"]
    session.document.undo()
    assert nodes(dock) == ["head", "thorax", "tail"]
    assert dock.choice.combo.count() == 1


@pytest.mark.parametrize("name", ["flies13/flies13.tracks.slp", "mirror_mouse/val.pkg.slp"])
def test_real_skeletons_are_drawn(data_dir: Path, show: Show[SkeletonDock], name: str) -> None:
    session = Session(Document.open(data_dir / name))
    dock = show(SkeletonDock(session))
    skeleton = session.labels.skeletons[0]
    assert nodes(dock) == skeleton.node_names
    points = [dock.preview.node_place(node) for node in range(skeleton.n_nodes)]
    for point in points:
        assert dock.preview.rect().contains(point.toPoint())
    session.document.close()
    session.close()
