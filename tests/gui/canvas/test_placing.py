"""Which node is placed next."""

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.gui.canvas.placing import Placing
from sleap.gui.overlays.poses import Pose, read_poses


@pytest.fixture
def pose(labels: Labels) -> Pose:
    return read_poses(labels.store, [labels[0].user_instances[0].row])[0]


def test_the_first_that_is_not_confirmed_is_next(pose: Pose) -> None:
    placing = Placing()
    assert placing.next_node(pose, None) == 0
    pose.complete[0] = True
    assert placing.next_node(pose, None) == 1
    pose.complete[:] = True
    assert placing.next_node(pose, None) == -1
    assert "All nodes" in placing.hint(pose, None)
    pose.points[2] = np.nan
    assert placing.next_node(pose, None) == 2


def test_placed_passed_over_and_back(pose: Pose) -> None:
    placing = Placing()
    placing.placed(pose, 0)
    placing.pass_over(pose)
    assert placing.next_node(pose, None) == 2
    placing.go_back(pose)
    assert placing.next_node(pose, None) == 1
    pose.complete[0] = True
    placing.go_back(pose)
    assert placing.next_node(pose, None) == 0, "what was placed can be placed again"
    placing.placed(pose, 0)
    assert placing.next_node(pose, None) == 1


def test_an_instance_that_is_not_there_begins_with_the_first(labels: Labels) -> None:
    placing = Placing()
    assert placing.next_node(None, labels.skeletons[0]) == 0
    assert "head (1 of 3)" in placing.hint(None, labels.skeletons[0])
    assert placing.next_node(None, Skeleton()) == -1
    assert placing.next_node(None, None) == -1
    assert "no nodes" in placing.hint(None, None)


def test_another_instance_begins_anew(labels: Labels, pose: Pose) -> None:
    placing = Placing()
    placing.pass_over(pose)
    other = read_poses(labels.store, [labels[0].user_instances[1].row])[0]
    assert placing.next_node(other, None) == 0
