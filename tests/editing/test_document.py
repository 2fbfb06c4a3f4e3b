"""Edits, undo and redo of a document, in memory and of real projects."""

import random
import shutil
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import random_edits

from sleap import Instance, Labels, Skeleton, Track, Video
from sleap.editing.document import Document
from sleap.editing.journal.lost import LostWork
from sleap.editing.touched import Kind, Touched
from sleap.editing.transaction import Transaction
from sleap.errors import SleapError


def labeled() -> tuple[Document, Instance]:
    """Return a document with one instance."""
    document = Document.new()
    skeleton = Skeleton(["a", "b", "c"], [("a", "b")])
    instance = Instance(skeleton, [[1, 2], [3, 4], [5, 6]], Track("t"))
    video = Video("a.mp4", shape=(100, 10, 10, 1))

    def add(tx: Transaction) -> None:
        tx.add_instances([tx.add_frame(video, 3)], [instance])

    document.run(add, title="Add")
    return document, instance


def test_an_instance_given_becomes_the_view_of_its_row() -> None:
    document, instance = labeled()
    assert document.labels[0].instances[0] is instance
    assert document.undo_title == "Add"


def test_undo_and_redo_bring_views_back_to_life() -> None:
    document, instance = labeled()
    assert document.undo() == "Add"
    assert not instance.is_attached
    assert (len(document.labels), document.labels.tracks, document.labels.videos) == (0, [], [])
    assert document.redo() == "Add"
    assert document.labels[0].instances[0] is instance
    assert instance.track is document.labels.tracks[0]


def test_a_failing_edit_changes_nothing() -> None:
    document, instance = labeled()

    def fail(tx: Transaction) -> None:
        tx.set_points(instance.row, {"a": (7, 7)})
        tx.remove_videos([0])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        document.run(fail)
    assert instance["a"] == (1, 2)
    assert len(document.labels.videos) == 1
    assert document.undo_title == "Add"


def test_an_edit_that_changes_nothing_is_not_remembered() -> None:
    document, instance = labeled()
    before = len(document.history.done)
    document.run(lambda tx: tx.set_points(instance.row, {"a": (1, 2)}))
    document.run(lambda tx: tx.set_tracks([instance.row], 0))
    assert len(document.history.done) == before


def test_a_drag_is_one_step() -> None:
    document, instance = labeled()
    for x in range(10):
        document.run(lambda tx, x=x: tx.set_points(instance.row, {"a": (x, 0)}), join="drag 1")
    document.run(lambda tx: tx.set_points(instance.row, {"a": (99, 0)}), join="drag 2")
    assert [len(entry.changes) for entry in document.history.done] == [5, 1, 1]
    document.undo()
    assert instance["a"] == (9, 0)
    document.undo()
    assert instance["a"] == (1, 2)


def test_points_come_back_with_a_removed_node() -> None:
    document, instance = labeled()
    skeleton = document.labels.skeleton
    draft = skeleton.copy()
    draft.remove_node("b")
    document.run(lambda tx: tx.set_skeleton(skeleton, draft))
    assert instance.numpy().tolist() == [[1, 2], [5, 6]]
    video = document.labels.video
    other = Instance(skeleton, [[7, 7], [8, 8]])
    document.run(lambda tx: tx.add_instances([tx.add_frame(video, 4)], [other]))
    document.undo()
    document.undo()
    assert instance.numpy().tolist() == [[1, 2], [3, 4], [5, 6]]
    document.redo()
    document.redo()
    assert other.numpy().tolist() == [[7, 7], [8, 8]]


def test_listeners_learn_what_was_touched() -> None:
    document, instance = labeled()
    heard: list[Touched] = []
    stop = document.subscribe(heard.append)
    document.run(lambda tx: tx.set_points(instance.row, {"a": (7, 7)}))
    document.undo()
    stop()
    document.redo()
    assert heard == [Touched(Kind.POINTS, frozenset({(0, 3)}))] * 2


def test_a_listener_that_fails_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    document, instance = labeled()
    heard: list[Touched] = []
    document.subscribe(lambda _: 1 / 0)
    document.subscribe(heard.append)
    document.run(lambda tx: tx.set_points(instance.row, {"a": (7, 7)}))
    assert heard
    assert "could not follow" in caplog.text


def test_edits_do_not_nest() -> None:
    document, _ = labeled()
    with pytest.raises(RuntimeError, match="within an edit"):
        document.run(lambda tx: document.undo())


def test_undoing_the_removal_of_a_video_brings_numbers_back() -> None:
    document, instance = labeled()
    other = Video("b.mp4", shape=(10, 10, 10, 1))
    skeleton = document.labels.skeleton
    second = Instance(skeleton, np.ones((3, 2)))
    document.run(lambda tx: tx.add_instances([tx.add_frame(other, 1)], [second]))
    document.run(lambda tx: tx.remove_videos([0]))
    assert [frame.video for frame in document.labels] == [other]
    document.undo()
    assert instance.frame is not None
    assert instance.frame.video is document.labels.videos[0]
    assert document.labels.find(other, 1) is document.labels[1]


def test_labels_given_are_taken_over() -> None:
    labels = Labels(videos=[Video("a.mp4")])
    document = Document(labels)
    assert document.labels is labels
    assert not document.is_modified
    document.run(lambda tx: tx.add_frame(0, 0))
    assert document.is_modified
    document.undo()
    assert not document.is_modified


def test_a_new_document_is_named_when_it_is_saved(tmp_path: Path) -> None:
    document = Document.new()
    assert (document.title, document.path) == ("Untitled", None)
    document.run(lambda tx: tx.add_video(Video("a.mp4")))
    document.save(tmp_path / "a.slp")
    assert (document.title, document.path) == ("a.slp", tmp_path / "a.slp")


@pytest.mark.parametrize("name", ["two_flies/two_flies.tracks.slp", "mice2/labels.10frames.slp"])
def test_a_real_project(data_dir: Path, tmp_path: Path, name: str) -> None:
    """Edited, saved, edited, recovered, undone past the save, recovered again."""
    project = tmp_path / "project.slp"
    shutil.copyfile(data_dir / name, project)
    document, rng = Document.open(project), random.Random(0)
    states = [random_edits.contents(document.labels)]
    while len(states) < 8:
        document.run(random_edits.mixed, rng)
        if len(document.history.done) == len(states):
            states.append(random_edits.contents(document.labels))
        if len(states) == 4:
            document.save(backups=0)
    assert recovered(document) == states[-1]
    for state in reversed(states[:-1]):
        document.undo()
        assert random_edits.contents(document.labels) == state
    assert recovered(document) == states[0]
    for state in states[1:]:
        document.redo()
        assert random_edits.contents(document.labels) == state
    assert recovered(document) == states[-1]
    document.close()


def recovered(document: Document) -> str:
    """Return what would be found had the program been killed now."""
    assert document.journal is not None
    assert document.journal.path is not None
    twin = document.journal.path.with_suffix(".twin")
    shutil.copyfile(document.journal.path, twin)
    found = Document.recover(LostWork(document.path, datetime.now(), 1, [], twin))
    state = random_edits.contents(found.labels)
    found.close()
    return state


@pytest.mark.parametrize("format", [None, "deeplabcut"])
def test_edits_of_what_a_folder_held_come_back(tmp_path: Path, format: str | None) -> None:
    folder = tmp_path / "labeled-data" / "vid1"
    folder.mkdir(parents=True)
    (folder / "img0.png").write_bytes(b"")
    (folder / "CollectedData_me.csv").write_text(
        "scorer,me,me\nbodyparts,nose,nose\ncoords,x,y\nlabeled-data/vid1/img0.png,5,6\n"
    )
    document = Document.open(tmp_path, format=format)
    instance = document.labels[0].instances[0]
    document.run(lambda tx: tx.set_points(instance.row, {"nose": (7, 8)}))
    assert document.journal is not None and document.journal.path is not None
    lost = LostWork(None, datetime.now(), 1, [], document.journal.path)
    again = Document.recover(lost)
    assert again.labels[0].instances[0].numpy().tolist() == [[7, 8]]
    assert again.path is None
    lost = LostWork(None, datetime.now(), 1, [], again.journal.path)
    (folder / "CollectedData_me.csv").write_text("")
    with pytest.raises(SleapError):
        Document.recover(lost)
