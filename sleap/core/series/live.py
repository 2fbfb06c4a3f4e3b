"""A statistic that follows the edits of its labels."""

from collections.abc import Iterable

import numpy as np

from sleap.core.series.paths import NodePaths
from sleap.core.series.statistic import (
    ALL,
    NEXT,
    STATISTICS,
    compute,
    find_node,
    labeled_after,
    update,
)
from sleap.core.store import Store
from sleap.core.tables import FloatArray, IntArray


class LiveSeries:
    """The values of one statistic of one video, kept up to date in about a millisecond an edit.

    Args:
        store: The tables.
        video: Number of the video.
        name: One of ``STATISTICS``.
        node: As for ``compute``.

    Raises:
        UnknownNameError: If there is no such statistic.
        LabelsError: If the skeleton has no such node.
    """

    def __init__(self, store: Store, video: int, name: str, node: str | int | None = None) -> None:
        self.name = name
        self._video, self._node = video, node
        self._paths: NodePaths | None = None
        if STATISTICS.get(name).reach == ALL:
            how = name.rpartition("_")[2]
            self._paths = NodePaths(store, video, find_node(store, node), how)
            self._values = self._paths.values
        else:
            self._values = compute(store, video, name, node)

    @property
    def values(self) -> FloatArray:
        """(n,) float64, a value for each frame as of ``compute``. Not to be written to."""
        return self._values

    def update(self, store: Store, frame_indices: Iterable[int]) -> IntArray | None:
        """Follow an edit of some frames.

        Not enough after nodes, skeletons, tracks or videos were renumbered: make it anew.

        Args:
            store: The tables, after the edit.
            frame_indices: The frames whose instances were added, removed, moved or changed.

        Returns:
            The frames whose values may have changed, ascending; None if all may, or if there are
            more of them than before.
        """
        edited = np.unique(np.fromiter(frame_indices, np.int64))
        n_before = len(self._values)
        changed: IntArray | None
        if self._paths is not None:
            changed = self._paths.update(store, edited)
            self._values = self._paths.values
        else:
            self._values = update(self._values, store, self._video, self.name, edited, self._node)
            changed = edited[edited < n_before]
            if STATISTICS.get(self.name).reach == NEXT:
                after = [labeled_after(self._values, one) for one in edited.tolist()]
                changed = np.union1d(changed, [one for one in after if one >= 0]).astype(np.int64)
        return changed if len(self._values) == n_before else None
