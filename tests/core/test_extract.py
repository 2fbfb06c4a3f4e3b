import numpy as np

from sleap.core.extract import extract, gather_table
from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import USER
from sleap.core.track import Track
from sleap.core.video import Video


def two_videos(labels: Labels) -> Labels:
    other, mouse = Video("mouse.mp4"), Skeleton(["nose"])
    frame = LabeledFrame(other, 1, [Instance(mouse, {"nose": (1, 1)}, Track("m"))])
    labels.append(frame)
    labels.suggestions += [SuggestionFrame(labels.video, 3), SuggestionFrame(other, 4)]
    labels.negative_anchors.update({0: [(1, 2.0, 3.0)], 1: [(4, 5.0, 6.0)]})
    return labels


def test_only_what_is_used_is_listed(labels: Labels) -> None:
    labels = two_videos(labels)
    part = labels.extract(videos=[labels.videos[1]])
    assert [video.name for video in part.videos] == ["mouse.mp4"]
    assert [track.name for track in part.tracks] == ["m"]
    assert [skeleton.node_names for skeleton in part.skeletons] == [["nose"]]
    assert part[0].instances[0]["nose"] == (1, 1) and part[0].frame_idx == 1
    assert [one.frame_idx for one in part.suggestions] == [4]
    assert part.negative_anchors == {0: [(4, 5.0, 6.0)]}
    assert len(labels) == 3 and labels.extract().videos == labels.videos


def test_frames_come_in_the_order_given(labels: Labels) -> None:
    part = labels.extract([labels[1], labels[0], labels[1]])
    assert [frame.frame_idx for frame in part] == [2, 7]
    made = part[1].user_instances[0]
    assert made.from_predicted is part[1].instances[0] and made["head"] == (1, 2)
    origin = part[1].instances[0]
    assert isinstance(origin, PredictedInstance)
    np.testing.assert_allclose(origin.point_scores, [0.1, 0.2, 0.3, 0.4])
    part[0].instances[0]["head"] = (9, 9)
    assert labels[1].instances[0]["head"] == (0, 1)


def test_removed_rows_and_extras_are_followed(labels: Labels) -> None:
    labels[0].append(Instance(labels.skeleton, {"left": (6, 6)}))
    labels[0].remove(labels[0].instances[0])
    part = labels.extract([labels[0]])
    assert [one.n_visible for one in part[0].instances] == [1, 4, 1]
    assert part[0].instances[0].from_predicted is None
    assert [len(table) for table in part.to_tables()] == [1, 3, 8, 4]


def test_without_instances_the_skeletons_stay(labels: Labels) -> None:
    empty = Video("empty.mp4")
    labels.videos.append(empty)
    part = labels.extract(videos=[empty])
    assert part.videos == [empty] and part.skeletons == labels.skeletons and len(part) == 0


def test_tables_of_a_store(labels: Labels) -> None:
    part = extract(labels.store, np.array([1]), np.array([0]))
    assert part.frames["frame_idx"].tolist() == [2] and len(part.points) == 4
    assert part.video_numbers.tolist() == [0]
    rows = labels.store.instances.rows[[3, 1]]
    points = gather_table(labels.store, rows, USER)
    assert points["x"].tolist()[:5] == [0.0, 2.0, 4.0, 6.0, 1.0]
    assert rows["point_id_start"].tolist() == [0, 4]
