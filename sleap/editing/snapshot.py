"""Labels as they are at a moment, to be saved while editing goes on."""

from copy import copy
from typing import Any

import attrs

from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import Rows, Table
from sleap.core.video import Video
from sleap.editing.shield import Shield


class Snapshot:
    """What labels are now.

    Made in milliseconds: the small tables are copied, the points are shielded (see
    ``sleap.editing.shield``) and copied by ``labels``, in any thread.

    Args:
        labels: The labels; from now on their points are written to only by changes.
    """

    def __init__(self, labels: Labels) -> None:
        store = labels.store
        self._tables = [_copy(table) for table in (store.frames, store.instances)]
        self._points = [Shield(table) for table in (store.points, store.pred_points)]
        self._dead = [_copy(table) for table in (store.dead_frames, store.dead_instances)]
        self._n_dead = store.n_dead_frames, store.n_dead_instances
        self._has_extras = bool(store.extras)
        self._revision = store.revision
        self._videos = {id(one): (one, copy(one)) for one in labels.videos}
        self._skeletons = [one.copy() for one in labels.skeletons]
        self._tracks = {id(one): (one, copy(one)) for one in labels.tracks}
        self._suggestions = list(labels.suggestions)
        self._provenance = dict(labels.provenance)
        self._anchors = dict(labels.negative_anchors)
        self._metadata = dict(labels.metadata)

    def labels(self) -> Labels:
        """Make labels of it, with tables and lists of their own; once, in any thread."""
        points, pred_points = (shield.finish() for shield in self._points)
        store = Store(
            [twin for _, twin in self._videos.values()],
            self._skeletons,
            [twin for _, twin in self._tracks.values()],
            frames=self._tables[0],
            instances=self._tables[1],
            points=points,
            pred_points=pred_points,
        )
        store.dead_frames, store.dead_instances = (Table(rows) for rows in self._dead)
        store.n_dead_frames, store.n_dead_instances = self._n_dead
        store.occupancy._dead = store.dead_frames
        if self._has_extras:
            store.extras[-1] = []  # tells that rows do not lie in the order of their frames
        store.revision = self._revision
        labels = Labels(
            suggestions=[self._suggestion(one) for one in self._suggestions],
            provenance=self._provenance,
            negative_anchors=self._anchors,
            metadata={name: self._renamed(value) for name, value in self._metadata.items()},
        )
        labels._use(store)
        return labels

    def _suggestion(self, suggestion: SuggestionFrame) -> SuggestionFrame:
        twin: Video = self._videos.get(id(suggestion.video), (None, suggestion.video))[1]
        return SuggestionFrame(twin, suggestion.frame_idx, suggestion.group, suggestion.metadata)

    def _renamed(self, value: Any) -> Any:
        """Let what was kept from a file name the copies of the videos and tracks."""
        if not attrs.has(type(value)) or not hasattr(value, "videos"):
            return value
        videos = [self._videos.get(id(one), (one, one))[1] for one in value.videos]
        tracks = [self._tracks.get(id(one), (one, one))[1] for one in value.tracks]
        return attrs.evolve(value, videos=videos, tracks=tracks)


def _copy(table: Table) -> Rows:
    """Copy a table whole: numpy copies records field by field."""
    rows = table.rows
    plain = rows.view(f"V{rows.dtype.itemsize}") if rows.dtype.names else rows
    copied: Rows = plain.copy().view(rows.dtype)
    return copied
