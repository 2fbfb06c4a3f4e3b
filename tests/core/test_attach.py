import numpy as np

from sleap.core.attach import attach_instances
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track


def test_free_instances_become_views_in_order(labels: Labels, skeleton: Skeleton) -> None:
    track = Track("new")
    origin = PredictedInstance(skeleton, np.ones((4, 2)), score=0.5)
    made = Instance(skeleton, np.zeros((4, 2)), track, from_predicted=origin)
    views = attach_instances(labels.store, [(0, made), (1, origin)])
    assert views == [made, origin] and [made.row, origin.row] == [4, 5]
    assert made.from_predicted is origin and origin.frame is labels[1]
    assert labels.tracks[2] is track and origin.score == 0.5
    assert made.numpy().sum() == 0 and origin.numpy().sum() == 8


def test_instances_of_other_labels_are_copied(labels: Labels, skeleton: Skeleton) -> None:
    other = Labels()
    frame = other.add_frame(labels.video, 0)
    origin, made, _ = labels[0].instances
    views = attach_instances(other.store, [(frame.row, made), (frame.row, origin)])
    assert views != [made, origin] and made.frame is labels[0]
    assert views[0].from_predicted is views[1]
    np.testing.assert_array_equal(views[0].numpy(), made.numpy())
    assert other.skeletons == labels.skeletons and other.tracks == labels.tracks[:1]


def test_an_origin_elsewhere_is_left_out(labels: Labels, skeleton: Skeleton) -> None:
    lone = Instance(skeleton, from_predicted=PredictedInstance(skeleton))
    labels[0].append(lone)
    assert lone.from_predicted is None


def test_other_skeletons_bring_their_own_points(labels: Labels) -> None:
    small = Skeleton(["a"])
    labels[1].append(PredictedInstance(small, [[1, 1]], point_scores=[0.5]))
    labels[1].append(Instance(labels.skeleton, np.ones((4, 2))))
    assert [len(one) for one in labels[1].instances] == [4, 1, 4]
    assert labels.skeletons[1] is small


def test_nothing_to_attach(labels: Labels) -> None:
    assert attach_instances(labels.store, []) == [] and labels.store.n_instances == 4
