"""What all primitives stand on: changes done, remembered, and undone when an edit fails."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.tables import IntArray
from sleap.editing.changes.change import Change
from sleap.editing.changes.items import LISTS, AddItems
from sleap.editing.changes.rows import AddFrames, AddInstances
from sleap.editing.shield import secure

RowsLike = IntArray | Sequence[int]

FEW = 64
"""So many frames are looked at one by one; for more, all instances are."""


class Recording:
    """Labels, and what was done to them so far.

    Args:
        labels: The labels; an edit reads them, and changes them only through this object.
        observe: Called with each change after it was done, with all that it takes to do it again
            on other labels; None if nobody keeps a journal.

    Attributes:
        labels: The labels.
        changes: What was done so far.
    """

    def __init__(self, labels: Labels, observe: Callable[[Change], None] | None = None) -> None:
        self.labels = labels
        self.changes: list[Change] = []
        self._observe = observe

    @property
    def store(self) -> Store:
        """The tables of the labels, to read."""
        return self.labels.store

    def record(self, change: Change) -> None:
        """Do a change and remember it."""
        change.apply(self.labels)
        self.adopt(change)

    def adopt(self, change: Change) -> None:
        """Remember a change that was done already, by code of ``sleap.core``."""
        self.changes.append(change)
        if self._observe is not None:
            self._observe(change.spelled_out(self.labels))

    @contextmanager
    def appending(self) -> Iterator[None]:
        """Let code of ``sleap.core`` append rows and items to the labels, and remember them.

        Within, nothing else may be changed: rows and items only added at the end.
        """
        store = self.store
        n_items = {of: len(getattr(store, of)) for of in LISTS}
        n_frames, n_instances = len(store.frames), len(store.instances)
        try:
            yield
        finally:
            for of, first in n_items.items():
                if new := tuple(getattr(store, of)[first:]):
                    self.adopt(AddItems(of, first, new))
            if len(store.frames) > n_frames:
                frames = store.frames.rows[n_frames:]
                videos, indices = (frames[name].astype(np.int64) for name in ("video", "frame_idx"))
                self.adopt(AddFrames(n_frames, videos, indices))
            if len(store.instances) > n_instances:
                self.adopt(AddInstances(n_instances, len(store.instances) - n_instances))

    def roll_back(self) -> None:
        """Undo all that was done."""
        while self.changes:
            self.changes.pop().revert(self.labels)

    def secure_all(self) -> None:
        """Let a save under way take all rows before code of ``sleap.core`` changes some in place.

        To be called before anything is done that is then told by ``adopt``; code that only
        appends does not need it.
        """
        store = self.store
        for table in (store.frames, store.instances, store.points, store.pred_points):
            secure(table)


def distinct(rows: RowsLike, n_rows: int) -> IntArray:
    """Return rows in ascending order, each once.

    Args:
        rows: Rows of a table.
        n_rows: How many the table has.
    """
    chosen = np.asarray(rows, np.int64)
    if (chosen[1:] > chosen[:-1]).all():
        return chosen
    if len(chosen) < FEW:
        return np.unique(chosen)
    mask = np.zeros(n_rows, bool)
    mask[chosen] = True
    return np.flatnonzero(mask)
