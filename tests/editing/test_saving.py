import threading
from pathlib import Path

import pytest
import random_edits

from sleap import Track, load_file
from sleap.editing.document import Document
from sleap.errors import FileError
from sleap.io import guard
from sleap.io.backups import list_backups


@pytest.fixture
def document(tmp_path: Path) -> Document:
    document = Document(random_edits.start())
    document.save(tmp_path / "a.slp")
    return document


def add_track(document: Document, name: str) -> None:
    document.run(lambda tx: tx.add_track(Track(name)))


def names(path: Path) -> list[str]:
    return [track.name for track in load_file(path).tracks]


def test_a_save_holds_what_was_there_when_it_was_prepared(document: Document) -> None:
    add_track(document, "before")
    saving = document.prepare_save()
    add_track(document, "after")
    worker = threading.Thread(target=saving)
    worker.start()
    worker.join()
    saving.finish()
    assert names(saving.path) == ["before"]
    assert document.is_modified
    document.undo()
    assert not document.is_modified


def test_saving_ends_being_modified_and_undoing_begins_it_again(document: Document) -> None:
    add_track(document, "a")
    assert document.is_modified
    document.save()
    assert not document.is_modified
    document.undo()
    assert document.is_modified
    document.redo()
    assert not document.is_modified


def test_a_drag_does_not_go_on_across_a_save(document: Document) -> None:
    track = Track("a")
    document.run(lambda tx: tx.add_track(track))
    document.run(lambda tx: tx.set_attributes(track, name="b"), join="typing")
    document.save()
    document.run(lambda tx: tx.set_attributes(track, name="c"), join="typing")
    assert document.is_modified
    document.undo()
    assert track.name == "b"
    assert not document.is_modified


def test_earlier_versions_are_kept(document: Document) -> None:
    for name in "abc":
        add_track(document, name)
        document.save(backups=2)
    assert document.path is not None
    assert len(list_backups(document.path)) == 2


def test_the_document_knows_the_file_it_saved(document: Document) -> None:
    add_track(document, "a")
    document.save()
    assert document.path is not None
    assert not guard.has_changed(document.labels, document.path)


def test_saving_elsewhere_moves_the_document(document: Document, tmp_path: Path) -> None:
    add_track(document, "a")
    document.save(tmp_path / "b.slp")
    assert document.title == "b.slp"
    assert document.path == tmp_path / "b.slp"
    assert names(tmp_path / "a.slp") == []


def test_a_save_that_fails_changes_nothing(document: Document, tmp_path: Path) -> None:
    add_track(document, "a")
    saving = document.prepare_save(tmp_path / "no such folder" / "a.slp")
    with pytest.raises(FileError):
        saving()
    with pytest.raises(ValueError, match="written"):
        saving.finish()
    assert document.is_modified
    assert document.path == tmp_path / "a.slp"
    document.save()
    assert names(tmp_path / "a.slp") == ["a"]


def test_only_projects_are_saved(document: Document, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="export"):
        document.save(tmp_path / "a.csv")
    with pytest.raises(FileError, match="never saved"):
        Document(random_edits.start()).save()
