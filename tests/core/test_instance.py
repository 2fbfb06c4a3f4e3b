import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

NAN = float("nan")


@pytest.fixture(params=["free", "attached"])
def instance(request: pytest.FixtureRequest, skeleton: Skeleton, video: Video) -> Instance:
    """An instance with its third point missing and its fourth occluded."""
    one = Instance(skeleton, [[1, 2], [3, 6], [NAN, NAN], [9, 9]])
    one.points["visible"][3] = False
    if request.param == "attached":
        labels = Labels([LabeledFrame(video, 0, [Instance(skeleton), one])])
        request.node.labels = labels
        assert one.is_attached and one.row == 1
    else:
        assert not one.is_attached and one.row == -1
    return one


def test_points_are_read_and_set_by_name(instance: Instance) -> None:
    assert instance["thorax"] == instance[1] == (3.0, 6.0)
    assert np.isnan(instance["left"]).all()
    instance["left"] = (7, 8)
    instance["head"] = (NAN, NAN)
    np.testing.assert_array_equal(instance.numpy(), [[NAN, NAN], [3, 6], [7, 8], [9, 9]])
    assert instance.is_visible.tolist() == [False, True, True, False]
    with pytest.raises(LabelsError, match=r"Did you mean 'thorax'"):
        instance["torax"]


def test_geometry(instance: Instance) -> None:
    assert instance.n_visible == 2 and len(instance) == 4
    assert instance.centroid().tolist() == [2, 4]
    assert instance.bounding_box().tolist() == [1, 2, 9, 9]
    instance.set_points(np.full((4, 2), NAN))
    assert np.isnan(instance.centroid()).all() and np.isnan(instance.bounding_box()).all()


def test_numpy_is_a_copy(instance: Instance) -> None:
    instance.numpy()[:] = 0
    assert instance["head"] == (1.0, 2.0)


def test_moving_all_points_keeps_what_is_occluded(instance: Instance) -> None:
    instance.set_points(np.arange(8).reshape(4, 2))
    assert instance.is_visible.tolist() == [True, True, True, False]
    with pytest.raises(LabelsError, match=r"expected \(4, 2\)"):
        instance.set_points(np.zeros((3, 2)))


def test_track_and_scores_can_be_set(instance: Instance) -> None:
    assert instance.track is None and np.isnan(instance.score)
    track = Track("a")
    instance.track, instance.score, instance.tracking_score = track, 0.5, 0.25
    assert instance.track is track and (instance.score, instance.tracking_score) == (0.5, 0.25)
    instance.track = None
    assert instance.track is None
    assert "2 of 4 points" in repr(instance)


def test_setting_a_new_track_lists_it(skeleton: Skeleton, labels: Labels) -> None:
    track = Track("new")
    labels[0].instances[0].track = track
    assert labels.tracks[2] is track and labels[0].instances[0].track is track


def test_a_prediction_has_scores(skeleton: Skeleton) -> None:
    one = PredictedInstance(
        skeleton, np.ones((4, 2)), None, None, [0.1, 0.2, 0.3, 0.4], score=0.9, tracking_score=0.8
    )
    assert one.is_predicted and one.point_scores.tolist() == [0.1, 0.2, 0.3, 0.4]
    assert (one.score, one.tracking_score) == (0.9, 0.8)
    assert PredictedInstance(skeleton).point_scores.tolist() == [0, 0, 0, 0]
    with pytest.raises(LabelsError, match="do not fit"):
        PredictedInstance(skeleton, point_scores=[1])


def test_a_row_has_one_view(labels: Labels) -> None:
    frame = labels[0]
    first = frame.instances[0]
    assert labels[0] is frame and frame.instances[0] is first and first.frame is frame
    assert isinstance(first, PredictedInstance) and type(frame.instances[1]) is Instance


def test_from_predicted_follows_the_row(labels: Labels) -> None:
    origin, made, _ = labels[0].instances
    assert made.from_predicted is origin
    labels[0].remove(origin)
    assert made.from_predicted is None and origin.frame is None
    made.from_predicted = None
    with pytest.raises(LabelsError, match="in the same labels"):
        made.from_predicted = PredictedInstance(made.skeleton)


def test_a_removed_instance_still_reads(labels: Labels) -> None:
    made = labels[0].instances[1]
    labels[0].remove(made)
    assert made["head"] == (1.0, 2.0) and not made.is_attached
    labels[1].append(made)
    assert labels[1].instances[1] is made and made.frame is labels[1] and made.row == 4


def test_writing_does_not_reach_a_read_only_array(labels: Labels) -> None:
    tables = [table.copy() for table in labels.to_tables()]
    for table in tables:
        table.flags.writeable = False
    frames, instances, points, pred_points = tables
    mapped = Labels.from_tables(
        frames=frames,
        instances=instances,
        points=points,
        pred_points=pred_points,
        videos=labels.videos,
        skeletons=labels.skeletons,
        tracks=labels.tracks,
    )
    one = mapped[0].instances[0]
    assert not one.points.flags.writeable
    one["head"] = (8, 8)
    one.track = None
    assert one["head"] == (8.0, 8.0) and pred_points["x"][0] == 3 and instances["track"][0] == 0
    assert mapped[1].instances[0].points.base is points
