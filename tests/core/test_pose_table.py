import numpy as np
import pytest

from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video

SKELETON = Skeleton(["head", "tail"], [("head", "tail")])


def make_table() -> PoseTable:
    """Three instances out of order: two predictions, and one by the user on frame 4."""
    points = np.arange(12, dtype=float).reshape(3, 2, 2)
    points[1, 0] = np.nan
    return PoseTable(
        [7, 4, 4],
        [0, 1, 0],
        points,
        [[0.1, 0.2], [np.nan, np.nan], [0.5, 0.6]],
        [0.9, np.nan, 0.8],
        [0.3, np.nan, np.nan],
    )


def test_what_has_no_score_is_the_users() -> None:
    assert make_table().is_user.tolist() == [False, True, False]


def test_labels_are_ordered_by_frame_and_column() -> None:
    video, track = Video("a.mp4"), Track("x")
    labels = make_table().to_labels(video, SKELETON, [track, None], {"from": "test"})
    assert [frame.frame_idx for frame in labels] == [4, 7]
    first, second = labels[0].instances
    assert (first.track, first.is_predicted, first.score) == (track, True, np.float32(0.8))
    assert first["tail"] == (10, 11)
    assert (second.track, second.is_predicted) == (None, False)
    assert second.is_visible.tolist() == [False, True]
    third = labels[1].instances[0]
    assert third.points["score"].tolist() == [0.1, 0.2]
    assert third.tracking_score == np.float32(0.3)
    assert (labels.video, labels.skeleton, labels.tracks) == (video, SKELETON, [track])
    assert labels.provenance == {"from": "test"}


def test_a_track_begins_with_its_first_instance() -> None:
    tracks = [Track("x"), Track("y"), Track("nowhere")]
    make_table().to_labels(Video("a.mp4"), SKELETON, tracks)
    assert [track.spawned_on for track in tracks] == [4, 4, 0]


def test_tables_are_joined() -> None:
    joined = PoseTable.join([make_table(), make_table()], 2)
    assert len(joined) == 6
    assert joined.frames.tolist() == [7, 4, 4, 7, 4, 4]
    assert joined.is_user.tolist() == [False, True, False] * 2


def test_no_tables_make_an_empty_one() -> None:
    empty = PoseTable.join([], 2)
    assert (len(empty), empty.n_nodes) == (0, 2)
    labels = empty.to_labels(Video("a.mp4"), SKELETON, [])
    assert len(labels) == 0
    assert labels.skeleton is SKELETON


def test_arrays_must_fit() -> None:
    with pytest.raises(ValueError, match="columns"):
        PoseTable([1, 2], [0], np.zeros((2, 2, 2)))
    with pytest.raises(ValueError, match="point_scores"):
        PoseTable([1], [0], np.zeros((1, 2, 2)), np.zeros((1, 3)))
