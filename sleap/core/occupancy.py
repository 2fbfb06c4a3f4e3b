"""Where the row of a frame is found: (video, frame_idx) -> row, without a scan.

The rows present at first use are kept as one sorted array of keys (a million take milliseconds);
rows added later go into a dictionary in front of it.
"""

import numpy as np

from sleap.core.tables import IntArray, Table

FRAME_BITS = 40
"""Frame indices stay below 2**40, so that a video and a frame index make one int64."""

N_FOLD = 4096
"""A batch of at least so many new rows is sorted in, a smaller one goes into the dictionary."""


class Occupancy:
    """An index of the frame rows that are alive.

    Args:
        frames: The table of frames.
        dead: Table of bool, one per frame; looked at whenever a row is found.
    """

    def __init__(self, frames: Table, dead: Table) -> None:
        self._frames = frames
        self._dead = dead
        self._keys: IntArray | None = None
        self._rows: IntArray | None = None
        self._recent: dict[int, int] = {}

    def find(self, video: int, frame_idx: int) -> int:
        """Return the row of a frame, or -1; of several, the first."""
        if not 0 <= frame_idx < 1 << FRAME_BITS:
            return -1
        key = (video << FRAME_BITS) | frame_idx
        if self._keys is None:
            self._sort()
        row = self._recent.get(key, -1)
        dead = self._dead.rows
        if row >= 0 and not dead[row]:
            return row
        return self._find_sorted(key)

    def add(self, row: int) -> None:
        """Enter a row that was added, or that lives again."""
        if self._keys is not None:
            frame = self._frames.rows[row]
            self._recent[(int(frame["video"]) << FRAME_BITS) | int(frame["frame_idx"])] = row

    def add_many(self, first: int, last: int) -> None:
        """Enter the new rows ``first`` to ``last`` (exclusive)."""
        if self._keys is None:
            return
        if last - first >= N_FOLD:
            self.forget()
            return
        rows = self._frames.rows[first:last]
        keys = frame_keys(rows["video"], rows["frame_idx"])
        self._recent.update(zip(keys.tolist(), range(first, last), strict=True))

    def forget(self) -> None:
        """Forget all, so that the next search sorts the table anew."""
        self._keys = self._rows = None
        self._recent.clear()

    def _sort(self) -> None:
        frames = self._frames.rows
        keys = frame_keys(frames["video"], frames["frame_idx"])
        self._rows = None
        if (keys[1:] < keys[:-1]).any():
            self._rows = np.argsort(keys, kind="stable")
            keys = keys[self._rows]
        self._keys = keys

    def _find_sorted(self, key: int) -> int:
        keys, dead = self._keys, self._dead.rows
        assert keys is not None
        place = int(keys.searchsorted(key))
        while place < len(keys) and keys[place] == key:
            row = place if self._rows is None else int(self._rows[place])
            if not dead[row]:
                return row
            place += 1
        return -1


def frame_keys(videos: IntArray, frame_indices: IntArray) -> IntArray:
    """Return (n,) int64 keys that sort by video, then by frame index."""
    keys: IntArray = videos.astype(np.int64) << FRAME_BITS
    keys |= frame_indices.astype(np.int64)
    return keys
