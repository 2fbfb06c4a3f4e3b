"""Whole sessions are replayed in ``test_machine``; here is what cannot be replayed."""

from pathlib import Path

import numpy as np
import pytest

from sleap import Labels, Track, load_file
from sleap.editing.changes.items import AddItems
from sleap.editing.changes.rows import RemoveInstances
from sleap.editing.history import Entry
from sleap.editing.journal.head import Head
from sleap.editing.journal.ledger import Draft, Ledger
from sleap.editing.journal.records import MAGIC, UNDO, pack
from sleap.editing.journal.replay import replay
from sleap.errors import FormatError


def edit(number: int, *changes: AddItems | RemoveInstances) -> list[bytes]:
    ledger = Ledger(Labels())
    draft = Draft(ledger.objects)
    for change in changes:
        draft.add(change)
    return ledger.pack_edit(Labels(), Entry("Edit", [], number), draft)


def write(path: Path, *records: list[bytes]) -> Path:
    path.write_bytes(MAGIC + b"".join(piece for pieces in records for piece in pieces))
    return path


def test_edits_are_done_again(tmp_path: Path) -> None:
    added = edit(4, AddItems("tracks", 0, (Track("t"),)))
    replayed = replay(write(tmp_path / "j", Head().pack(), added), load_file)
    assert [track.name for track in replayed.labels.tracks] == ["t"]
    assert [entry.title for entry in replayed.history.done] == ["Edit"]
    assert replayed.n_numbers == 5


def test_an_undo_of_another_edit(tmp_path: Path) -> None:
    records = [Head().pack(), pack(UNDO, {"number": 3})]
    with pytest.raises(FormatError, match="cannot be replayed: edit 3 is not the last"):
        replay(write(tmp_path / "j", *records), load_file)


def test_rows_that_are_not_there(tmp_path: Path) -> None:
    records = [Head().pack(), edit(1, RemoveInstances(np.array([7])))]
    with pytest.raises(FormatError, match="cannot be replayed"):
        replay(write(tmp_path / "j", *records), load_file)


def test_no_head(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="empty"):
        replay(write(tmp_path / "j"), load_file)
    with pytest.raises(FormatError, match="known head"):
        replay(write(tmp_path / "j", edit(1)), load_file)
