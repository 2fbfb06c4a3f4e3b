import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.assembly import UNDATED, Columns

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
