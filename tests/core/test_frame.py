import numpy as np
import pytest

from sleap.core.frame import LabeledFrame, attach_frames
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import LabelsError


def test_a_free_frame_holds_its_instances(skeleton: Skeleton, video: Video) -> None:
    user, predicted = Instance(skeleton), PredictedInstance(skeleton)
    frame = LabeledFrame(video, 3, [user])
    frame.append(predicted)
    assert frame.instances == list(frame) == [user, predicted] and frame[1] is predicted
    assert frame.user_instances == [user] and frame.predicted_instances == [predicted]
    assert user.frame is frame and frame.row == -1 and not frame.is_attached
    frame.remove(user)
    assert user.frame is None and not frame.has_user_instances and len(frame) == 1
    with pytest.raises(LabelsError, match="is not on"):
        frame.remove(user)


def test_an_attached_frame_reads_and_edits_the_tables(labels: Labels) -> None:
    frame = labels[0]
    origin, made, other = frame.instances
    assert (frame.frame_idx, frame.video, frame.row) == (7, labels.video, 0)
    assert frame.user_instances == [made] and frame.unused_predictions == [other]
    assert frame.has_user_instances and frame.has_predicted_instances
    frame.remove(other)
    frame.extend([Instance(labels.skeleton), Instance(labels.skeleton)])
    assert frame.instances[:2] == [origin, made] and len(frame) == 4
    with pytest.raises(LabelsError, match="is not on"):
        frame.remove(other)


def test_numpy_pads_smaller_skeletons(labels: Labels) -> None:
    frame = labels[1]
    frame.append(Instance(Skeleton(["a"]), [[4, 5]]))
    points = frame.numpy()
    assert points.shape == (2, 4, 2) and points[1, 0].tolist() == [4, 5]
    assert np.isnan(points[1, 1:]).all()
    assert labels.add_frame(labels.video, 0).numpy().shape == (0, 0, 2)


def test_free_frames_become_views(labels: Labels, skeleton: Skeleton) -> None:
    other_video = Video("other.mp4")
    frames = [LabeledFrame(other_video, 1, [Instance(skeleton)]), LabeledFrame(labels.video, 0)]
    assert attach_frames(labels.store, frames) == frames
    assert labels.videos[1] is other_video and [frame.row for frame in frames] == [2, 3]
    assert frames[0].instances[0].frame is frames[0]


def test_instances_join_the_frame_that_is_there(labels: Labels, skeleton: Skeleton) -> None:
    there, more = labels[0], [Instance(skeleton), Instance(skeleton)]
    views = attach_frames(
        labels.store,
        [
            LabeledFrame(labels.video, 9, more[:1]),
            LabeledFrame(labels.video, 7, more[1:]),
            LabeledFrame(labels.video, 9),
        ],
    )
    assert views[1] is there and there.instances[-1] is more[1] and views[0] is views[2]
    assert [len(frame) for frame in labels] == [4, 1, 1]


def test_frames_of_other_labels_are_copied(labels: Labels) -> None:
    chosen = Labels([frame for frame in labels if frame.frame_idx == 7])
    assert len(chosen) == 1 and len(labels) == 2 and chosen[0] is not labels[0]
    assert chosen[0].instances[1].from_predicted is chosen[0].instances[0]
    np.testing.assert_array_equal(chosen[0].numpy(), labels[0].numpy())


def test_a_removed_frame_stands_free_and_can_come_back(labels: Labels) -> None:
    frame = labels[0]
    instances = frame.instances
    labels.remove_frame(frame)
    assert frame.row == -1 and frame.instances == instances and frame.frame_idx == 7
    assert not instances[0].is_attached and len(labels) == 1
    assert labels.append(frame) is frame
    assert labels[1] is frame and frame.instances == instances
    assert instances[1].from_predicted is instances[0]
    with pytest.raises(LabelsError, match="is not in these labels"):
        Labels().remove_frame(frame)


def test_nothing_is_added_to_a_removed_frame(labels: Labels) -> None:
    frame = labels[0]
    labels.store.remove_frames([frame.row])
    with pytest.raises(LabelsError, match="was removed"):
        frame.append(Instance(labels.skeleton))


def test_unused_predictions_of_views_that_nobody_holds() -> None:
    skeleton = Skeleton(["a"])
    found = [PredictedInstance(skeleton, [[x, x]], score=1) for x in range(6)]
    made = [Instance(skeleton, [[x, x]], from_predicted=found[x]) for x in (0, 2, 4)]
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, [*found, *made])]).copy()
    del found, made
    for _ in range(50):
        assert [one["a"][0] for one in labels[0].unused_predictions] == [1, 3, 5]
