"""The kinds of changes: the only code that changes labels held by a document."""

from sleap.editing.changes import around, items, rows, skeleton, values  # noqa: F401
