"""What every kind of change has."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypeVar

import attrs
import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import IntArray
from sleap.editing.touched import Touched

CHANGES: "dict[str, type[Change]]" = {}
"""The kinds of changes by the short tag under which the journal names them."""

C = TypeVar("C", bound="Change")


class Change(ABC):
    """One thing done to labels, as plain data.

    ``apply`` and ``revert`` are exact inverses. They are called in turn, and only when the labels
    are as they were when the change was made or last reverted: the history sees to that. Rows are
    named by number, which holds since rows never move; what is removed stays as a dead row.
    """

    tag: ClassVar[str] = ""

    @abstractmethod
    def apply(self, labels: Labels) -> None:
        """Do it."""

    @abstractmethod
    def revert(self, labels: Labels) -> None:
        """Undo it."""

    @abstractmethod
    def touched(self, labels: Labels) -> Touched:
        """Tell what it touches; called when it was just applied or reverted."""

    def spelled_out(self, labels: Labels) -> "Change":
        """Return the change with all that other labels would need to apply it, for the journal.

        Called right after it was applied.
        """
        return self

    def joined(self, later: "Change") -> "Change | None":
        """Return one change in the place of this and a later one, if that is simple."""
        return None

    def forgotten_points(self, labels: Labels) -> IntArray:
        """Return instances whose points only this object knows after it was reverted.

        A copy of the change that was read from the journal cannot bring them back by itself.
        """
        return np.empty(0, np.int64)

    @property
    def n_bytes(self) -> int:
        """Memory that its arrays take."""
        values = (getattr(self, one.name) for one in field_list(type(self)))
        return sum(value.nbytes for value in values if isinstance(value, np.ndarray))


def field_list(kind: type[Any]) -> "list[attrs.Attribute[Any]]":
    """Return the fields of a kind of change that its constructor takes."""
    return [one for one in attrs.fields(kind) if one.init]


def register(kind: type[C]) -> type[C]:
    """Enter a kind of change under its tag."""
    if not kind.tag or kind.tag in CHANGES:
        raise ValueError(f"change tag '{kind.tag}' of {kind.__name__} is missing or taken")
    CHANGES[kind.tag] = kind
    return kind
