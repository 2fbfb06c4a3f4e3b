import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.formats.deeplabcut.labels import Builder
from sleap.io.formats.deeplabcut.table import Table, make_table
from sleap.io.formats.deeplabcut.videos import Shot

PARTS = {"a": ["nose", "tail"], "b": ["nose", "tail"], "single": ["corner"]}
VALUES = np.array([[1, 2, 3, 4, np.nan, np.nan, 5, 6, 9, 9], [np.nan] * 10])


def make(values: np.ndarray, index: list[str]) -> Table:
    columns = [("me", i, part, c) for i, parts in PARTS.items() for part in parts for c in "xy"]
    return make_table(columns, index, values)


def build(builder: Builder, table: Table, video: Video, frames: list[int]) -> Labels:
    builder.add(table, [Shot(video, list(range(len(frames))), frames, [7])])
    return builder.build([("nose", "tail"), ("nose", "corner"), ("nose", "wing")])


def test_individuals_are_tracks_and_what_exists_once_has_a_skeleton() -> None:
    video = Video([f"{n}.png" for n in range(9)])
    labels = build(Builder(), make(VALUES, ["3.png", "5.png"]), video, [3, 5])
    assert [(s.name, s.node_names) for s in labels.skeletons] == [
        ("Skeleton-0", ["nose", "tail"]),
        ("single", ["corner"]),
    ]
    assert labels.skeletons[0].edge_names == [("nose", "tail")]
    assert [(track.name, track.spawned_on) for track in labels.tracks] == [("a", 3), ("b", 3)]
    (frame,) = labels
    first, second, single = frame.instances
    assert (first.track, second.track, single.track) == (labels.tracks[0], labels.tracks[1], None)
    assert first.numpy().tolist() == [[1, 2], [3, 4]]
    np.testing.assert_array_equal(second.numpy(), [[np.nan, np.nan], [5, 6]])
    assert single.skeleton is labels.skeletons[1]
    assert single.numpy().tolist() == [[9, 9]]
    assert not first.is_predicted
    assert [suggestion.frame_idx for suggestion in labels.suggestions] == [5, 7]


def test_body_parts_come_in_the_order_of_the_project() -> None:
    builder = Builder(["ear", "tail", "nose"])
    labels = build(builder, make(VALUES, ["3.png", "5.png"]), Video(["x.png"]), [3, 5])
    assert labels.skeleton.node_names == ["ear", "tail", "nose"]
    np.testing.assert_array_equal(labels[0].instances[0].numpy()[1:], [[3, 4], [1, 2]])


def test_likelihoods_are_scores() -> None:
    columns = [("net", part, c) for part in ("a", "b") for c in ("x", "y", "likelihood")]
    values = np.array([[1, 2, 0.5, 3, 4, 1], [np.nan] * 6, [1, 2, 0.25, np.nan, np.nan, 0]])
    builder = Builder()
    table = make_table(columns, np.array([0, 1, 2]), values)
    builder.add(table, [Shot(Video("v.mp4"), [0, 1, 2], table.index, [])])
    labels = builder.build()
    assert [frame.frame_idx for frame in labels] == [0, 2]
    assert labels[0].instances[0].score == 0.75
    assert labels[0].instances[0].points["score"].tolist() == [0.5, 1]
    assert labels[1].instances[0].score == 0.25
    assert labels.tracks == []
    assert labels.suggestions == []


def test_tables_of_several_videos_share_tracks() -> None:
    builder = Builder()
    videos = [Video(["1.png"]), Video(["2.png"])]
    for video in videos:
        builder.add(make(VALUES[:1], ["1.png"]), [Shot(video, [0], [0], [])])
    builder.add_images(Video(["3.png"]), 1)
    labels = builder.build()
    assert [frame.video for frame in labels] == videos
    assert len(labels.tracks) == 2
    assert len(labels.videos) == 3
    assert labels.suggestions[0].video is labels.videos[2]


def test_nothing() -> None:
    builder = Builder()
    builder.add_images(Video(["3.png"]), 1)
    assert len(builder.build()) == 0


def test_a_frame_beyond_all_videos() -> None:
    table = make(VALUES[:1], ["x"])
    builder = Builder()
    builder.add(table, [Shot(Video("v.mp4"), [0], np.array([1 << 50]), [])])
    with pytest.raises(LabelsError, match="impossible frame"):
        builder.build()
