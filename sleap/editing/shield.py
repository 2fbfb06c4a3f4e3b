"""Large tables copied in the background while they are being edited, as they were at the start.

A table is copied in blocks. Whoever wants to write to it *secures* the blocks concerned first:
those not copied yet are copied on the spot. So nothing has to be copied before the work goes on,
and an edit waits for no more than the blocks that it changes.
"""

from threading import Lock
from weakref import WeakSet

import numpy as np

from sleap.core.tables import IntArray, Rows, Table

N_BLOCK = 1 << 14
"""Rows copied at a time."""

_active: "WeakSet[Shield]" = WeakSet()
_active_lock = Lock()


class Shield:
    """A copy of a table as it is now, made later.

    Args:
        table: The table; it may grow, but rows there now are written to only after ``secure``.
    """

    def __init__(self, table: Table) -> None:
        self._source: Rows = table.rows
        self._copy: Rows = np.empty(len(self._source), self._source.dtype)
        self._is_copied = np.zeros(-(-len(self._source) // N_BLOCK), bool)
        self._lock = Lock()
        with _active_lock:
            _active.add(self)

    def finish(self) -> Rows:
        """Copy what is left; return the copy. May be called from any thread."""
        for block in range(len(self._is_copied)):
            self._copy_block(block)
        with _active_lock:
            _active.discard(self)
        return self._copy

    def secure(self, buffer: Rows, rows: IntArray) -> None:
        """Copy the blocks of rows that are about to be written to, if the buffer is this one."""
        if not np.may_share_memory(buffer, self._source):
            return
        rows = rows[rows < len(self._source)]
        blocks = np.unique(rows // N_BLOCK)
        for block in blocks[~self._is_copied[blocks]].tolist():
            self._copy_block(block)

    def _copy_block(self, block: int) -> None:
        with self._lock:
            if not self._is_copied[block]:
                part = slice(block * N_BLOCK, (block + 1) * N_BLOCK)
                plain = f"V{self._source.dtype.itemsize}"
                self._copy[part].view(plain)[...] = self._source[part].view(plain)
                self._is_copied[block] = True


def secure(table: Table, rows: IntArray | None = None) -> None:
    """Let all copies in the making take rows that are about to be written to.

    Args:
        table: The table.
        rows: Which; None: all.
    """
    with _active_lock:
        shields = list(_active)
    if not shields:
        return
    concerned = np.arange(0, len(table), N_BLOCK) if rows is None else rows
    for shield in shields:
        shield.secure(table.rows, concerned)
