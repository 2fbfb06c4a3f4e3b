"""The whole of a transaction; its primitives have their tests in ``primitives``."""

import random

import pytest
import random_edits

from sleap.editing.changes.change import Change
from sleap.editing.transaction import Transaction


@pytest.mark.parametrize("seed", range(8))
def test_rolling_back_leaves_no_trace(seed: int) -> None:
    labels, rng = random_edits.start(), random.Random(seed)
    first = Transaction(labels)
    random_edits.mixed(first, rng)
    before = random_edits.contents(labels)
    second = Transaction(labels)
    random_edits.mixed(second, rng)
    second.roll_back()
    assert random_edits.contents(labels) == before
    assert not second.changes


def test_changes_are_told_as_they_are_done() -> None:
    told: list[Change] = []
    tx = Transaction(random_edits.start(), told.append)
    random_edits.mixed(tx, random.Random(1))
    assert [change.tag for change in told] == [change.tag for change in tx.changes]
