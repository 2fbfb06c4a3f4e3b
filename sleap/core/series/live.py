"""A statistic that follows the edits of its labels."""

from collections.abc import Iterable

from sleap.core.series.paths import NodePaths
from sleap.core.series.statistic import ALL, STATISTICS, compute, find_node, update
from sleap.core.store import Store
from sleap.core.tables import FloatArray


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

    def update(self, store: Store, frame_indices: Iterable[int]) -> None:
        """Follow an edit of some frames.

        Not enough after nodes, skeletons, tracks or videos were renumbered: make it anew.

        Args:
            store: The tables, after the edit.
            frame_indices: The frames whose instances were added, removed, moved or changed.
        """
        if self._paths is not None:
            self._paths.update(store, frame_indices)
            self._values = self._paths.values
        else:
            self._values = update(
                self._values, store, self._video, self.name, frame_indices, self._node
            )
