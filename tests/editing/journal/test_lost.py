import os
from pathlib import Path

import pytest
import random_edits

from sleap import Track, load_file, save_file
from sleap.editing.document import Document
from sleap.editing.journal.folder import own_holder
from sleap.editing.journal.head import Head
from sleap.editing.journal.lost import find_lost
from sleap.editing.journal.records import MAGIC
from sleap.editing.journal.replay import MismatchError
from sleap.errors import FileError


@pytest.fixture
def project(tmp_path: Path) -> Path:
    save_file(random_edits.start(), tmp_path / "a.slp")
    return tmp_path / "a.slp"


@pytest.fixture
def _dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let journals be those of a process that is gone."""
    monkeypatch.setattr("sleap.editing.journal.lost.is_abandoned", lambda *_: True)


def add_track(document: Document, name: str) -> None:
    document.run(lambda tx: tx.add_track(Track(name)), title=f"Add {name}")


def names(document: Document) -> list[str]:
    return [track.name for track in document.labels.tracks]


def test_the_work_of_living_programs_is_not_lost(project: Path) -> None:
    document = Document.open(project)
    add_track(document, "a")
    assert find_lost() == []


@pytest.mark.usefixtures("_dead")
def test_what_is_said_of_lost_work(project: Path) -> None:
    document = Document.open(project)
    for name in "abc":
        add_track(document, name)
    document.undo()
    (lost,) = find_lost()
    assert (lost.path, lost.n_edits, lost.titles) == (project, 4, ["Add a", "Add b"])


@pytest.mark.usefixtures("_dead")
def test_work_is_brought_back_and_can_be_undone(project: Path) -> None:
    first = Document.open(project)
    for name in "abc":
        add_track(first, name)
    first.undo()
    document = Document.recover(*find_lost())
    assert names(document) == ["a", "b"]
    assert (document.undo_title, document.redo_title) == ("Add b", "Add c")
    assert document.title == "a.slp"
    assert document.is_modified
    document.undo()
    document.undo()
    assert document.is_modified
    assert names(document) == []
    document.redo()
    assert names(Document.recover(*find_lost())) == ["a"]
    document.close()


@pytest.mark.usefixtures("_dead")
def test_recovered_work_can_be_saved(project: Path) -> None:
    first = Document.open(project)
    add_track(first, "a")
    document = Document.recover(*find_lost())
    document.save()
    assert not document.is_modified
    assert [track.name for track in load_file(project).tracks] == ["a"]
    assert find_lost() == []


@pytest.mark.usefixtures("_dead")
def test_work_that_never_had_a_file() -> None:
    first = Document.new()
    add_track(first, "a")
    (lost,) = find_lost()
    assert lost.path is None
    document = Document.recover(lost)
    assert names(document) == ["a"]
    assert (document.path, document.title) == (None, "Untitled")


@pytest.mark.usefixtures("_dead")
def test_work_on_an_imported_file(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    save_file(random_edits.start(), path)
    first = Document.open(path)
    assert first.path is None
    assert first.title == "labels.json"
    add_track(first, "a")
    document = Document.recover(*find_lost())
    assert names(document) == ["a"]
    assert document.path is None


@pytest.mark.usefixtures("_dead")
def test_a_project_that_has_changed_is_not_guessed_at(project: Path, journals: Path) -> None:
    first = Document.open(project)
    add_track(first, "a")
    other = load_file(project)
    other.tracks.append(Track("theirs"))
    save_file(other, project)
    (lost,) = find_lost()
    with pytest.raises(MismatchError, match=r"changed since.*kept as"):
        Document.recover(lost)
    assert find_lost() == []
    assert [path.suffix for path in journals.iterdir()] == [".set-aside"]


@pytest.mark.usefixtures("_dead")
def test_a_saved_project_that_was_only_copied_is_the_same(project: Path) -> None:
    first = Document.open(project)
    add_track(first, "a")
    first.save()
    add_track(first, "b")
    os.utime(project, (1, 1))
    assert names(Document.recover(*find_lost())) == ["a", "b"]


@pytest.mark.usefixtures("_dead")
def test_a_project_that_is_not_there_can_be_put_back(project: Path) -> None:
    first = Document.open(project)
    add_track(first, "a")
    away = project.replace(project.with_name("away.slp"))
    (lost,) = find_lost()
    with pytest.raises(FileError, match="not there"):
        Document.recover(lost)
    away.replace(project)
    assert names(Document.recover(*find_lost())) == ["a"]


@pytest.mark.usefixtures("_dead")
def test_work_can_be_thrown_away(project: Path) -> None:
    add_track(Document.open(project), "a")
    (lost,) = find_lost()
    lost.discard()
    assert find_lost() == []


def test_what_is_no_journal_stays(journals: Path, caplog: pytest.LogCaptureFixture) -> None:
    journals.mkdir(parents=True)
    (journals / "x.journal").write_text("no journal at all, really")
    (journals / "notes.txt").write_text("text")
    assert find_lost() == []
    assert "left where it is" in caplog.text
    assert len(list(journals.iterdir())) == 2


def test_journals_without_an_edit_go(journals: Path) -> None:
    journals.mkdir(parents=True)
    torn = journals / "torn.journal"
    torn.write_bytes(MAGIC[:5])
    empty = journals / "empty.journal"
    gone = {**own_holder(), "pid": 2**22 + 12345}
    empty.write_bytes(MAGIC + b"".join(Head(holder=gone).pack()))
    assert find_lost() == []
    assert torn.exists()  # perhaps somebody is about to write it
    assert not empty.exists()
    os.utime(torn, (1, 1))
    assert find_lost() == []
    assert not torn.exists()
