import numpy as np
import pytest

from sleap.core.pose_table import PoseTable
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.assembly import UNDATED, Columns, assemble

VIDEOS = [Video("a.mp4"), Video("b.mp4")]


def make(**changes: object) -> Columns:
    """Three frames, the middle one empty; four instances of two skeletons in any order."""
    values: dict[str, object] = {
        "videos": [1, 0, 0],
        "frame_indices": [7, 2, 0],
        "frames": [2, 0, 2, 0],
        "is_user": np.array([True, False, False, True]),
        "skeletons": [0, 1, 0, 0],
        "tracks": [-1, 1, 0, 1],
        "scores": [np.nan, 0.5, 0.25, np.nan],
        "points": np.arange(14.0).reshape(7, 2),
        "visible": np.array([True] * 6 + [False]),
        "point_scores": np.arange(7) / 10,
    }
    return Columns(**{**values, **changes})  # type: ignore[arg-type]


def test_instances_come_to_their_frames_with_their_points() -> None:
    skeletons = [Skeleton(["a", "b"]), Skeleton(["c"])]
    tracks = [Track("x", UNDATED), Track("y", 3), Track("never", UNDATED)]
    labels = make().to_labels(VIDEOS, skeletons, tracks, {"from": "here"})
    assert [(f.video.name, f.frame_idx, len(f.instances)) for f in labels] == [
        ("b.mp4", 7, 2),
        ("a.mp4", 2, 0),
        ("a.mp4", 0, 2),
    ]
    predicted, user = labels[0].instances
    assert predicted.is_predicted
    assert predicted.skeleton is skeletons[1]
    assert predicted.numpy().tolist() == [[4, 5]]
    assert predicted.points["score"].tolist() == [0.2]
    assert predicted.score == 0.5
    assert predicted.track is tracks[1]
    assert user.points["x"].tolist() == [10, 12]
    assert user.points["visible"].tolist() == [True, False]
    first, second = labels[2].instances
    assert (first.is_predicted, second.is_predicted) == (False, True)
    assert second.points["y"].tolist() == [7, 9]
    assert [track.spawned_on for track in tracks] == [0, 3, 0]
    assert labels.provenance == {"from": "here"}


def test_nothing_at_all() -> None:
    columns = Columns(
        [], [], [], np.empty(0, bool), [], [], [], np.empty((0, 2)), np.empty(0, bool), []
    )
    assert len(columns.to_labels([], [], [])) == 0


def test_numbers_that_stand_for_nothing() -> None:
    with pytest.raises(LabelsError, match="track outside"):
        make(tracks=[2, 0, 0, 0]).to_labels(VIDEOS, [Skeleton("ab"), Skeleton("c")], [Track()] * 2)


def make_poses() -> PoseTable:
    """Three instances of one video out of order: two predictions, and one by the user."""
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


def test_poses_of_one_video_are_ordered_by_frame_and_column() -> None:
    video, track, skeleton = Video("a.mp4"), Track("x"), Skeleton(["head", "tail"])
    labels = assemble(make_poses(), video, skeleton, [track, None], {"from": "test"})
    assert [frame.frame_idx for frame in labels] == [4, 7]
    first, second = labels[0].instances
    assert (first.track, first.is_predicted, first.score) == (track, True, np.float32(0.8))
    assert first["tail"] == (10, 11)
    assert (second.track, second.is_predicted) == (None, False)
    assert second.is_visible.tolist() == [False, True]
    third = labels[1].instances[0]
    assert third.points["score"].tolist() == [0.1, 0.2]
    assert third.tracking_score == np.float32(0.3)
    assert (labels.video, labels.skeleton, labels.tracks) == (video, skeleton, [track])
    assert labels.provenance == {"from": "test"}


def test_a_track_of_poses_begins_with_its_first_instance() -> None:
    tracks = [Track("x"), Track("y"), Track("nowhere", 3)]
    assemble(make_poses(), Video("a.mp4"), Skeleton(["head", "tail"]), tracks)
    assert [track.spawned_on for track in tracks] == [4, 4, 0]


def test_no_poses_make_labels_without_frames() -> None:
    skeleton = Skeleton(["head", "tail"])
    labels = assemble(PoseTable.join([], 2), Video("a.mp4"), skeleton, [])
    assert len(labels) == 0
    assert labels.skeleton is skeleton


def test_scores_beyond_single_precision() -> None:
    columns = make(scores=[1e300, 0.5, 0.25, -1e300], tracking_scores=np.full(4, 1e300))
    labels = columns.to_labels(VIDEOS, [Skeleton("ab"), Skeleton("c")], [Track(), Track()])
    assert labels[0].instances[1].score == -np.inf
