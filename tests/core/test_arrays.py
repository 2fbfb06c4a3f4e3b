import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.core import arrays
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, USER
from sleap.core.video import Video


def test_instances_by_video_and_kind(labels: Labels) -> None:
    second = labels.add_frame(Video("b.mp4"), 0)
    second.append(Instance(labels.skeleton))
    choose = arrays.choose_instances
    assert choose(labels.store).tolist() == [0, 1, 2, 3, 4]
    assert choose(labels.store, 0, USER).tolist() == [1, 3]
    assert choose(labels.store, 1).tolist() == [4]
    assert choose(labels.store, 0, PREDICTED).tolist() == [0, 2]
    assert choose(labels.store, -1).tolist() == []
    assert arrays.frame_indices_of(labels.store, choose(labels.store)).tolist() == [7, 7, 7, 2, 0]


def test_frames_are_sorted_by_video_and_time(labels: Labels) -> None:
    labels.add_frame(Video("b.mp4"), 0)
    assert arrays.sorted_frames(labels.store).tolist() == [1, 0, 2]
    assert arrays.sorted_frames(labels.store, 0).tolist() == [1, 0]
    assert arrays.sorted_frames(labels.store, 1).tolist() == [2]
    assert arrays.sorted_frames(labels.store, None, PREDICTED).tolist() == [0]


@given(st.lists(st.integers(0, 4), max_size=30))
def test_rank_counts_equals_before(owners: list[int]) -> None:
    expected = [owners[:place].count(owner) for place, owner in enumerate(owners)]
    assert arrays.rank_in_frame(np.array(owners, np.int64)).tolist() == expected


def test_points_of_mixed_kinds_and_skeletons(labels: Labels) -> None:
    labels[0].append(PredictedInstance(Skeleton(["a"]), [[1, 2]], point_scores=[0.5]))
    values = arrays.gather_points(labels.store, np.array([4, 1, 0]), 4, 3)
    assert values[0, 0].tolist() == [1, 2, 0.5] and np.isnan(values[0, 1:]).all()
    assert values[1, 0, :2].tolist() == [1, 2] and np.isnan(values[1, :, 2]).all()
    assert values[2, :, 2].tolist() == [0.1, 0.2, 0.3, 0.4]
    assert arrays.gather_points(labels.store, np.array([0]), 2).tolist() == [[[3, 3], [3, 3]]]
    assert arrays.gather_points(labels.store, np.array([], np.int64), 2).shape == (0, 2, 2)


def test_a_user_instance_hides_the_prediction_of_its_track(labels: Labels) -> None:
    points = labels.numpy(return_scores=True)
    assert points.shape == (10, 2, 4, 3)
    assert points[7, 0, 0, :2].tolist() == [1, 2] and np.isnan(points[7, 0, 1:]).all()
    assert points[7, 1, :, :2].tolist() == [[5, 5]] * 4
    assert np.isnan(points[2]).all()  # its instance has no track


def test_untracked_lays_out_by_place(labels: Labels) -> None:
    points = labels.numpy(untracked=True)
    assert points.shape == (10, 2, 4, 2)
    assert points[7, 0, 0].tolist() == [1, 2]  # the prediction it was made from is hidden
    assert points[7, 1, 0].tolist() == [5, 5]
    assert points[2, 0].tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]


def test_without_tracks_place_is_taken_and_unknown_length_ends_with_the_labels() -> None:
    skeleton, video = Skeleton(["a"]), Video("b.mp4")
    labels = Labels()
    frame = labels.add_frame(video, 3)
    frame.append(Instance(skeleton, [[1, 1]]))
    frame.append(Instance(skeleton, [[2, 2]]))
    labels.add_frame(video, 5)
    points = labels.numpy()
    assert points.shape == (6, 2, 1, 2) and points[3, :, 0, 0].tolist() == [1, 2]
    assert Labels(videos=[video], skeletons=[skeleton]).numpy().shape == (0, 0, 1, 2)


def test_blocks_do_not_change_the_result(labels: Labels, monkeypatch: object) -> None:
    tracks = labels.tracks
    for frame_idx in range(10):
        frame = labels.add_frame(labels.video, frame_idx)
        for track in tracks:
            frame.append(Instance(labels.skeleton, np.full((4, 2), frame_idx + 0.5), track))
    whole = labels.numpy()
    monkeypatch.setattr(arrays, "N_BLOCK", 3)  # type: ignore[attr-defined]
    np.testing.assert_array_equal(labels.numpy(), whole)
    assert whole[:, 0, 0, 0].tolist() == [k + 0.5 for k in range(10)]


def test_only_links_within_the_frame_hide(labels: Labels) -> None:
    origin = labels[0].instances[2]
    assert isinstance(origin, PredictedInstance)
    labels[1].append(Instance(labels.skeleton, from_predicted=origin))
    assert arrays.superseded(labels.store).tolist() == [True, False, False, False, False]
