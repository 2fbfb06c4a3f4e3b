import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sleap
from sleap.core.layout import Layout, lay_out

FLY = sleap.Skeleton(["head", "tail"], [("head", "tail")])
XY = np.array([[1.0, 2], [3, 4]])


def user(value: float, track: sleap.Track | None = None, **settings) -> sleap.Instance:
    return sleap.Instance(FLY, XY + value, track, **settings)


def found(value: float, track: sleap.Track | None = None) -> sleap.PredictedInstance:
    return sleap.PredictedInstance(FLY, XY + value, track, point_scores=[0.5, 0.25], score=0.75)


def make(frames: dict[int, list[sleap.Instance]], n_frames: int | None = 10) -> sleap.Labels:
    shape = None if n_frames is None else (n_frames, 8, 8, 1)
    video = sleap.Video("a.mp4", shape=shape)
    return sleap.Labels(
        [sleap.LabeledFrame(video, index, instances) for index, instances in frames.items()]
    )


def grid_of(layout: Layout) -> list[list[float]]:
    """Return x of the head less 1, for each frame and column."""
    return (layout.dense().points[:, :, 0, 0] - 1).tolist()


def test_a_row_per_frame_and_a_column_per_track() -> None:
    a, b = sleap.Track("a"), sleap.Track("b")
    labels = make({2: [found(20, b), found(10, a)], 4: [user(40, a)]}, n_frames=6)
    layout = lay_out(labels.store, 0)
    assert layout.names == ("b", "a")  # the order of the tracks
    grid = layout.dense()
    assert grid.points.shape == (6, 2, 2, 2)
    assert grid.occupancy.tolist() == [
        *([[False, False]] * 2),
        [True, True],
        [False, False],
        [False, True],
        [False, False],
    ]
    np.testing.assert_array_equal(grid.points[2], [XY + 20, XY + 10])
    np.testing.assert_array_equal(grid.points[4, 1], XY + 40)
    assert np.isnan(grid.points[~grid.occupancy]).all()
    assert grid.scores[2].tolist() == [0.75, 0.75]
    assert grid.point_scores[2, 0].tolist() == [0.5, 0.25]
    assert np.isnan(grid.scores[4]).all()
    assert np.isnan(grid.point_scores[4]).all()


def test_from_the_first_labeled_frame_to_the_last() -> None:
    labels = make({3: [found(1)], 5: [found(2)]})
    layout = lay_out(labels.store, 0, all_frames=False)
    assert (layout.first_frame, layout.n_frames) == (3, 3)
    assert layout.frames.tolist() == [0, 2]
    every = lay_out(labels.store, 0)
    assert (every.first_frame, every.n_frames) == (0, 10)


def test_without_the_length_of_the_video_the_last_labeled_frame_is_the_last() -> None:
    labels = make({3: [found(1)], 5: []}, n_frames=None)
    assert lay_out(labels.store, 0).n_frames == 6


def test_the_user_goes_before_a_prediction_of_the_same_track() -> None:
    track = sleap.Track("a")
    for instances in ([user(1, track), found(2, track)], [found(2, track), user(1, track)]):
        assert grid_of(lay_out(make({0: instances}, 1).store, 0)) == [[1]]


def test_a_corrected_prediction_is_gone_even_if_the_track_was_changed() -> None:
    a, b = sleap.Track("a"), sleap.Track("b")
    origin = found(5, a)
    labels = make({0: [origin, user(1, b, from_predicted=origin)], 1: [found(7, a)]}, 2)
    layout = lay_out(labels.store, 0)
    assert layout.names == ("a", "b")
    np.testing.assert_array_equal(grid_of(layout), [[np.nan, 1], [7, np.nan]])


def test_untracked_instances_get_columns_behind_the_tracks() -> None:
    a = sleap.Track("a")
    labels = make({0: [found(1), found(2, a), user(3)], 1: [found(4)]}, 2)
    layout = lay_out(labels.store, 0)
    assert layout.names == ("a", "untracked_0", "untracked_1")
    assert layout.tracks.tolist() == [0, -1, -1]
    np.testing.assert_array_equal(grid_of(layout), [[2, 3, 1], [np.nan, 4, np.nan]])


def test_the_name_of_a_column_is_not_that_of_a_track() -> None:
    labels = make({0: [found(1), found(2, sleap.Track("untracked_0"))]}, 1)
    assert lay_out(labels.store, 0).names == ("untracked_0", "untracked_1")


def test_one_animal_without_a_track_has_one_column() -> None:
    labels = make({0: [found(1), user(2)], 1: [found(3)], 2: [user(4)]}, 3)
    assert grid_of(lay_out(labels.store, 0)) == [[2], [3], [4]]


def test_several_animals_without_tracks_are_ranked() -> None:
    labels = make({0: [found(1), user(2)], 1: [found(3), found(4)]}, 2)
    assert grid_of(lay_out(labels.store, 0)) == [[2, 1], [3, 4]]


def test_two_of_one_kind_in_a_track_are_both_kept(caplog: pytest.LogCaptureFixture) -> None:
    a = sleap.Track("a")
    labels = make({0: [found(1, a), found(2, a)]}, 1)
    with caplog.at_level(logging.WARNING):
        layout = lay_out(labels.store, 0)
    assert grid_of(layout) == [[2, 1]]
    assert "1 instances share" in caplog.text


def test_tracks_without_an_instance_are_left_out_unless_asked_for() -> None:
    labels = make({0: [found(1, sleap.Track("a"))]}, 1)
    labels.tracks.append(sleap.Track("empty"))
    assert lay_out(labels.store, 0).names == ("a",)
    layout = lay_out(labels.store, 0, keep_empty_tracks=True)
    assert layout.names == ("a", "empty")
    np.testing.assert_array_equal(grid_of(layout), [[1, np.nan]])


def test_points_that_are_not_visible_are_missing() -> None:
    instance = user(1)
    instance.points["visible"][1] = False
    grid = lay_out(make({0: [instance]}, 1).store, 0).dense()
    np.testing.assert_array_equal(grid.points[0, 0], [[2, 3], [np.nan, np.nan]])
    assert grid.occupancy.all()


def test_several_skeletons_share_one() -> None:
    other = sleap.Skeleton(["tail", "wing"], [("tail", "wing")])
    labels = make({0: [user(1), sleap.Instance(other, XY)], 1: [sleap.Instance(other, XY + 5)]}, 2)
    layout = lay_out(labels.store, 0)
    assert layout.skeleton.node_names == ["head", "tail", "wing"]
    assert layout.skeleton.edge_names == [("head", "tail"), ("tail", "wing")]
    np.testing.assert_array_equal(
        layout.dense().points[0], [[[2, 3], [4, 5], [np.nan] * 2], [[np.nan] * 2, [1, 2], [3, 4]]]
    )


def test_only_one_video_is_looked_at() -> None:
    labels = make({0: [found(1)]}, 2)
    other = sleap.Video("b.mp4", shape=(5, 8, 8, 1))
    labels.append(sleap.LabeledFrame(other, 3, [found(9), found(8)]))
    assert lay_out(labels.store, 0).dense().points.shape == (2, 1, 2, 2)
    assert lay_out(labels.store, 1).dense().points.shape == (5, 2, 2, 2)


def test_nothing_at_all() -> None:
    labels = make({}, 3)
    labels.videos.append(sleap.Video("a.mp4", shape=(3, 8, 8, 1)))
    layout = lay_out(labels.store, 0)
    assert (len(layout), layout.n_columns, layout.n_frames, layout.n_nodes) == (0, 0, 3, 0)
    assert layout.dense().points.shape == (3, 0, 0, 2)
    assert list(layout.blocks(2)) == []


@given(st.data())
def test_blocks_together_are_the_whole(data: st.DataObject) -> None:
    tracks = [sleap.Track("a"), sleap.Track("b")]
    kinds = st.sampled_from([user, found])
    owners = st.sampled_from([None, *tracks])
    frames = data.draw(
        st.dictionaries(st.integers(0, 12), st.lists(st.tuples(kinds, owners), max_size=4))
    )
    size = data.draw(st.integers(1, 15))
    labels = make(
        {
            index: [kind(10 * index + place, owner) for place, (kind, owner) in enumerate(chosen)]
            for index, chosen in frames.items()
        },
        n_frames=None,
    )
    if not labels.videos:
        return
    layout = lay_out(labels.store, 0)
    whole = layout.dense()
    assert whole.occupancy.sum() == len(layout)
    for first, last in layout.blocks(size):
        part = layout.read(first, last)
        place = part.frames + first, part.columns
        np.testing.assert_array_equal(whole.points[place], part.points)
        whole.occupancy[place] = False
    assert not whole.occupancy.any()


def test_as_the_array_of_the_labels(data_dir: Path) -> None:
    labels = sleap.load_file(data_dir / "centered_pair" / "predictions.slp")
    layout = lay_out(labels.store, 0)
    assert (layout.n_frames, layout.n_columns, layout.n_nodes) == (1100, 27, 24)
    np.testing.assert_array_equal(layout.dense().points, labels.numpy())
    labels.remove_frame(labels[0])
    assert lay_out(labels.store, 0, all_frames=False).n_frames == 1099
    assert lay_out(labels.store, 0).n_frames == 1100
