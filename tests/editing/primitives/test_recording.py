import numpy as np
import pytest
import random_edits

from sleap import Instance, LabeledFrame, Track, Video
from sleap.core.frame import attach_frames
from sleap.editing.changes.items import AddItems
from sleap.editing.primitives.recording import Recording, distinct
from sleap.editing.snapshot import Snapshot


def test_what_the_core_appends_is_remembered() -> None:
    labels = random_edits.start()
    before = random_edits.contents(labels)
    recording = Recording(labels)
    new = Instance(labels.skeleton, np.zeros((3, 2)), Track("t"))
    with recording.appending():
        attach_frames(labels.store, [LabeledFrame(Video("b.mp4"), 3, [new])])
    assert [change.tag for change in recording.changes] == [
        "+items",
        "+items",
        "+frames",
        "+instances",
    ]
    recording.roll_back()
    assert random_edits.contents(labels) == before


def test_what_was_appended_before_an_error_is_remembered() -> None:
    labels = random_edits.start()
    recording = Recording(labels)
    with pytest.raises(ZeroDivisionError), recording.appending():
        labels.store.add_frames(0, np.array([1]))
        raise ZeroDivisionError
    recording.roll_back()
    assert len(labels) == 0


def test_adopted_changes_are_undone() -> None:
    labels = random_edits.start()
    recording = Recording(labels)
    labels.tracks.append(Track("t"))
    recording.adopt(AddItems("tracks", 0, tuple(labels.tracks)))
    recording.roll_back()
    assert labels.tracks == []


def test_securing_all_lets_the_core_write_during_a_save() -> None:
    labels = random_edits.start()
    instance = labels.add_frame(labels.video, 0).append(Instance(labels.skeleton, np.zeros((3, 2))))
    snapshot = Snapshot(labels)
    Recording(labels).secure_all()
    instance.set_points(np.ones((3, 2)))
    instance.track = Track("t")
    saved = snapshot.labels()[0].instances[0]
    assert saved.numpy().max() == 0
    assert saved.track is None


@pytest.mark.parametrize("rows", [[], [3], [1, 2, 5], [5, 1, 1], [9, 3] * 50])
def test_distinct_rows(rows: list[int]) -> None:
    assert distinct(rows, 10).tolist() == sorted(set(rows))
