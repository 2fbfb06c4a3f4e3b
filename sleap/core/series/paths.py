"""The paths of one node, kept sorted, so that an edit changes only what depends on it."""

from collections.abc import Iterable

import numpy as np

from sleap.core.occupancy import FRAME_BITS, frame_keys
from sleap.core.series.motion import points_by_track, primary_displacement
from sleap.core.series.sightings import Sightings, all_sightings, some_sightings
from sleap.core.series.statistic import labeled_after, labeled_before, length_of
from sleap.core.store import Store
from sleap.core.tables import BoolArray, FloatArray, IntArray

N_LOOKUPS = 1 << 18
"""An edit of so many frames times tracks, or more, makes all anew."""


class NodePaths:
    """Primary point displacement that follows edits.

    Args:
        store: The tables.
        video: Number of the video.
        node: Number of the node.
        how: "sum" or "max" over tracks.

    Attributes:
        values: (n,) float64, as ``compute`` returns them.
    """

    values: FloatArray
    _keys: IntArray  # (m,) by track and then by frame
    _xy: FloatArray  # (m, 2)
    _is_seen: BoolArray  # (m,) whether the track has the node there
    _labeled: BoolArray  # (n,) by frame

    def __init__(self, store: Store, video: int, node: int, how: str) -> None:
        self._video, self._node, self._how = video, node, how
        self._make(store)

    def update(self, store: Store, frame_indices: Iterable[int]) -> IntArray | None:
        """Follow an edit.

        Args:
            store: The tables, after the edit.
            frame_indices: The frames whose instances were added, removed, moved or changed.

        Returns:
            The frames whose values may have changed; None if all may.
        """
        edited = np.unique(np.fromiter(frame_indices, np.int64))
        n_tracks = max(len(store.tracks), 1)
        if not len(edited):
            return edited
        if len(edited) * n_tracks > N_LOOKUPS:
            self._make(store)
            return None
        is_labeled = np.array([store.occupancy.find(self._video, one) >= 0 for one in edited])
        self._grow(edited[is_labeled])
        is_inside = edited < len(self.values)
        edited, is_labeled = edited[is_inside], is_labeled[is_inside]
        self._labeled[edited] = is_labeled
        tracks = self._replace(store, edited, edited[is_labeled], n_tracks)
        depending = self._depending(edited, tracks)
        self._refresh(store, depending)
        return np.union1d(edited, depending)

    def _make(self, store: Store) -> None:
        sightings = all_sightings(store, self._video)
        frames = sightings.frame_indices
        n_frames = length_of(store, self._video, frames)
        self.values = np.full(n_frames, np.nan)
        self.values[frames] = primary_displacement(sightings, self._node, self._how)
        self._labeled = np.zeros(n_frames, bool)
        self._labeled[frames] = True
        self._keys, self._xy, self._is_seen, _ = self._entries(sightings)

    def _entries(self, sightings: Sightings) -> tuple[IntArray, FloatArray, BoolArray, IntArray]:
        """Return key, place, whether it is there, and frame of the node of each track."""
        chosen, xy, is_seen = points_by_track(sightings, self._node)
        owners = sightings.owners[chosen]
        keys = frame_keys(sightings.tracks[chosen], sightings.frame_indices[owners])
        return keys, xy, is_seen, owners

    def _grow(self, labeled: IntArray) -> None:
        n_more = int(labeled.max(initial=-1)) + 1 - len(self.values)
        if n_more > 0:
            self.values = np.r_[self.values, np.full(n_more, np.nan)]
            self._labeled = np.r_[self._labeled, np.zeros(n_more, bool)]

    def _replace(
        self, store: Store, edited: IntArray, labeled: IntArray, n_tracks: int
    ) -> IntArray:
        """Replace what is known of some frames; return the tracks that are or were there."""
        wanted = (np.arange(n_tracks)[:, None] << FRAME_BITS | edited).ravel()
        at = np.searchsorted(self._keys, wanted)
        inside = at < len(self._keys)
        old = at[inside][self._keys[at[inside]] == wanted[inside]]
        sightings = some_sightings(store, self._video, labeled, np.arange(len(labeled)))
        keys, xy, is_seen, _ = self._entries(sightings)
        tracks: IntArray = np.union1d(self._keys[old], keys) >> FRAME_BITS
        if np.array_equal(self._keys[old], keys):  # points moved
            self._xy[old], self._is_seen[old] = xy, is_seen
            return np.unique(tracks)
        if len(old):
            self._keys = np.delete(self._keys, old)
            self._xy = np.delete(self._xy, old, axis=0)
            self._is_seen = np.delete(self._is_seen, old)
        if len(keys):
            at = np.searchsorted(self._keys, keys)
            self._keys = np.insert(self._keys, at, keys)
            self._xy = np.insert(self._xy, at, xy, axis=0)
            self._is_seen = np.insert(self._is_seen, at, is_seen)
        return np.unique(tracks)

    def _depending(self, edited: IntArray, tracks: IntArray) -> IntArray:
        """Return the labeled frames whose value may differ: these, and where tracks come back."""
        found = {labeled_after(self._labeled, one) for one in edited.tolist()}
        for track in tracks.tolist():
            starts = (track << FRAME_BITS) | (edited + 1)
            for place in np.unique(np.searchsorted(self._keys, starts)).tolist():
                while place < len(self._keys) and self._keys[place] >> FRAME_BITS == track:
                    if self._is_seen[place]:
                        found.add(int(self._keys[place]) & ((1 << FRAME_BITS) - 1))
                        break
                    place += 1
        self.values[edited] = np.nan
        every = np.union1d(edited, np.array([one for one in found if one >= 0], np.int64))
        return every[self._labeled[every]]

    def _refresh(self, store: Store, frames: IntArray) -> None:
        """Compute the values of some labeled frames."""
        before = np.array([labeled_before(self._labeled, one) for one in frames.tolist()], np.int64)
        context = np.union1d(frames, before[before >= 0])
        sightings = some_sightings(store, self._video, context, np.arange(len(context)))
        keys, xy, is_seen, owners = self._entries(sightings)
        unknown = np.bincount(owners[~is_seen], minlength=len(context)) > 0
        values = np.zeros(len(context))
        for key, here, owner in zip(
            keys[is_seen].tolist(), xy[is_seen], owners[is_seen].tolist(), strict=True
        ):
            place = int(self._keys.searchsorted(key)) - 1
            while place >= 0 and not self._is_seen[place]:
                place -= 1
            if place < 0 or self._keys[place] >> FRAME_BITS != key >> FRAME_BITS:
                continue
            step = here - self._xy[place]
            way = float(np.sqrt((step * step).sum()))
            values[owner] = values[owner] + way if self._how == "sum" else max(values[owner], way)
        at = np.searchsorted(context, frames)
        is_unknown = unknown[at]
        has_before = before >= 0
        is_unknown[has_before] |= unknown[np.searchsorted(context, before[has_before])]
        self.values[frames] = np.where(is_unknown, np.nan, values[at])
