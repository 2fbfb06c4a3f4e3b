import copy
import pickle

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.track import Track
from sleap.errors import LabelsError


def test_lists_number_objects_by_identity(labels: Labels) -> None:
    store, twin = labels.store, Track("a")
    assert store.track_index(None) == -1 and store.track_index(labels.tracks[1]) == 1
    assert store.find_in(store.tracks, twin) == -1 and store.track_index(twin) == 2
    store.tracks.reverse()
    assert store.track_index(twin) == 0


def test_instances_that_follow_on_extend_the_range(labels: Labels) -> None:
    store = labels.store
    labels[1].append(Instance(labels.skeleton))
    assert store.extras == {} and store.members(1) == [3, 4]
    labels[0].append(Instance(labels.skeleton))
    assert store.extras == {0: [5]} and store.members(0) == [0, 1, 2, 5]
    labels[1].append(Instance(labels.skeleton))
    labels[1].append(Instance(labels.skeleton))
    assert store.members(1) == [3, 4, 6, 7]


def test_removed_rows_come_back_where_they_were(labels: Labels) -> None:
    store, before = labels.store, labels[0].instances
    store.remove_instances([0, 2])
    assert store.members(0) == [1] and store.n_instances == 2
    store.revive_instances([0, 2])
    assert labels[0].instances == before and store.n_instances == 4


def test_a_removed_frame_comes_back_empty_then_full(labels: Labels) -> None:
    store = labels.store
    members = store.remove_frames([0])
    assert members.tolist() == [0, 1, 2] and labels.find(labels.video, 7) is None
    store.revive_frames([0])
    assert len(labels[0]) == 0
    store.revive_instances(members)
    assert len(labels[0]) == 3 and labels.find(labels.video, 7) is labels[0]


def test_a_frame_labeled_again_is_in_the_way(labels: Labels) -> None:
    labels.store.remove_frames([0])
    labels.append(LabeledFrame(labels.video, 7))
    with pytest.raises(LabelsError, match="labeled again"):
        labels.store.revive_frames([0])


def test_removing_many_frames_equals_removing_few(labels: Labels) -> None:
    labels.extend(
        [LabeledFrame(labels.video, 100 + k, [Instance(labels.skeleton)]) for k in range(100)]
    )
    members = labels.store.remove_frames(list(range(1, 101)))
    assert members.tolist() == list(range(3, 103))
    assert labels.store.remove_frames([]).tolist() == [] and len(labels) == 2


def test_impossible_frame_indices_are_refused(labels: Labels) -> None:
    with pytest.raises(LabelsError, match="Frame index -1"):
        labels.add_frame(labels.video, -1)


def test_copies_by_pickle_stand_alone(labels: Labels) -> None:
    for twin in (pickle.loads(pickle.dumps(labels)), copy.deepcopy(labels)):
        np.testing.assert_array_equal(twin.numpy(), labels.numpy())
        twin[0].instances[0]["head"] = (0, 0)
        assert twin[0].instances[0]["head"] != labels[0].instances[0]["head"]
        assert twin[0].instances[0].track is twin.tracks[0] is not labels.tracks[0]


def test_a_store_without_labels_makes_no_views() -> None:
    with pytest.raises(ValueError, match="no Labels"):
        Store().make_frame_view(Store(), 0)


def test_a_user_instance_copies_no_predictions(labels: Labels) -> None:
    names = ("frames", "instances", "points", "pred_points")
    tables = dict(zip(names, labels.copy().to_tables(), strict=True))
    for table in tables.values():
        table.flags.writeable = False
    store = Store(labels.videos, labels.skeletons, labels.tracks, **tables)
    mapped = Labels()
    mapped.use_store(store)
    mapped[0].append(Instance(labels.skeleton, np.ones((4, 2))))
    assert store.pred_points.rows is tables["pred_points"]
    assert store.points.rows is not tables["points"] and len(tables["points"]) == 8
