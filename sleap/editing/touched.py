"""What an edit touched: all that views need to know to refresh themselves."""

from collections.abc import Iterable
from enum import Flag, auto
from typing import Self

import numpy as np
from attrs import frozen

from sleap.core.arrays import frames_of
from sleap.core.store import Store
from sleap.core.tables import IntArray

MANY = 64
"""Of more frames than this only the kinds are told: views had better look at all."""

_MANY_ROWS = 1 << 14
"""So many instances are taken to lie on many frames without looking."""

Place = tuple[int, int]
"""Number of a video, and index of a frame in it."""


class Kind(Flag):
    """What there is to refresh."""

    POINTS = auto()
    """Where points of instances there already are, or whether they are visible."""
    INSTANCES = auto()
    """Which instances there are, and what they came from."""
    TRACKS = auto()
    """The list of tracks, a name in it, or who has which track."""
    FRAMES = auto()
    """Which frames are labeled."""
    SKELETON = auto()
    """The list of skeletons, or nodes, edges, names of one."""
    VIDEOS = auto()
    """The list of videos, or what one of them is."""
    SUGGESTIONS = auto()
    """The list of suggestions."""
    METADATA = auto()
    """Provenance, negative anchors."""


NOTHING = Kind(0)
EVERYTHING = ~NOTHING


@frozen
class Touched:
    """What changed.

    Args:
        kinds: What there is to refresh.
        frames: The frames concerned, (number of the video, frame_idx); None if there are more
            than ``MANY``, or all. Numbers of videos are those after the change.
    """

    kinds: Kind = NOTHING
    frames: frozenset[Place] | None = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        """Join two."""
        frames = None
        if self.frames is not None and other.frames is not None:
            frames = self.frames | other.frames
        return Touched(self.kinds | other.kinds, _few(frames))

    def __bool__(self) -> bool:
        """Tell whether anything was touched."""
        return bool(self.kinds)

    @classmethod
    def union(cls, parts: "Iterable[Touched]") -> Self:
        """Join any number."""
        kinds, frames = NOTHING, set[Place]()
        is_known = True
        for part in parts:
            kinds |= part.kinds
            is_known = is_known and part.frames is not None
            frames |= part.frames or set()
        return cls(kinds, _few(frozenset(frames)) if is_known else None)

    @classmethod
    def of_frames(cls, kinds: Kind, store: Store, rows: IntArray) -> Self:
        """Make that of frame rows."""
        if len(rows) > _MANY_ROWS:
            return cls(kinds, None)
        rows = np.unique(rows)
        if len(rows) > MANY:
            return cls(kinds, None)
        frames = store.frames.rows[rows]
        pairs = zip(frames["video"].tolist(), frames["frame_idx"].tolist(), strict=True)
        return cls(kinds, frozenset(pairs))

    @classmethod
    def of_instances(cls, kinds: Kind, store: Store, rows: IntArray) -> Self:
        """Make that of instance rows."""
        if len(rows) > _MANY_ROWS:
            return cls(kinds, None)
        return cls.of_frames(kinds, store, frames_of(store, rows))


def _few(frames: frozenset[Place] | None) -> frozenset[Place] | None:
    return None if frames is None or len(frames) > MANY else frames
