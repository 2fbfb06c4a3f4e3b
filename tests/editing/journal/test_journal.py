import errno
import os
import random
from pathlib import Path

import pytest
import random_edits

from sleap import Track, load_file, save_file
from sleap.editing.document import Document
from sleap.editing.journal.replay import replay


@pytest.fixture
def document(tmp_path: Path) -> Document:
    save_file(random_edits.start(), tmp_path / "a.slp")
    return Document.open(tmp_path / "a.slp")


def add_track(document: Document, name: str) -> None:
    document.run(lambda tx: tx.add_track(Track(name)))


def listed(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def names_in(journal: Path) -> list[str]:
    return [track.name for track in replay(journal, load_file).labels.tracks]


def test_there_is_no_file_until_something_is_edited(document: Document, journals: Path) -> None:
    assert not journals.exists()
    document.run(lambda tx: None)
    assert not journals.exists()
    add_track(document, "a")
    assert listed(journals) == [document.journal.path]


def test_closing_and_saving_remove_it(document: Document, journals: Path) -> None:
    add_track(document, "a")
    document.save()
    assert listed(journals) == []
    add_track(document, "b")
    assert len(listed(journals)) == 1
    document.close()
    assert listed(journals) == []


def test_what_is_edited_during_a_save_stays(document: Document, journals: Path) -> None:
    add_track(document, "a")
    saving = document.prepare_save()
    add_track(document, "b")
    saving()
    add_track(document, "c")
    saving.finish()
    (journal,) = listed(journals)
    assert names_in(journal) == ["a", "b", "c"]
    document.undo()
    document.undo()
    document.undo()
    assert names_in(journal) == []


@pytest.mark.parametrize("edited_before", [False, True])
def test_a_save_that_was_not_finished(
    document: Document, journals: Path, edited_before: bool
) -> None:
    if edited_before:
        add_track(document, "a")
    saving = document.prepare_save()
    add_track(document, "b")
    saving()
    expected = ["a", "b"] if edited_before else ["b"]
    assert names_in(*listed(journals)) == expected
    document.undo()
    document.undo()
    assert names_in(*listed(journals)) == []


def test_a_save_overtaken_by_another_changes_nothing(document: Document, journals: Path) -> None:
    add_track(document, "a")
    first = document.prepare_save()
    add_track(document, "b")
    first()
    document.save()
    add_track(document, "c")
    first.finish()
    assert names_in(*listed(journals)) == ["a", "b", "c"]


def test_a_disk_that_refuses_does_not_stop_editing(
    document: Document,
    journals: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    add_track(document, "a")

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        add_track(document, "b")
        add_track(document, "c")
    assert len(document.labels.tracks) == 3
    assert "disk is full" in document.journal.problem
    assert caplog.text.count("disk is full") == 1
    add_track(document, "d")  # without "b" and "c" it would make no sense
    assert names_in(*listed(journals)) == ["a"]
    document.save()
    assert document.journal.problem == ""
    add_track(document, "e")
    assert names_in(*listed(journals)) == ["a", "b", "c", "d", "e"]


def test_a_folder_that_cannot_be_made(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    document.close()
    monkeypatch.setenv("SLEAP_STATE", str(tmp_path / "file"))
    document = Document.open(tmp_path / "a.slp")
    add_track(document, "a")
    assert document.journal.problem
    assert [track.name for track in document.labels.tracks] == ["a"]


def test_an_edit_that_failed_is_not_told(document: Document, journals: Path) -> None:
    for seed in range(3):
        with pytest.raises(ZeroDivisionError):
            document.run(random_edits.failing, random.Random(seed))
        document.run(random_edits.mixed, random.Random(seed))
    (journal,) = listed(journals)
    found = replay(journal, load_file).labels
    assert random_edits.contents(found) == random_edits.contents(document.labels)
