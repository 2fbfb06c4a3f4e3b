"""Whom a new pose may be: poses of the past with their tracks, and what is best for each track."""

import numpy as np

from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.tracking.sightings import Sightings


class Memory:
    """The tracked poses of the past that are still worth comparing with.

    All are rows of four arrays, in order of time.

    Args:
        window: How many frames back it reaches.
        per_track: Count the frames of each track by itself: the last ``window`` poses of every
            track stay for ever, however long it was not seen.

    Attributes:
        sightings: m poses.
        tracks: (m,) the track of each.
        frames: (m,) the number of the frame of each, counted by ``remember``.
        n_frames: How many frames went by.
    """

    def __init__(self, window: int, *, per_track: bool = False) -> None:
        self.window = window
        self.per_track = per_track
        self.sightings: Sightings | None = None
        self.tracks: IntArray = np.empty(0, np.int64)
        self.frames: IntArray = np.empty(0, np.int64)
        self.n_frames = 0

    def __len__(self) -> int:
        """Count the poses."""
        return len(self.tracks)

    def remember(self, sightings: Sightings, tracks: IntArray) -> None:
        """Add the poses of the next frame, and forget those that are too old.

        Args:
            sightings: n poses.
            tracks: (n,) the track of each, at least 0.
        """
        if self.sightings is None:
            self.sightings = sightings
            self.tracks = tracks
        elif len(sightings):
            past = self.sightings
            self.sightings = Sightings(
                np.concatenate([past.points, sightings.points]),
                np.concatenate([past.point_scores, sightings.point_scores]),
            )
            self.tracks = np.concatenate([self.tracks, tracks])
        self.frames = np.concatenate([self.frames, np.full(len(tracks), self.n_frames)])
        self.n_frames += 1
        self.keep(self._is_recent())

    def keep(self, chosen: BoolArray) -> None:
        """Forget all but the poses of a mask."""
        if self.sightings is not None and not chosen.all():
            self.sightings = self.sightings.select(chosen)
            self.tracks = self.tracks[chosen]
            self.frames = self.frames[chosen]

    def _is_recent(self) -> BoolArray:
        if not self.per_track:
            recent: BoolArray = self.frames >= self.n_frames - self.window
            return recent
        order = np.argsort(self.tracks, kind="stable")
        ordered = self.tracks[order]
        ends = np.searchsorted(ordered, ordered, side="right")
        result = np.empty(len(order), bool)
        result[order] = ends - np.arange(len(order)) <= self.window
        return result


def summarize_by_track(
    similarities: FloatArray, tracks: IntArray, quantile: float = 1.0
) -> tuple[FloatArray, IntArray]:
    """Reduce the similarities to candidates to one for each track.

    Args:
        similarities: (n, m) of n poses to m candidates; NaN where they cannot be compared.
        tracks: (m,) the track of each candidate.
        quantile: Which of the similarities to the candidates of a track counts: 1 for the best.

    Returns:
        (n, t) similarities, NaN where there is none, and (t,) the tracks, ascending.
    """
    if len(tracks) == 0:
        return np.empty((len(similarities), 0)), tracks
    order = np.argsort(tracks, kind="stable")
    ordered = tracks[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    values = similarities[:, order]
    if quantile >= 1:
        return np.fmax.reduceat(values, starts, axis=1), ordered[starts]
    counts = np.diff(np.append(starts, len(ordered)))
    column = np.repeat(np.arange(len(starts)), counts)
    rank = np.arange(len(ordered)) - starts[column]
    table = np.full((len(values), len(starts), int(counts.max())), np.nan)
    table[:, column, rank] = values
    return _quantile(table, quantile), ordered[starts]


def _quantile(values: FloatArray, quantile: float) -> FloatArray:
    """Return the quantile over the last axis, without NaN; linear between neighbours."""
    ordered = np.sort(values, axis=-1)  # NaN goes last
    count = (ordered == ordered).sum(axis=-1)
    place = quantile * np.maximum(count - 1, 0)
    low = place.astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    at_low = np.take_along_axis(ordered, low[..., None], axis=-1)[..., 0]
    at_high = np.take_along_axis(ordered, high[..., None], axis=-1)[..., 0]
    result: FloatArray = at_low + (place - low) * (at_high - at_low)
    return result
