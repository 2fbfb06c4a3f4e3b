import numpy as np
import pytest
import random_edits

from sleap import Instance, Labels, Skeleton, SuggestionFrame, Track, Video
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


@pytest.fixture
def tx() -> Transaction:
    labels = random_edits.start()
    frame = labels.add_frame(labels.video, 0)
    for name in "ab":
        frame.append(Instance(labels.skeleton, [[1, 1], [2, 2], [3, 3]], Track(name)))
    return Transaction(labels)


def test_what_is_listed_is_not_listed_twice(tx: Transaction) -> None:
    assert tx.add_video(tx.labels.video) == 0
    assert tx.add_track(tx.labels.tracks[1]) == 1
    assert tx.add_skeleton(tx.labels.skeleton) == 0
    assert not tx.changes
    assert tx.add_video(Video("b.mp4")) == 1
    assert tx.number_of(tx.labels.videos[1]) == 1
    with pytest.raises(LabelsError, match="have no"):
        tx.number_of(Track("other"))


def test_removing_tracks_leaves_or_takes_their_instances(tx: Transaction) -> None:
    assert tx.remove_tracks([0]) == 1
    assert [one.track and one.track.name for one in tx.labels[0].instances] == [None, "b"]
    assert tx.remove_tracks([0], with_instances=True) == 1
    assert tx.labels.tracks == []
    assert len(tx.labels[0]) == 1
    tx.roll_back()
    assert [one.track.name for one in tx.labels[0].instances] == ["a", "b"]


@pytest.mark.parametrize("numbers", [[2], [-1], [0, 5]])
def test_numbers_that_name_nothing(tx: Transaction, numbers: list[int]) -> None:
    with pytest.raises(LabelsError, match="There are 2 tracks"):
        tx.remove_tracks(numbers)


def test_skeletons_in_use_stay(tx: Transaction) -> None:
    with pytest.raises(LabelsError, match="instances of"):
        tx.remove_skeletons([0])
    tx.add_skeleton(Skeleton(["x"]))
    tx.remove_skeletons([1])
    assert len(tx.labels.skeletons) == 1


def test_removing_videos_takes_all_that_lies_in_them(tx: Transaction) -> None:
    labels = tx.labels
    other = Video("b.mp4")
    tx.add_frames(other, [4])
    tx.set_suggestions([SuggestionFrame(labels.videos[0], 1), SuggestionFrame(other, 2)])
    tx.set_negative_anchors({0: [(1, 2.0, 3.0)], 1: [(4, 5.0, 6.0)]})
    before = random_edits.contents(labels)
    n_before = len(tx.changes)
    tx.remove_videos([0])
    assert labels.videos == [other]
    assert [frame.video for frame in labels] == [other]
    assert [one.video for one in labels.suggestions] == [other]
    assert labels.negative_anchors == {0: [(4, 5.0, 6.0)]}
    while len(tx.changes) > n_before:
        tx.changes.pop().revert(labels)
    assert random_edits.contents(labels) == before


def test_only_attributes_that_differ_are_set(tx: Transaction) -> None:
    video = Video("p.slp", frame_numbers=[1, 2])
    tx.add_video(video)
    n_before = len(tx.changes)
    tx.set_attributes(video, filename="p.slp", frame_numbers=np.array([1, 2]))
    assert len(tx.changes) == n_before
    tx.set_attributes(video, filename="q.slp", frame_numbers=np.array([1, 3]))
    assert video.filename == "q.slp"
    tx.changes.pop().revert(tx.labels)
    assert (video.filename, list(video.frame_numbers)) == ("p.slp", [1, 2])


def xs(labels: Labels) -> str:
    return str(labels[0].instances[0].numpy()[:, 0].tolist())


def test_nodes_are_known_by_name(tx: Transaction) -> None:
    skeleton = tx.labels.skeleton
    draft = Skeleton(["c", "new", "a", "b"])
    tx.set_skeleton(skeleton, draft)
    assert xs(tx.labels) == "[3.0, nan, 1.0, 2.0]"
    tx.set_skeleton(skeleton, Skeleton(["a", "c"]))
    assert xs(tx.labels) == "[1.0, 3.0]"
    tx.roll_back()
    assert xs(tx.labels) == "[1.0, 2.0, 3.0]"


def test_as_many_nodes_of_other_names_were_renamed(tx: Transaction) -> None:
    skeleton = tx.labels.skeleton
    draft = skeleton.copy()
    draft.rename_node("b", "x")
    tx.set_skeleton(skeleton, draft)
    assert skeleton.node_names == ["a", "x", "c"]
    assert xs(tx.labels) == "[1.0, 2.0, 3.0]"
    tx.set_skeleton(skeleton, draft)
    assert len(tx.changes) == 1


def test_or_it_is_said_what_they_were(tx: Transaction) -> None:
    tx.set_skeleton(tx.labels.skeleton, Skeleton(["a", "x", "c"]), [0, -1, 2])
    assert xs(tx.labels) == "[1.0, nan, 3.0]"
