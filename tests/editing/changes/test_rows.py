import numpy as np
import pytest
import random_edits

from sleap import Instance, Labels, PredictedInstance
from sleap.editing.changes.rows import (
    AddFrames,
    AddInstances,
    RemoveFrames,
    RemoveInstances,
    mark_frames,
    pad_frames,
    pad_instances,
    read_instances,
)


def labeled() -> Labels:
    labels = random_edits.start()
    for index in range(3):
        frame = labels.add_frame(labels.video, index)
        frame.append(Instance(labels.skeleton, np.full((3, 2), index)))
        frame.append(PredictedInstance(labels.skeleton, np.full((3, 2), 10 + index)))
    return labels


def test_instances_told_whole_are_added_to_other_labels() -> None:
    labels, other = labeled(), random_edits.start()
    AddFrames(0, np.zeros(3, np.int64), np.arange(3)).apply(other)
    told = AddInstances(0, 6).spelled_out(labels)
    told.apply(other)
    assert random_edits.contents(other) == random_edits.contents(labels)
    told.revert(other)
    assert other.n_user_instances == other.n_predicted_instances == 0
    told.apply(other)
    assert random_edits.contents(other) == random_edits.contents(labels)


def test_instances_are_not_made_of_nothing() -> None:
    with pytest.raises(ValueError, match="only once"):
        AddInstances(0, 1).apply(Labels())


def test_rows_that_are_missing_before_new_ones_are_dead() -> None:
    labels = random_edits.start()
    AddFrames(3, np.zeros(1, np.int64), np.array([5])).apply(labels)
    assert [frame.frame_idx for frame in labels] == [5]
    assert labels[0].row == 3
    pad_instances(labels.store, 4)
    assert labels.store.n_instances == 0
    pad_frames(labels.store, 2)
    assert len(labels.store.frames) == 4


def test_points_are_gathered_from_wherever_they_lie() -> None:
    labels = labeled()
    records, points, pred_points = read_instances(labels.store, np.array([4, 1, 2, 5]))
    assert points["x"].tolist() == [2] * 3 + [1] * 3
    assert pred_points["x"].tolist() == [10] * 3 + [12] * 3
    assert records["point_id_start"].tolist() == [0, 0, 3, 3]
    assert records["point_id_end"].tolist() == [3, 3, 6, 6]


@pytest.mark.parametrize("n_frames", [3, 300])
def test_revived_frames_are_found_again(n_frames: int) -> None:
    labels = random_edits.start()
    store = labels.store
    store.add_frames(0, np.arange(n_frames))
    assert store.occupancy.find(0, 1) == 1
    rows = np.arange(n_frames)
    mark_frames(store, rows, dead=True)
    assert store.occupancy.find(0, 1) == -1
    other = store.add_frames(0, np.array([1]))
    mark_frames(store, np.array([other]), dead=True)
    mark_frames(store, rows, dead=False)
    assert store.occupancy.find(0, 1) == 1
    assert store.n_frames == len(labels) == n_frames


def test_removal_and_its_undo() -> None:
    labels = labeled()
    before = random_edits.contents(labels)
    views = [instance for frame in labels for instance in frame.instances]
    changes = [RemoveInstances(np.array([0, 1])), RemoveFrames(np.array([0]))]
    for change in changes:
        change.apply(labels)
    assert len(labels) == 2
    assert [view.is_attached for view in views] == [False, False, True, True, True, True]
    for change in reversed(changes):
        change.revert(labels)
    assert random_edits.contents(labels) == before
    assert all(view.is_attached for view in views)
