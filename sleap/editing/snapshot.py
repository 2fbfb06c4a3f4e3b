"""Labels as they are at a moment, to be saved while editing goes on."""

from copy import copy
from typing import Any

import attrs

from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.shield import Shield


class Snapshot:
    """What labels are now.

    Made in milliseconds: the tables are shielded (see ``sleap.editing.shield``), and copied by
    ``labels``, in any thread. The ranges of rows that frames name are not secured: those that an
    edit extends meanwhile point behind the rows there were, which makes ``compact`` find the
    members of all frames anew.

    Args:
        labels: The labels; from now on written to only by changes.
    """

    def __init__(self, labels: Labels) -> None:
        store = labels.store
        tables = (store.frames, store.instances, store.points, store.pred_points)
        self._shields = [Shield(table) for table in tables]
        self._dead = [one.rows.copy() for one in (store.dead_frames, store.dead_instances)]
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
        frames, instances, points, pred_points = (one.finish() for one in self._shields)
        store = Store(
            [twin for _, twin in self._videos.values()],
            self._skeletons,
            [twin for _, twin in self._tracks.values()],
            frames=frames,
            instances=instances,
            points=points,
            pred_points=pred_points,
        )
        store.dead_frames.writable[:], store.dead_instances.writable[:] = self._dead
        store.n_dead_frames, store.n_dead_instances = self._n_dead
        if self._has_extras:
            store.extras[-1] = []  # tells that rows do not lie in the order of their frames
        store.revision = self._revision
        labels = Labels(
            suggestions=[self._suggestion(one) for one in self._suggestions],
            provenance=self._provenance,
            negative_anchors=self._anchors,
            metadata={name: self._renamed(value) for name, value in self._metadata.items()},
        )
        labels.use_store(store)
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
