import numpy as np
import pytest
import random_edits

from sleap import Instance, PredictedInstance, Skeleton, Track, Video
from sleap.core.poses import Poses
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


@pytest.fixture
def tx() -> Transaction:
    return Transaction(random_edits.start())


def instance(tx: Transaction, x: float = 0.0) -> Instance:
    return Instance(tx.labels.skeleton, np.full((3, 2), x))


def test_a_frame_there_is_not_added_again(tx: Transaction) -> None:
    row = tx.add_frame(tx.labels.video, 5)
    assert tx.add_frame(0, 5) == row
    assert len(tx.changes) == 1
    assert tx.add_frames(0, [7, 5, 6, 7]).tolist() == [2, 0, 1, 2]
    assert len(tx.labels) == 3


def test_a_new_video_is_listed(tx: Transaction) -> None:
    video = Video("b.mp4")
    tx.add_frame(video, 5)
    assert tx.labels.find(video, 5) is not None
    tx.roll_back()
    assert len(tx.labels.videos) == 1


def test_impossible_frames_are_refused(tx: Transaction) -> None:
    with pytest.raises(LabelsError):
        tx.add_frame(0, -1)
    assert not tx.changes


def test_rows_come_in_the_order_of_the_instances(tx: Transaction) -> None:
    frames = tx.add_frames(0, [1, 2])
    given = [instance(tx, 0), instance(tx, 1), instance(tx, 2)]
    rows = tx.add_instances(frames[[1, 0, 1]], given)
    assert [one.row for one in given] == rows.tolist()
    assert [one.frame.frame_idx for one in given] == [2, 1, 2]


def test_new_tracks_and_skeletons_are_listed(tx: Transaction) -> None:
    other = Skeleton(["x"])
    track = Track("t")
    tx.add_instances([tx.add_frame(0, 1)], [Instance(other, [[1, 2]], track)])
    assert tx.labels.skeletons[1] is other
    assert tx.labels.tracks == [track]
    tx.roll_back()
    assert len(tx.labels.skeletons) == 1
    assert tx.labels.tracks == []


def test_no_instances(tx: Transaction) -> None:
    assert len(tx.add_instances([], [])) == 0
    assert len(tx.remove_instances([])) == 0
    tx.remove_frames([])
    assert not tx.changes


def test_poses(tx: Transaction) -> None:
    poses = Poses(4, np.zeros((2, 3, 2)), np.ones((2, 3)), np.array([0.5, 0.6]), [0, -1])
    rows = tx.add_poses(tx.labels.video, [poses], tracks=[Track("t")])
    (frame,) = tx.labels
    assert [one.row for one in frame.predicted_instances] == rows.tolist()
    tx.roll_back()
    assert len(tx.labels) == len(tx.labels.tracks) == 0


@pytest.mark.parametrize("n_frames", [3, 200])
def test_frames_left_empty_go_if_wanted(tx: Transaction, n_frames: int) -> None:
    frames = tx.add_frames(0, range(n_frames))
    users = tx.add_instances(frames, [instance(tx) for _ in frames])
    first = PredictedInstance(tx.labels.skeleton, np.zeros((3, 2)))
    (kept,) = tx.add_instances(frames[:1], [first])
    gone = tx.remove_instances(users, with_frames=True)
    assert gone.tolist() == frames[1:].tolist()
    assert [frame.row for frame in tx.labels] == [frames[0]]
    assert tx.remove_instances([kept]).tolist() == []
    assert len(tx.labels) == 1
    tx.roll_back()
    assert len(tx.labels) == 0


@pytest.mark.parametrize("n_frames", [3, 200])
def test_frames_go_with_their_instances(tx: Transaction, n_frames: int) -> None:
    frames = tx.add_frames(0, range(n_frames))
    tx.add_instances(frames, [instance(tx) for _ in frames])
    tx.remove_frames(frames[1:])
    assert tx.store.n_instances == len(tx.labels) == 1
    n_changes = len(tx.changes)
    tx.remove_frames(frames[1:])
    assert len(tx.changes) == n_changes
