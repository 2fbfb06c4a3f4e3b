"""Tracks mended with what is known of the number of animals."""

from collections.abc import Iterable, Iterator

import numpy as np

from sleap.core.poses import Poses
from sleap.core.tables import IntArray
from sleap.tracking.culling import choose_best


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


def clean(poses: Iterable[Poses], target_count: int) -> Iterator[Poses]:
    """Keep the best poses of each frame, and join tracks that break one at a time.

    Args:
        poses: With tracks, in the order of time.
        target_count: How many animals there are.

    Yields:
        At most ``target_count`` poses a frame, with joined tracks.
    """
    connector = BreakConnector(target_count)
    for found in poses:
        kept = found.select(choose_best(found, target_count))
        kept.tracks = connector.connect(kept.tracks.astype(np.int64)).astype(np.int32)
        yield kept
