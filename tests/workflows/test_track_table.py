from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.workflows.track_table import (
    follow_user_instances,
    keep_tracks,
    rows_in_time,
    used_tracks,
)

SKELETON = Skeleton(["head"])
A, B, C = Track("a"), Track("b"), Track("c")


def make() -> Labels:
    video = Video("v.mp4")
    wrong = PredictedInstance(SKELETON, [[1.0, 2]], track=A)
    right = Instance(SKELETON, [[1.0, 3]], track=C, from_predicted=wrong)
    later = LabeledFrame(video, 7, [wrong, right])
    earlier = LabeledFrame(video, 2, [PredictedInstance(SKELETON, [[5.0, 5]])])
    return Labels([later, earlier], tracks=[A, B, C])


def test_rows_are_in_order_of_time() -> None:
    labels = make()
    video = labels.videos[0]
    assert rows_in_time(labels, video, "predicted").tolist() == [2, 0]
    assert rows_in_time(labels, video, "all").tolist() == [2, 1]


def test_only_living_instances_use_a_track() -> None:
    labels = make()
    assert used_tracks(labels).tolist() == [0, 2]
    labels.remove_instances([0])
    assert used_tracks(labels).tolist() == [2]


def test_a_corrected_prediction_follows() -> None:
    labels = make()
    follow_user_instances(labels, "predicted")
    assert labels[0].instances[0].track is A
    follow_user_instances(labels, "all")
    assert labels[0].instances[0].track is C


def test_tracks_are_listed_in_the_given_order() -> None:
    labels = make()
    kept = keep_tracks(labels, used_tracks(labels)[::-1])
    assert kept.tracks == [C, A]
    assert [i.track for i in kept[0].instances] == [A, C]
    assert kept[1].instances[0].track is None
    assert labels.tracks == [A, B, C]
