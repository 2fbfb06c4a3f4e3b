"""What a reader of a journal knows at a moment; its writer keeps the same books."""

from typing import Any

import attrs

from sleap.core.labels import Labels
from sleap.core.tables import IntArray
from sleap.editing.changes.change import Change
from sleap.editing.history import Entry
from sleap.editing.journal.fill import Absent, Fill
from sleap.editing.journal.plain import Decoder, Encoder, Objects
from sleap.editing.journal.records import BACK, EDIT, REDO, UNDO, Piece, Record, pack


class Ledger:
    """Objects, edits and rows that the records so far have told of.

    Args:
        labels: The labels at the start.
        absent: The rows of them that the file the journal builds on does not hold.

    Attributes:
        objects: Videos, skeletons and tracks by number.
        known: Numbers of the edits.
        absent: Rows not told of yet.
    """

    def __init__(self, labels: Labels, absent: Absent | None = None) -> None:
        self.objects = Objects(labels)
        self.known: set[int] = set()
        self.absent = absent or Absent()

    def mark(self, labels: Labels) -> None:
        """Begin anew: what follows builds on the labels as they are now, as a file holds them."""
        self.objects = Objects(labels)
        self.known.clear()
        self.absent = Absent(labels)

    # -- writing --------------------------------------------------------------------------------

    def pack_edit(
        self,
        labels: Labels,
        entry: Entry,
        draft: "Draft",
        *,
        is_joined: bool = False,
    ) -> list[Piece]:
        """Make the record of an edit just done."""
        value = {"changes": draft.changes, "join": is_joined}
        return self._pack_whole(EDIT, labels, entry, value, draft.encoder)

    def pack_undo(self, labels: Labels, entry: Entry, forgotten: IntArray) -> list[Piece]:
        """Make the record of an edit just undone.

        Args:
            labels: The labels.
            entry: The edit.
            forgotten: Instances whose points only the changes of the edit knew.
        """
        if entry.number in self.known:
            return self._pack_number(UNDO, labels, entry)
        encoder = Encoder(self.objects)
        value = {"changes": [encoder.change(change) for change in entry.changes]}
        return self._pack_whole(BACK, labels, entry, value, encoder, forgotten)

    def pack_redo(self, labels: Labels, entry: Entry) -> list[Piece]:
        """Make the record of an edit just done again."""
        if entry.number in self.known:
            return self._pack_number(REDO, labels, entry)
        encoder = Encoder(self.objects)
        changes = [encoder.change(change) for change in entry.changes]
        return self._pack_whole(EDIT, labels, entry, {"changes": changes, "again": True}, encoder)

    def _pack_number(self, kind: bytes, labels: Labels, entry: Entry) -> list[Piece]:
        encoder = Encoder(self.objects)
        fill = self._fill(labels, encoder)
        return pack(kind, {"number": entry.number, "fill": fill}, encoder.arrays)

    def _pack_whole(
        self,
        kind: bytes,
        labels: Labels,
        entry: Entry,
        value: dict[str, Any],
        encoder: Encoder,
        forgotten: IntArray | None = None,
    ) -> list[Piece]:
        fill = self._fill(labels, encoder, forgotten)
        self.known.add(entry.number)
        whole = {"number": entry.number, "title": entry.title, **value, "fill": fill}
        return pack(kind, whole, encoder.arrays)

    def _fill(self, labels: Labels, encoder: Encoder, more: IntArray | None = None) -> Any:
        fill = self.absent.take(labels, more)
        if fill is None:
            return None
        return [encoder.value(getattr(fill, one.name)) for one in attrs.fields(Fill)]

    # -- reading --------------------------------------------------------------------------------

    def read_changes(self, record: Record) -> list[Change]:
        """Read the changes of an edit."""
        decoder = Decoder(self.objects, record.arrays)
        return [decoder.change(data) for data in record.value["changes"]]

    def read_fill(self, record: Record, labels: Labels) -> None:
        """Write what a record tells of rows into the labels."""
        data = record.value.get("fill")
        decoder = Decoder(self.objects, record.arrays)
        if data is not None:
            Fill(*(decoder.value(item) for item in data)).put(labels)


class Draft:
    """The changes of an edit in the making, written as they are done.

    Args:
        objects: The objects known; those that the edit brings are entered.
    """

    def __init__(self, objects: Objects) -> None:
        self.encoder = Encoder(objects)
        self.changes: list[dict[str, Any]] = []
        self._n_objects = len(objects)

    def add(self, change: Change) -> None:
        """Write a change."""
        self.changes.append(self.encoder.change(change))

    def discard(self) -> None:
        """Forget the objects that the edit brought."""
        self.encoder.objects.forget_from(self._n_objects)
