"""The graph above a timeline: a statistic with a number for every frame, that follows edits."""

from collections.abc import Iterable

from sleap.core.series import STATISTICS, LiveSeries
from sleap.core.store import Store
from sleap.gui.timeline.levels import Levels


class Graph:
    """A statistic over the frames of a video.

    Args:
        store: The tables.
        video: Number of the video.
        name: Which of ``sleap.core.series.STATISTICS``.
        node: Name of the node to look at, for a statistic that needs one; "": the first.

    Attributes:
        name: Which statistic.
        node: Of which node.
        levels: Its values.

    Raises:
        UnknownNameError: If there is no such statistic.
        LabelsError: If the skeleton has no such node.
    """

    def __init__(self, store: Store, video: int, name: str, node: str = "") -> None:
        self.name, self.node = name, node
        self._series = LiveSeries(store, video, name, node)
        self.levels = Levels(self._series.values)

    @property
    def title(self) -> str:
        """What it is called on screen, with its node and its unit."""
        statistic = STATISTICS.get(self.name)
        of_node = f" of {self.node}" if self.node and statistic.needs_node else ""
        unit = f", {statistic.unit}" if statistic.unit else ""
        return f"{statistic.title}{of_node}{unit}"

    def update(self, store: Store, frame_indices: Iterable[int]) -> None:
        """Look at some frames again.

        Args:
            store: The tables, after the edit.
            frame_indices: Indices of the frames that were edited.
        """
        changed = self._series.update(store, frame_indices)
        if changed is None or self._series.values is not self.levels.values:
            self.levels = Levels(self._series.values)
        else:
            self.levels.refresh(changed)

    def value_at(self, frame_idx: int) -> float:
        """Return the value of a frame; NaN where there is none."""
        values = self.levels.values
        return float(values[frame_idx]) if frame_idx < len(values) else float("nan")
