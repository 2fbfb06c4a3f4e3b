"""The lists of videos, skeletons and tracks, whose places rows use as numbers."""

from typing import Any, ClassVar

import numpy as np
from attrs import field, frozen

from sleap.core.labels import Labels
from sleap.core.renumber import NO_VIDEO
from sleap.core.store import Store
from sleap.core.tables import IntArray, Table
from sleap.editing.changes.change import Change, register
from sleap.editing.changes.rows import pad_frames, pad_instances
from sleap.editing.shield import secure
from sleap.editing.touched import Kind, Touched

LISTS = ("videos", "skeletons", "tracks")
"""The lists by name."""

_KINDS = {"videos": Kind.VIDEOS, "skeletons": Kind.SKELETON, "tracks": Kind.TRACKS}
_GONE = {"videos": NO_VIDEO, "skeletons": 0, "tracks": -1}
"""What a dead row names when its item is gone."""


@register
@frozen(eq=False)
class AddItems(Change):
    """Items appended to a list.

    Args:
        of: "videos", "skeletons" or "tracks".
        first: Number of the first.
        items: The very objects.
    """

    tag: ClassVar[str] = "+items"

    of: str
    first: int
    items: tuple[Any, ...]

    def apply(self, labels: Labels) -> None:
        """Append them."""
        _list(labels.store, self.of)[self.first : self.first] = self.items

    def revert(self, labels: Labels) -> None:
        """Take them off; dead rows may go on naming them."""
        del _list(labels.store, self.of)[self.first : self.first + len(self.items)]

    def touched(self, labels: Labels) -> Touched:
        """Tell which list."""
        return Touched(_KINDS[self.of])


@register
@frozen(eq=False)
class RemoveItems(Change):
    """Items taken off a list; no living row names them.

    Args:
        of: "videos", "skeletons" or "tracks".
        places: (m,) their numbers, ascending.
        items: The very objects.
        rows: (n,) dead rows that name one of them.
        numbers: (n,) which.
        n_rows: How many rows there were. A failed edit leaves dead ones behind, which are not
            there when a journal is replayed.
    """

    tag: ClassVar[str] = "-items"

    of: str
    places: IntArray
    items: tuple[Any, ...]
    rows: IntArray = field(repr=False)
    numbers: IntArray = field(repr=False)
    n_rows: int = 0

    @classmethod
    def make(cls, labels: Labels, of: str, places: IntArray) -> "RemoveItems":
        """Make the change that removes items from labels as they are."""
        places = np.unique(np.asarray(places, np.int64))
        items, (table, column) = _list(labels.store, of), _column(labels.store, of)
        values = table.rows[column]
        rows = np.flatnonzero(np.isin(values, places))
        numbers = values[rows].astype(np.int64)
        gone = tuple(items[place] for place in places.tolist())
        return cls(of, places, gone, rows, numbers, len(table))

    def apply(self, labels: Labels) -> None:
        """Take them off, and renumber."""
        pad = pad_frames if self.of == "videos" else pad_instances
        pad(labels.store, self.n_rows)
        items = _list(labels.store, self.of)
        new = np.arange(len(items))
        new -= np.searchsorted(self.places, new)
        new[self.places] = _GONE[self.of]
        for place in self.places[::-1].tolist():
            del items[place]
        _renumber(labels.store, self.of, new, -len(self.places))

    def revert(self, labels: Labels) -> None:
        """Put them back where they were, and renumber."""
        items = _list(labels.store, self.of)
        old = np.delete(np.arange(len(items) + len(self.places)), self.places)
        for place, item in zip(self.places.tolist(), self.items, strict=True):
            items.insert(place, item)
        _renumber(labels.store, self.of, old, len(self.places))
        if len(self.rows):
            table, column = _column(labels.store, self.of)
            # Rows that a failed edit left behind are not there when a journal is replayed.
            secure(table)
            is_there = self.rows < len(table)
            table.writable[column][self.rows[is_there]] = self.numbers[is_there]

    def touched(self, labels: Labels) -> Touched:
        """Tell which list; numbers of videos have changed meaning."""
        return Touched(_KINDS[self.of], None if self.of == "videos" else frozenset())


@register
@frozen(eq=False)
class SetAttributes(Change):
    """Attributes of a video or track.

    Args:
        of: "videos" or "tracks".
        number: Which.
        old: Values before, by name.
        new: Values after, of the same names.
    """

    tag: ClassVar[str] = "attributes"

    of: str
    number: int
    old: dict[str, Any] = field(repr=False)
    new: dict[str, Any]

    def apply(self, labels: Labels) -> None:
        """Set the new values."""
        self._put(labels, self.new)

    def revert(self, labels: Labels) -> None:
        """Set the old values."""
        self._put(labels, self.old)

    def touched(self, labels: Labels) -> Touched:
        """Tell which list."""
        return Touched(_KINDS[self.of])

    def joined(self, later: Change) -> Change | None:
        """Keep only the first and the last values."""
        if (
            isinstance(later, SetAttributes)
            and (later.of, later.number) == (self.of, self.number)
            and later.new.keys() == self.new.keys()
        ):
            return SetAttributes(self.of, self.number, self.old, later.new)
        return None

    def _put(self, labels: Labels, values: dict[str, Any]) -> None:
        item = _list(labels.store, self.of)[self.number]
        for name, value in values.items():
            setattr(item, name, value)


def _list(store: Store, of: str) -> list[Any]:
    if of not in LISTS:
        raise ValueError(f"list '{of}': expected one of {', '.join(LISTS)}")
    items: list[Any] = getattr(store, of)
    return items


def _column(store: Store, of: str) -> tuple[Table, str]:
    """Return the table and column that name the items of a list."""
    return {
        "videos": (store.frames, "video"),
        "skeletons": (store.instances, "skeleton"),
        "tracks": (store.instances, "track"),
    }[of]


def _renumber(store: Store, of: str, new: IntArray, shift: int) -> None:
    """Give rows the new numbers of what they name.

    Dead rows may name items beyond the list, which are to come back when something is done again:
    those numbers are shifted, so that they are the same after a removal was undone and redone.
    """
    if not shift:
        return
    table, name = _column(store, of)
    column = table.rows[name].astype(np.int64)
    is_free = (column < 0) | (column == NO_VIDEO)
    is_listed = (column < len(new)) & ~is_free
    renumbered = np.where(is_free, column, column + shift)
    renumbered[is_listed] = new[column[is_listed]]
    secure(table)
    table.writable[name] = renumbered
    if of == "videos":
        store.occupancy.forget()
    store.revision += 1
