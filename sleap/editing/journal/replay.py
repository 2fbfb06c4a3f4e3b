"""Lost work brought back: the file as it was saved last, and on it what the journal tells."""

from collections.abc import Callable, Sequence
from pathlib import Path

from attrs import define, field, frozen

from sleap.core.labels import Labels
from sleap.editing.history import Entry, History
from sleap.editing.journal import records as kinds
from sleap.editing.journal.base import Base, contents_digest
from sleap.editing.journal.fill import Absent
from sleap.editing.journal.head import Head, read_base
from sleap.editing.journal.ledger import Ledger
from sleap.editing.journal.records import Record
from sleap.errors import FileError, FormatError, LabelsError
from sleap.io.guard import FileState


class MismatchError(FileError):
    """The file that a journal builds on is not what it was."""


@define(eq=False)
class Replayed:
    """Labels as they were when the program stopped.

    Args:
        labels: The labels.
        head: What they build on now.
        history: What can be undone and redone.
        ledger: What the records have told.
        records: The records that were replayed.
        n_numbers: A number greater than that of every edit.
    """

    labels: Labels
    head: Head
    ledger: Ledger
    records: Sequence[Record] = ()
    history: History = field(factory=History)
    n_numbers: int = 1


@frozen
class _Start:
    base: Base | None
    first: int
    """Place of the first record to replay."""


def replay(path: Path, load: Callable[..., Labels]) -> Replayed:
    """Replay a journal.

    Args:
        path: The journal.
        load: Reads labels from a file, of a ``format`` if that is given by name.

    Raises:
        MismatchError: If the file it builds on has changed since.
        SleapError: If that file cannot be read, or the journal is damaged.
    """
    listed = list(kinds.read(path))
    if not listed:
        raise FormatError(f"The journal '{path}' is empty.")
    head = Head.read(listed[0])
    labels, start = _find_start(head, listed, load)
    if start.base is not None:
        start.base.spread(labels)
    state = None if head.source is None else FileState.of(head.source)
    replayed = Replayed(
        labels,
        Head(head.source, state, head.is_project, start.base, format=head.format),
        Ledger(labels, Absent(labels) if start.base is not None else None),
        listed[start.first :],
    )
    for record in replayed.records:
        try:
            _step(replayed, record)
        except (LookupError, TypeError, ValueError, LabelsError) as error:
            raise FormatError(f"The journal '{path}' cannot be replayed: {error}") from error
    return replayed


def _find_start(
    head: Head, listed: Sequence[Record], load: Callable[..., Labels]
) -> tuple[Labels, _Start]:
    """Read the file, and find where in the journal it was written."""
    if head.source is None:
        return Labels(), _Start(head.base, 1)
    now = FileState.of(head.source)
    if now is None:
        raise FileError(
            f"Cannot bring back the edits of '{head.source}': the file is not there. Put it back, "
            "and try again."
        )
    labels = load(head.source, format=head.format)
    if head.state is not None and now.is_same(head.state):
        return labels, _Start(head.base, 1)
    digest = contents_digest(labels)
    for record in reversed([one for one in listed if one.kind == kinds.BASE]):
        base = read_base(record)
        if base.digest == digest:
            marks = (place for place, one in enumerate(listed) if _marks(one, record))
            return labels, _Start(base, next(marks, 0) + 1)
    if head.base is not None and head.base.digest == digest:
        return labels, _Start(head.base, 1)
    raise MismatchError(
        f"Cannot bring back the edits of '{head.source}': the file has been changed since."
    )


def _marks(mark: Record, base: Record) -> bool:
    return mark.kind == kinds.MARK and mark.value["mark"] == base.value["mark"]


def _step(replayed: Replayed, record: Record) -> None:
    """Do what one record tells."""
    labels, ledger, history = replayed.labels, replayed.ledger, replayed.history
    if record.kind == kinds.MARK:
        ledger.mark(labels)
        _end_joining(history)
        return
    if record.kind not in (kinds.EDIT, kinds.UNDO, kinds.REDO, kinds.BACK):
        return
    number = int(record.value["number"])
    replayed.n_numbers = max(replayed.n_numbers, number + 1)
    if record.kind in (kinds.EDIT, kinds.BACK):
        _step_whole(replayed, record, number)
        ledger.known.add(number)
    elif record.kind == kinds.UNDO:
        undo(labels, _take(history.done, number), history)
    else:
        redo(labels, _take(history.undone, number), history)
    ledger.read_fill(record, labels)
    ledger.absent.take(labels)


def _step_whole(replayed: Replayed, record: Record, number: int) -> None:
    """Do or undo an edit whose changes the record holds."""
    labels, history = replayed.labels, replayed.history
    changes = replayed.ledger.read_changes(record)
    if record.kind == kinds.BACK:
        known = bool(history.done) and history.done[-1].number == number
        entry = history.done.pop() if known else Entry(record.value["title"], changes, number)
        undo(labels, entry, history)
    elif record.value.get("again"):
        known = bool(history.undone) and history.undone[-1].number == number
        entry = history.undone.pop() if known else Entry(record.value["title"], changes, number)
        redo(labels, entry, history)
    else:
        for change in changes:
            change.apply(labels)
        if record.value["join"]:
            history.done[-1].join(changes)
        else:
            history.push(Entry(record.value["title"], changes, number))


def undo(labels: Labels, entry: Entry, history: History) -> None:
    """Undo an edit that was taken off the done ones."""
    for change in reversed(entry.changes):
        change.revert(labels)
    history.undone.append(entry)


def redo(labels: Labels, entry: Entry, history: History) -> None:
    """Do an edit again that was taken off the undone ones."""
    for change in entry.changes:
        change.apply(labels)
    history.done.append(entry)


def _take(entries: list[Entry], number: int) -> Entry:
    if not entries or entries[-1].number != number:
        raise ValueError(f"edit {number} is not the last one")
    return entries.pop()


def _end_joining(history: History) -> None:
    if history.done:
        history.done[-1].key = None
