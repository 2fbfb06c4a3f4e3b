import numpy as np
import pytest

from sleap.core import bulk
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.track import Track
from sleap.errors import LabelsError


def make_poses(frame_idx: int, n: int, tracks: list[int] | None = None) -> Poses:
    points = np.arange(n * 8.0).reshape(n, 4, 2) + 100 * frame_idx
    points[:, 3] = np.nan
    poses = Poses(frame_idx, points, np.full((n, 4), 0.5), np.full(n, 0.25))
    return poses if tracks is None else Poses(*[getattr(poses, k) for k in FOUR], tracks)


FOUR = ("frame_idx", "points", "point_scores", "scores")


def test_what_goes_in_comes_out(labels: Labels) -> None:
    given = [make_poses(9, 2, [1, -1]), make_poses(3, 1), make_poses(4, 0)]
    rows = labels.add_poses(labels.video, given)
    assert rows.tolist() == [4, 5, 6] and len(labels) == 4
    found = {one.frame_idx: one for one in labels.poses()}
    assert list(found) == [2, 3, 7, 9]
    for one in given[:2]:
        for name in (*FOUR, "tracks", "tracking_scores"):
            np.testing.assert_array_equal(getattr(found[one.frame_idx], name), getattr(one, name))
    assert np.isnan(found[2].scores).all() and np.isnan(found[2].point_scores).all()
    nine = labels[labels.video, 9].instances
    assert nine[0].track is labels.tracks[1] and nine[1].track is None
    assert nine[0].is_visible.tolist() == [True, True, True, False]


def test_poses_join_frames_that_are_there(labels: Labels) -> None:
    labels.add_poses(labels.video, [make_poses(7, 1), make_poses(2, 2), make_poses(7, 1)])
    assert [len(frame) for frame in labels] == [5, 3]
    assert [len(one) for one in labels.poses(kind="predicted")] == [2, 4]
    assert [len(one) for one in labels.poses(kind="user")] == [1, 1]


def test_tracks_given_are_listed_as_they_are_used(labels: Labels) -> None:
    mine = [Track("unused"), Track("mine"), labels.tracks[0]]
    labels.add_poses(labels.video, [make_poses(0, 3, [2, 1, -1])], tracks=mine)
    assert labels.tracks[2:] == [mine[1]]
    assert [one.track for one in labels[2].instances] == [mine[2], mine[1], None]


def test_misfits_are_refused(labels: Labels) -> None:
    with pytest.raises(LabelsError, match="frame 3 have 2 nodes"):
        labels.add_poses(labels.video, [Poses(3, np.zeros((1, 2, 2)), np.zeros((1, 2)), [0])])
    with pytest.raises(LabelsError, match=r"frame 3 name tracks \[2\]; there are 2"):
        labels.add_poses(labels.video, [make_poses(3, 1, [2])])
    assert len(labels.add_poses(labels.video, [])) == 0 and len(labels) == 2


def test_blocks_hold_whole_frames(labels: Labels, monkeypatch: pytest.MonkeyPatch) -> None:
    labels.add_poses(labels.video, [make_poses(k, 1 + k % 3) for k in range(10, 30)])
    whole = list(labels.poses())
    monkeypatch.setattr(bulk, "N_BLOCK", 4)
    for one, other in zip(labels.poses(), whole, strict=True):
        assert one.frame_idx == other.frame_idx
        np.testing.assert_array_equal(one.points, other.points)


def test_no_poses_at_all(labels: Labels) -> None:
    assert list(Labels(videos=labels.videos).poses()) == []
