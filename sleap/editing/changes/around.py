"""What lies around the frames: suggestions, provenance, negative anchors."""

from typing import Any, ClassVar

from attrs import field, frozen

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.editing.changes.change import Change, register
from sleap.editing.touched import Kind, Touched

MAPS = ("provenance", "negative_anchors")
"""The dictionaries that ``SetMetadata`` changes."""


@register
@frozen(eq=False)
class ReplaceSuggestions(Change):
    """A stretch of the list of suggestions replaced by another; either may be empty.

    Args:
        start: Where the stretch begins.
        old: What was there.
        new: What is there after.
    """

    tag: ClassVar[str] = "suggestions"

    start: int
    old: tuple[SuggestionFrame, ...] = field(repr=False)
    new: tuple[SuggestionFrame, ...] = field(repr=False)

    @classmethod
    def make(cls, labels: Labels, new: "list[SuggestionFrame]") -> "ReplaceSuggestions":
        """Make the change that leaves these suggestions; what is equal at both ends stays."""
        old = labels.suggestions
        n_least = min(len(old), len(new))
        start = 0
        while start < n_least and _is_same(old[start], new[start]):
            start += 1
        n_tail = 0
        while n_tail < n_least - start and _is_same(old[-1 - n_tail], new[-1 - n_tail]):
            n_tail += 1
        return cls(
            start, tuple(old[start : len(old) - n_tail]), tuple(new[start : len(new) - n_tail])
        )

    def apply(self, labels: Labels) -> None:
        """Put the new ones in."""
        labels.suggestions[self.start : self.start + len(self.old)] = self.new

    def revert(self, labels: Labels) -> None:
        """Put the old ones back."""
        labels.suggestions[self.start : self.start + len(self.new)] = self.old

    def touched(self, labels: Labels) -> Touched:
        """Tell that suggestions changed."""
        return Touched(Kind.SUGGESTIONS)


def _is_same(a: SuggestionFrame, b: SuggestionFrame) -> bool:
    return a is b or a == b


@register
@frozen(eq=False)
class SetMetadata(Change):
    """Entries of provenance or of the negative anchors; an entry that is absent has no key.

    Args:
        of: "provenance" or "negative_anchors".
        old: The entries concerned as they were.
        new: The same as they become.
    """

    tag: ClassVar[str] = "metadata"

    of: str
    old: dict[Any, Any] = field(repr=False)
    new: dict[Any, Any]

    @classmethod
    def make(cls, labels: Labels, of: str, new: "dict[Any, Any]") -> "SetMetadata":
        """Make the change that leaves just these entries."""
        old = _map(labels, of)
        absent = object()
        keys = [key for key in {**old, **new} if old.get(key, absent) != new.get(key, absent)]
        return cls(
            of,
            {key: old[key] for key in keys if key in old},
            {key: new[key] for key in keys if key in new},
        )

    def apply(self, labels: Labels) -> None:
        """Set the new entries."""
        _replace(_map(labels, self.of), self.old, self.new)

    def revert(self, labels: Labels) -> None:
        """Set the old entries."""
        _replace(_map(labels, self.of), self.new, self.old)

    def touched(self, labels: Labels) -> Touched:
        """Tell that metadata changed."""
        return Touched(Kind.METADATA)


def _map(labels: Labels, of: str) -> dict[Any, Any]:
    if of not in MAPS:
        raise ValueError(f"metadata '{of}': expected one of {', '.join(MAPS)}")
    entries: dict[Any, Any] = getattr(labels, of)
    return entries


def _replace(entries: dict[Any, Any], gone: dict[Any, Any], new: dict[Any, Any]) -> None:
    for key in gone:
        if key not in new:
            entries.pop(key, None)
    entries.update(new)
