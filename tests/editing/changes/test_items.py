import numpy as np
import pytest
import random_edits

from sleap import Instance, Labels, Track, Video
from sleap.editing.changes.items import AddItems, RemoveItems, SetAttributes
from sleap.editing.changes.rows import mark_frames
from sleap.editing.touched import Kind


def tracked(n_tracks: int = 4) -> Labels:
    labels = random_edits.start()
    frame = labels.add_frame(labels.video, 0)
    for number in range(n_tracks):
        frame.append(Instance(labels.skeleton, np.zeros((3, 2)), Track(f"t{number}")))
    return labels


def column(labels: Labels) -> list[int]:
    return labels.store.instances.rows["track"].tolist()


def test_places_behind_what_is_removed_move_up_and_back() -> None:
    labels = tracked()
    tracks = list(labels.tracks)
    labels.store.remove_instances([0, 2])
    change = RemoveItems.make(labels, "tracks", np.array([2, 0]))
    change.apply(labels)
    assert labels.tracks == [tracks[1], tracks[3]]
    assert column(labels) == [-1, 0, -1, 1]
    change.revert(labels)
    assert labels.tracks == tracks
    assert column(labels) == [0, 1, 2, 3]


def test_rows_to_be_done_again_keep_their_numbers() -> None:
    """An edit after the removal was undone: its rows are dead and name a later list."""
    labels = tracked(2)
    labels.store.remove_instances([0])
    remove = RemoveItems.make(labels, "tracks", np.array([0]))
    remove.apply(labels)
    add = AddItems("tracks", 1, (Track("new"),))
    add.apply(labels)
    labels[0].append(Instance(labels.skeleton, np.zeros((3, 2)), labels.tracks[1]))
    after = column(labels)
    labels.store.remove_instances([2])
    add.revert(labels)
    remove.revert(labels)
    remove.apply(labels)
    add.apply(labels)
    assert column(labels) == after == [-1, 0, 1]


def test_removed_videos_leave_their_frames_without_one() -> None:
    labels = random_edits.start()
    labels.videos.append(Video("b.mp4"))
    labels.store.add_frames(np.array([0, 1]), np.array([5, 5]))
    mark_frames(labels.store, np.array([0]), dead=True)
    change = RemoveItems.make(labels, "videos", np.array([0]))
    change.apply(labels)
    assert [(frame.video.name, frame.frame_idx) for frame in labels] == [("b.mp4", 5)]
    assert labels.store.occupancy.find(0, 5) == 1
    assert change.touched(labels).frames is None
    change.revert(labels)
    assert labels.store.occupancy.find(1, 5) == 1
    mark_frames(labels.store, np.array([0]), dead=False)
    assert labels.store.occupancy.find(0, 5) == 0


def test_attributes_of_an_item() -> None:
    labels = tracked()
    track = labels.tracks[1]
    change = SetAttributes("tracks", 1, {"name": "t1"}, {"name": "left"})
    change.apply(labels)
    assert track.name == "left"
    assert change.touched(labels).kinds == Kind.TRACKS
    later = SetAttributes("tracks", 1, {"name": "left"}, {"name": "right"})
    joined = change.joined(later)
    assert joined is not None
    joined.revert(labels)
    assert track.name == "t1"
    assert change.joined(SetAttributes("tracks", 2, {"name": "a"}, {"name": "b"})) is None


def test_there_are_three_lists() -> None:
    with pytest.raises(ValueError, match="list 'frames'"):
        AddItems("frames", 0, ()).apply(Labels())
