import numpy as np
import random_edits

from sleap import Track
from sleap.editing.changes.items import AddItems
from sleap.editing.history import Entry
from sleap.editing.journal.ledger import Draft, Ledger
from sleap.editing.journal.records import BACK, EDIT, REDO, UNDO

NO_ROWS = np.empty(0, np.int64)


def kind_of(pieces: list[bytes]) -> bytes:
    return pieces[0][:4]


def test_an_edit_that_was_told_is_undone_by_its_number() -> None:
    labels = random_edits.start()
    ledger = Ledger(labels)
    entry = Entry("Edit", [], 3)
    assert kind_of(ledger.pack_edit(labels, entry, Draft(ledger.objects))) == EDIT
    assert kind_of(ledger.pack_undo(labels, entry, NO_ROWS)) == UNDO
    assert kind_of(ledger.pack_redo(labels, entry)) == REDO


def test_after_a_save_older_edits_are_told_whole_once() -> None:
    labels = random_edits.start()
    ledger = Ledger(labels)
    entry = Entry("Edit", [AddItems("tracks", 0, (Track("t"),))], 3)
    ledger.known.add(3)
    ledger.mark(labels)
    assert kind_of(ledger.pack_undo(labels, entry, NO_ROWS)) == BACK
    assert kind_of(ledger.pack_redo(labels, entry)) == REDO
    ledger.mark(labels)
    assert kind_of(ledger.pack_redo(labels, entry)) == EDIT


def test_objects_of_a_discarded_draft_are_forgotten() -> None:
    labels = random_edits.start()
    ledger = Ledger(labels)
    n_before = len(ledger.objects)
    draft = Draft(ledger.objects)
    draft.add(AddItems("tracks", 0, (Track("t"),)))
    assert len(ledger.objects) == n_before + 1
    draft.discard()
    assert len(ledger.objects) == n_before
