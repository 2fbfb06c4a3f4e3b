"""On which frames each track is: sorted runs of frames, read by columns of pixels."""

import numpy as np
from attrs import define, field

from sleap.core.occupancy import FRAME_BITS
from sleap.core.tables import FloatArray, IntArray

FRAME_MASK = (1 << FRAME_BITS) - 1


def _none() -> IntArray:
    return np.empty(0, np.int64)


@define(eq=False)
class Runs:
    """Runs of frames by track; the number of a track and a frame make one number that sorts.

    Attributes:
        starts: (n,) ``track << FRAME_BITS | first frame`` of each run, ascending.
        ends: (n,) the same of the frame after its last.
    """

    starts: IntArray = field(factory=_none)
    ends: IntArray = field(factory=_none)
    _tracks: IntArray | None = field(default=None, init=False)
    _lengths: IntArray | None = field(default=None, init=False)

    @classmethod
    def of_keys(cls, keys: IntArray) -> "Runs":
        """Make runs of single places.

        Args:
            keys: (n,) ``track << FRAME_BITS | frame``, ascending; may repeat.
        """
        breaks = np.flatnonzero(np.diff(keys) > 1)
        first = np.r_[0, breaks + 1][: len(keys)]
        last = np.r_[breaks, len(keys) - 1][: len(keys)]
        return cls(keys[first], keys[last] + 1)

    def __len__(self) -> int:
        """Count the runs."""
        return len(self.starts)

    @property
    def tracks(self) -> IntArray:
        """(m,) numbers of the tracks that are on any frame, ascending."""
        if self._tracks is None:
            numbers = self.starts >> FRAME_BITS
            self._tracks = numbers[np.r_[True, numbers[1:] != numbers[:-1]][: len(numbers)]]
        return self._tracks

    def at(self, frame_idx: int) -> IntArray:
        """Return the numbers of the tracks on a frame, ascending."""
        keys = (self.tracks << FRAME_BITS) | frame_idx
        before = np.searchsorted(self.starts, keys, "right") - 1
        return self.tracks[(before >= 0) & (self.ends[before] > keys)]

    def run_at(self, track: int, frame_idx: int) -> tuple[int, int] | None:
        """Return the first and last frame of the run of a track over a frame; None without one."""
        key = (track << FRAME_BITS) | frame_idx
        place = int(np.searchsorted(self.starts, key, "right")) - 1
        if place < 0 or self.ends[place] <= key:
            return None
        return int(self.starts[place]) & FRAME_MASK, int(self.ends[place] - 1) & FRAME_MASK

    def set_frame(self, frame_idx: int, tracks: set[int]) -> bool:
        """Say which tracks are on a frame; return whether that is news."""
        known = set(self.at(frame_idx).tolist())
        for track in known - tracks:
            self._remove((track << FRAME_BITS) | frame_idx)
        for track in tracks - known:
            self._add((track << FRAME_BITS) | frame_idx)
        if known == tracks:
            return False
        self._tracks = self._lengths = None
        return True

    def coverage(self, tracks: IntArray, edges: FloatArray) -> FloatArray:
        """Return which part of each column of pixels a track is there.

        Args:
            tracks: (m,) numbers of tracks.
            edges: (n + 1,) where columns begin and end, in frames, ascending, not negative.

        Returns:
            (m, n) 0 to 1.
        """
        if not len(self.starts):
            return np.zeros((len(tracks), len(edges) - 1))
        if self._lengths is None:
            self._lengths = np.r_[0, np.cumsum(self.ends - self.starts)]
        whole = np.floor(edges)
        keys = (tracks << FRAME_BITS)[:, None] + whole.astype(np.int64)
        place = np.searchsorted(self.starts, keys, "right")
        overhang = np.r_[np.int64(0), self.ends][place] - keys - (edges - whole)
        frames_before = self._lengths[place] - np.maximum(overhang, 0)
        part: FloatArray = np.diff(frames_before, axis=1) / np.diff(edges)
        return part

    def _add(self, key: int) -> None:
        place = int(np.searchsorted(self.starts, key, "right"))
        joins_left = place > 0 and self.ends[place - 1] == key
        joins_right = place < len(self.starts) and self.starts[place] == key + 1
        if joins_left and joins_right:
            self.ends[place - 1] = self.ends[place]
            self.starts = np.delete(self.starts, place)
            self.ends = np.delete(self.ends, place)
        elif joins_left:
            self.ends[place - 1] = key + 1
        elif joins_right:
            self.starts[place] = key
        else:
            self.starts = np.insert(self.starts, place, key)
            self.ends = np.insert(self.ends, place, key + 1)

    def _remove(self, key: int) -> None:
        place = int(np.searchsorted(self.starts, key, "right")) - 1
        is_first, is_last = self.starts[place] == key, self.ends[place] == key + 1
        if is_first and is_last:
            self.starts = np.delete(self.starts, place)
            self.ends = np.delete(self.ends, place)
        elif is_first:
            self.starts[place] = key + 1
        elif is_last:
            self.ends[place] = key
        else:
            self.starts = np.insert(self.starts, place + 1, key + 1)
            self.ends = np.insert(self.ends, place, key)
