"""Suggestions, negative anchors and provenance."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from sleap.core.lists import Anchors
from sleap.core.suggestion import SuggestionFrame
from sleap.editing.changes.around import ReplaceSuggestions, SetMetadata
from sleap.editing.primitives.recording import Recording


class AroundPrimitives(Recording):
    """What changes the things around the frames."""

    def set_suggestions(self, suggestions: Iterable[SuggestionFrame]) -> None:
        """Replace the suggestions; only what differs is remembered.

        Suggestions that stay should be the very objects, and no suggestion changed in place.
        """
        change = ReplaceSuggestions.make(self.labels, list(suggestions))
        if change.old or change.new:
            self.record(change)

    def set_negative_anchors(self, anchors: Anchors) -> None:
        """Replace the negative anchors, by number of video: (frame_idx, x, y)."""
        self._set_metadata("negative_anchors", anchors)

    def set_provenance(self, provenance: Mapping[str, Any]) -> None:
        """Replace the provenance."""
        self._set_metadata("provenance", provenance)

    def _set_metadata(self, of: str, entries: Mapping[Any, Any]) -> None:
        change = SetMetadata.make(self.labels, of, deepcopy(dict(entries)))
        if change.old or change.new:
            self.record(change)
