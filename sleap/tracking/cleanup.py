"""Tracks mended with what is known of the number of animals."""

import numpy as np

from sleap.core.arrays import rank_in_frame
from sleap.core.tables import BoolArray, FloatArray, IntArray


class BreakConnector:
    """Joins a track that ends with one that begins, where no other change is possible.

    A frame with exactly ``target_count`` tracks is good. If a later frame differs from the last
    good one in exactly one track gone and one new, both are the same animal.

    Args:
        target_count: How many animals there are.

    Attributes:
        renamed: What each joined track is called now.
    """

    def __init__(self, target_count: int) -> None:
        self.target_count = target_count
        self.renamed: dict[int, int] = {}
        self._good: set[int] = set()

    def connect(self, tracks: IntArray) -> IntArray:
        """Rename the tracks of the next frame.

        Args:
            tracks: (n,) numbers of tracks, each once; -1 for none.

        Returns:
            (n,) the numbers they should have.
        """
        names = tracks.tolist()
        present = {name for name in names if name >= 0}
        for place, name in enumerate(names):
            if name in self.renamed and self.renamed[name] not in present:
                present.remove(name)
                names[place] = self.renamed[name]
                present.add(names[place])
        extra, missing = present - self._good, self._good - present
        if len(extra) == 1 and len(missing) == 1:
            new, old = extra.pop(), missing.pop()
            self.renamed[new] = old
            names[names.index(new)] = old
        elif len(present) == self.target_count:
            self._good = present
        return np.array(names, np.int64)


def clean(
    frames: IntArray, tracks: IntArray, scores: FloatArray, target_count: int
) -> tuple[BoolArray, IntArray]:
    """Keep the best poses of each frame, and join tracks that break one at a time.

    Args:
        frames: (n,) the frame of each pose, ascending.
        tracks: (n,) number of the track of each; -1 for none.
        scores: (n,) larger is better; NaN is worst; poses with +infinity are all kept.
        target_count: How many animals there are.

    Returns:
        (n,) which poses are kept: ``target_count`` a frame, more only where more are to be kept.
        (n,) the track of each; joined, where it is kept.
    """
    order = np.lexsort((np.where(np.isnan(scores), np.inf, -scores), frames))
    kept = np.empty(len(frames), bool)
    kept[order] = rank_in_frame(frames) < target_count
    kept |= np.isposinf(scores)
    connector = BreakConnector(target_count)
    joined = tracks.astype(np.int64)
    rows = np.flatnonzero(kept)
    starts = np.flatnonzero(np.diff(frames[rows], prepend=-1))
    for part in np.split(rows, starts[1:]):
        joined[part] = connector.connect(joined[part])
    return kept, joined
