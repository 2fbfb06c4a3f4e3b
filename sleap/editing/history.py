"""What was done, to be undone and redone without limit."""

from attrs import define, field

from sleap.editing.changes.change import Change


@define(eq=False)
class Entry:
    """One edit that was done.

    Args:
        title: What it is called in the menu.
        changes: What it did, in order.
        number: Tells it apart from all others of the document.
        key: Later edits of the same key may be joined to it; None if none may.
    """

    title: str
    changes: list[Change] = field(factory=list)
    number: int = 0
    key: object = None

    @property
    def n_bytes(self) -> int:
        """Memory of its large arrays."""
        return sum(change.n_bytes for change in self.changes)

    def join(self, later: list[Change]) -> None:
        """Take the changes of a later edit in; a drag of one point stays one change."""
        joined: list[Change] = []
        if len(later) == len(self.changes):
            for mine, other in zip(self.changes, later, strict=True):
                both = mine.joined(other)
                if both is None:
                    break
                joined.append(both)
        if joined and len(joined) == len(later):
            self.changes = joined
        else:
            self.changes = [*self.changes, *later]


@define(eq=False)
class History:
    """Two stacks of entries.

    Attributes:
        done: What can be undone, the last at the end.
        undone: What can be redone, the next at the end.
    """

    done: list[Entry] = field(factory=list)
    undone: list[Entry] = field(factory=list)

    @property
    def n_bytes(self) -> int:
        """Memory of the large arrays of all entries."""
        return sum(entry.n_bytes for entry in (*self.done, *self.undone))

    @property
    def position(self) -> Entry | None:
        """The last thing done: as long as it is the same, so are the labels."""
        return self.done[-1] if self.done else None

    def can_join(self, key: object) -> bool:
        """Tell whether an edit of this key may be joined to the last one."""
        return key is not None and not self.undone and bool(self.done) and self.done[-1].key == key

    def push(self, entry: Entry) -> None:
        """Add what was done; what was undone before can no longer be redone."""
        self.undone.clear()
        self.done.append(entry)
