import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import QPoint, QPointF, Qt

from sleap.core.skeleton import Skeleton
from sleap.gui.docks.skeleton_preview import MARGIN, SkeletonPreview

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def preview(qtbot: QtBot) -> SkeletonPreview:
    preview = SkeletonPreview()
    qtbot.addWidget(preview)
    preview.resize(300, 180)
    skeleton = Skeleton(["head", "body", "left", "right"], [("head", "body")], [("left", "right")])
    places = np.array([[0.0, 0.0], [40.0, 0.0], [20.0, -10.0], [20.0, 10.0]])
    preview.show_skeleton(skeleton, places)
    preview.show()
    return preview


def place(preview: SkeletonPreview, node: int) -> QPoint:
    return preview.node_place(node).toPoint()


@pytest.mark.parametrize("size", [(230, 130), (300, 180), (900, 300)])
def test_all_nodes_lie_within(preview: SkeletonPreview, size: tuple[int, int]) -> None:
    preview.resize(*size)
    for node in range(4):
        point = preview.node_place(node)
        assert MARGIN - 1 <= point.x() <= size[0] - MARGIN + 1
        assert MARGIN - 1 <= point.y() <= size[1] - MARGIN + 1


def test_a_click_on_a_node_is_told(preview: SkeletonPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.node_clicked) as told:
        qtbot.mouseClick(preview, LEFT, pos=place(preview, 2))
    assert told.args == [2]
    with qtbot.assertNotEmitted(preview.node_clicked):
        qtbot.mouseClick(preview, LEFT, pos=QPoint(4, 4))


def test_an_edge_is_drawn_from_node_to_node(preview: SkeletonPreview, qtbot: QtBot) -> None:
    qtbot.mousePress(preview, LEFT, pos=place(preview, 1))
    qtbot.mouseMove(preview, place(preview, 3))
    with qtbot.waitSignal(preview.edge_drawn) as told:
        qtbot.mouseRelease(preview, LEFT, pos=place(preview, 3))
    assert told.args == [1, 3]
    qtbot.mousePress(preview, LEFT, pos=place(preview, 1))
    with qtbot.assertNotEmitted(preview.edge_drawn):
        qtbot.mouseRelease(preview, LEFT, pos=QPoint(4, 4))


def test_names_and_partners_are_told(preview: SkeletonPreview) -> None:
    assert preview._tip(0) == "head"
    assert preview._tip(2) == "left, mirrored by right"
    assert preview.node_at(QPointF(place(preview, 3))) == 3
    assert preview.node_at(QPointF(2, 2)) == -1


def test_a_selected_node_looks_otherwise(preview: SkeletonPreview) -> None:
    before = preview.grab().toImage()
    preview.select(1)
    assert preview.grab().toImage() != before


def test_no_skeleton_is_said(preview: SkeletonPreview) -> None:
    preview.show_skeleton(Skeleton(), np.empty((0, 2)))
    image = preview.grab().toImage()
    colors = {image.pixel(x, y) for x in range(20, 280) for y in range(60, 120, 3)}
    assert len(colors) > 2  # there is text
