"""Instances read out of the tables."""

import numpy as np

from sleap.core.labels import Labels
from sleap.gui.overlays.poses import read_poses


def test_a_pose_says_what_the_tables_say(labels: Labels) -> None:
    frame = labels.find(labels.video, 10)
    assert frame is not None
    rows = [one.row for one in (*frame.predicted_instances, *frame.user_instances)]
    poses = read_poses(labels.store, rows)
    assert [pose.row for pose in poses] == rows
    assert [pose.is_predicted for pose in poses] == [True, True, False, False]
    assert [pose.rank for pose in poses] == [2, 3, 0, 1]
    assert [pose.track_name for pose in poses] == ["", "", "a", "b"]
    assert poses[0].score == np.float32(0.9) and np.isnan(poses[2].score)
    np.testing.assert_array_equal(poses[2].points, frame.user_instances[0].numpy())


def test_a_pose_is_a_copy(labels: Labels) -> None:
    before = labels[0].user_instances[0].numpy()
    pose = read_poses(labels.store, [labels[0].user_instances[0].row])[0]
    pose.points[:] = 0
    np.testing.assert_array_equal(labels[0].user_instances[0].numpy(), before)


def test_boxes_and_shown_nodes(labels: Labels) -> None:
    pose = read_poses(labels.store, [labels[0].user_instances[0].row])[0]
    points = pose.points.copy()
    points[2] = np.nan
    moved = pose.at(points)
    assert moved.box == (20, 20, 30, 22)
    assert moved.shown(True).tolist() == [True, True, False]
    moved.visible[0] = False
    assert moved.shown(False).tolist() == [False, True, False]
    assert pose.at(np.full((3, 2), np.nan)).box is None
