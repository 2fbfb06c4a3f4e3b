import numpy as np
import pytest

from sleap.core import renumber
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


def names(labels: Labels) -> list[str | None]:
    return [one.track.name if one.track else None for f in labels for one in f.instances]


def test_tracks_leave_and_the_others_keep_their_instances(labels: Labels) -> None:
    a, b = labels.tracks
    assert names(labels) == ["a", "a", "b", None]
    assert renumber.remove_tracks(labels.store, [0]).tolist() == [-1, 0, -1]
    assert labels.tracks == [b] and names(labels) == [None, None, "b", None]
    assert renumber.used_tracks(labels.store).tolist() == [True]
    labels[0].instances[0].track = a
    assert labels.tracks == [b, a] and names(labels) == ["a", None, "b", None]


def test_equal_tracks_become_one_unless_both_are_on_a_frame(labels: Labels) -> None:
    with pytest.raises(LabelsError, match=r"'a' and 'b' are both on frame 7 of 'flies.mp4'"):
        renumber.merge_tracks(labels.store, 0, [1])
    labels.tracks.append(Track("c", spawned_on=5))
    labels.tracks[0].spawned_on = 7
    labels[1].instances[0].track = labels.tracks[2]
    assert renumber.merge_tracks(labels.store, 0, [2]).tolist() == [0, 1, 0, -1]
    assert names(labels) == ["a", "a", "b", "a"] and labels.tracks[0].spawned_on == 5


def test_instances_without_track_are_in_nobodys_way(labels: Labels) -> None:
    labels[0].instances[2].track = None
    renumber.merge_tracks(labels.store, 1, [0])
    assert [track.name for track in labels.tracks] == ["b"]
    assert names(labels) == ["b", "b", None, None]


def test_videos_leave_with_their_frames(labels: Labels) -> None:
    other = Video("other.mp4")
    labels.add_frame(other, 7).append(Instance(labels.skeleton, {"head": (4, 4)}))
    first = labels.video
    assert renumber.used_videos(labels.store).tolist() == [True, True]
    assert renumber.remove_videos(labels.store, [0]).tolist() == [-1, 0]
    assert labels.videos == [other] and len(labels) == 1 and labels.find(first, 7) is None
    found = labels.find(other, 7)
    assert found is not None and found.instances[0]["head"] == (4, 4) and found.video is other
    renumber.remove_videos(labels.store, [0])
    assert len(labels) == 0 and len(labels.copy()) == 0
    assert labels.add_frame(first, 7).instances == []
    np.testing.assert_array_equal(labels.labeled_indices(first), [7])


def test_skeletons_leave_only_unused(labels: Labels) -> None:
    kept = labels.skeleton
    unused = Skeleton(["x"])
    labels.skeletons.insert(0, unused)
    labels.store.instances.writable["skeleton"] += 1
    with pytest.raises(LabelsError, match="there are instances of it"):
        renumber.remove_skeletons(labels.store, [0, 1])
    assert renumber.remove_skeletons(labels.store, [0]).tolist() == [-1, 0]
    assert labels.skeletons == [kept] and labels[0].instances[0].skeleton is kept
    assert renumber.used_skeletons(labels.store).tolist() == [True]
