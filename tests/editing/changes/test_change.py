"""What all kinds of changes have in common, tried on random edits that use them all."""

import random

import numpy as np
import pytest
import random_edits
from attrs import frozen

from sleap.editing.changes.change import CHANGES, Change, field_list, register
from sleap.editing.changes.rows import RemoveInstances
from sleap.editing.history import Entry
from sleap.editing.transaction import Transaction


@pytest.mark.parametrize("tag", sorted(CHANGES))
def test_applying_and_reverting_are_inverses(tag: str) -> None:
    n_tried = 0
    for seed in range(400):
        labels, rng = random_edits.start(), random.Random(seed)
        tx = Transaction(labels)
        for _ in range(3):
            random_edits.mixed(tx, rng)
        if not tx.changes or tx.changes[-1].tag != tag:
            continue
        change = tx.changes[-1]
        after = random_edits.contents(labels)
        change.revert(labels)
        before = random_edits.contents(labels)
        assert change.touched(labels)
        change.apply(labels)
        assert random_edits.contents(labels) == after
        change.revert(labels)
        assert random_edits.contents(labels) == before
        change.apply(labels)
        assert random_edits.contents(labels) == after
        n_tried += 1
        if n_tried == 5:
            break
    assert n_tried


def test_tags_are_unique() -> None:
    with pytest.raises(ValueError, match="'-instances' of Twice"):

        @register
        @frozen
        class Twice(RemoveInstances):
            pass


def test_memory_is_that_of_the_arrays() -> None:
    change = RemoveInstances(np.arange(10))
    assert change.n_bytes == 80
    assert [one.name for one in field_list(type(change))] == ["rows"]
    assert Entry("Edit", [change, change]).n_bytes == 160


def test_changes_that_cannot_be_joined_stay_apart() -> None:
    change: Change = RemoveInstances(np.arange(3))
    assert change.joined(change) is None
