import random_edits

from sleap import SuggestionFrame
from sleap.editing.transaction import Transaction


def test_suggestions_that_stay_leave_no_trace() -> None:
    tx = Transaction(random_edits.start())
    suggestions = [SuggestionFrame(tx.labels.video, 1)]
    tx.set_suggestions(suggestions)
    assert tx.labels.suggestions == suggestions
    tx.set_suggestions(tx.labels.suggestions)
    assert len(tx.changes) == 1
    tx.roll_back()
    assert tx.labels.suggestions == []


def test_a_hundred_thousand_suggestions_less_one() -> None:
    tx = Transaction(random_edits.start())
    tx.set_suggestions([SuggestionFrame(tx.labels.video, index) for index in range(100_000)])
    rest = list(tx.labels.suggestions)
    del rest[777]
    tx.set_suggestions(rest)
    change = tx.changes[-1]
    assert (change.start, len(change.old), len(change.new)) == (777, 1, 0)


def test_metadata_is_copied() -> None:
    tx = Transaction(random_edits.start())
    anchors = {0: [(1, 2.0, 3.0)]}
    tx.set_negative_anchors(anchors)
    tx.set_provenance({"a": {"b": 1}})
    anchors[0].append((4, 5.0, 6.0))
    assert tx.labels.negative_anchors == {0: [(1, 2.0, 3.0)]}
    tx.set_negative_anchors(anchors)
    assert len(tx.changes) == 3
    tx.set_provenance({"a": {"b": 1}})
    assert len(tx.changes) == 3
    tx.roll_back()
    assert (tx.labels.negative_anchors, tx.labels.provenance) == ({}, {})
