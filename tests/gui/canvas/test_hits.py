"""What lies under the cursor."""

import pytest
from attrs import evolve
from qtpy.QtCore import QPointF

from sleap.core.labels import Labels
from sleap.gui.canvas.hits import Hit, hit_test, near_edge, nodes_in
from sleap.gui.look import Look
from sleap.gui.overlays.poses import Pose, read_poses
from sleap.gui.overlays.view import View

VIEW = View((128, 96), (1280, 960))


@pytest.fixture
def poses(labels: Labels) -> list[Pose]:
    frame = labels[0]
    return read_poses(
        labels.store, [one.row for one in (*frame.predicted_instances, *frame.user_instances)]
    )


def at(x: float, y: float) -> QPointF:
    return QPointF(*VIEW.place([x, y]).tolist())


def test_nodes_then_edges_then_boxes(poses: list[Pose]) -> None:
    row = poses[2].row
    assert hit_test(poses, [], VIEW, Look(), at(20.5, 20.5)) == Hit(row, 0)
    assert hit_test(poses, [], VIEW, Look(), at(25, 21)) == Hit(row)
    assert hit_test(poses, [], VIEW, Look(), at(23, 25)) == Hit(row)
    assert hit_test(poses, [], VIEW, Look(), at(5, 90)) == Hit()
    assert near_edge(poses, VIEW, Look(), at(23, 25)) is None


def test_the_selected_one_comes_first_among_equals(poses: list[Pose]) -> None:
    twin = evolve(poses[2], row=99)
    assert hit_test([poses[2], twin], [], VIEW, Look(), at(20, 20)).row == 99
    row = poses[2].row
    assert hit_test([poses[2], twin], [], VIEW, Look(), at(20, 20), selected=row).row == row


def test_what_is_not_accepted_is_not_hit(poses: list[Pose]) -> None:
    hit = hit_test(poses, [], VIEW, Look(), at(28, 28))
    assert hit == Hit(poses[0].row, 0)
    hit = hit_test(poses, [], VIEW, Look(), at(28, 28), accepts=lambda pose: not pose.is_predicted)
    assert hit.node < 0


def test_hidden_nodes_that_are_not_shown_are_not_hit(poses: list[Pose]) -> None:
    poses[2].visible[0] = False
    assert hit_test(poses, [], VIEW, Look(), at(20, 20)).node == 0
    assert hit_test(poses, [], VIEW, Look(show_non_visible=False), at(20, 20)).node < 0


def test_nodes_in_a_box_are_of_one_user_instance(poses: list[Pose]) -> None:
    assert nodes_in(poses, (35, 30, 18, 18), Look()) == (poses[2].row, {0, 1})
    everything = (0.0, 0.0, 128.0, 96.0)
    assert nodes_in(poses, everything, Look(), poses[3].row) == (poses[3].row, {0, 1, 2})
    assert nodes_in(poses, (0, 80, 5, 90), Look()) == (-1, frozenset())
    assert nodes_in(poses[:2], everything, Look())[0] == -1, "predictions are not edited"
