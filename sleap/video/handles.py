"""A bound on how many files and decoders are open at once.

A project may have hundreds of videos, and a process only so many file handles; each open decoder
also holds tens of megabytes. The readers used last stay open, the others are opened again on use.
"""

import threading
import weakref
from collections import OrderedDict
from typing import Protocol


class Releasable(Protocol):
    """Something that holds files which it can open again."""

    def try_release(self) -> bool:
        """Free the files unless they are in use now; tell whether that was done."""


class OpenHandles:
    """Remembers which readers hold files, and lets the ones unused for longest free theirs.

    Args:
        limit: How many may hold files at once; readers in use by another thread may exceed it.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._owners: OrderedDict[int, weakref.ref[Releasable]] = OrderedDict()

    def use(self, owner: Releasable) -> None:
        """Note that a reader is about to use its files, and free others beyond the limit."""
        with self._lock:
            self._owners.pop(id(owner), None)
            self._owners[id(owner)] = weakref.ref(owner)
            if len(self._owners) > self.limit:
                self._shrink(owner)

    def forget(self, owner: Releasable) -> None:
        """Note that a reader freed its files itself."""
        with self._lock:
            self._owners.pop(id(owner), None)

    def _shrink(self, keep: Releasable) -> None:
        for key, reference in list(self._owners.items()):
            if len(self._owners) <= self.limit:
                break
            owner = reference()
            if owner is keep:
                continue
            if owner is None or owner.try_release():
                del self._owners[key]

    def __len__(self) -> int:
        """Count the readers that hold files."""
        with self._lock:
            return sum(reference() is not None for reference in self._owners.values())


OPEN_HANDLES = OpenHandles(limit=8)
