"""The graph above a timeline: one number for every frame, in columns that lose no peak."""

from collections.abc import Iterable

import numpy as np
from attrs import define, field

from sleap.core.series import STATISTICS, compute, update
from sleap.core.series.statistic import ALL
from sleap.core.store import Store
from sleap.core.tables import FloatArray, IntArray

BLOCK = 16
"""Values that one of the next coarser level stands for."""

N_FINE = 4
"""A column of pixels takes at least so many blocks, so that none is drawn far from its place."""

Level = tuple[FloatArray, FloatArray]
"""Least and greatest values of blocks, NaN where all values are."""


@define(eq=False)
class Graph:
    """A statistic over the frames of a video, at several levels of detail.

    Attributes:
        name: Which of ``sleap.core.series.STATISTICS``.
        values: (n,) one for each frame, NaN where there is nothing to tell.
    """

    name: str
    values: FloatArray
    _levels: list[Level] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._levels = _reduce(self.values)

    @classmethod
    def of(cls, store: Store, video: int, name: str) -> "Graph":
        """Compute a statistic of a video.

        Raises:
            UnknownNameError: If there is no such statistic.
        """
        return cls(name, compute(store, video, name))

    @property
    def title(self) -> str:
        """What it is called on screen, with its unit."""
        statistic = STATISTICS.get(self.name)
        return f"{statistic.title}, {statistic.unit}" if statistic.unit else statistic.title

    @property
    def follows(self) -> bool:
        """Whether ``update`` is quick: an edit changes a few values only."""
        return bool(STATISTICS.get(self.name).reach != ALL)

    def update(
        self, store: Store, video: int, frame_indices: Iterable[int], labeled: IntArray
    ) -> None:
        """Look at some frames again.

        Args:
            store: The tables, after the edit.
            video: Number of the video.
            frame_indices: Indices of the frames that were edited.
            labeled: (n,) indices of all labeled frames, after the edit, ascending.
        """
        edited = np.unique(np.fromiter(frame_indices, np.int64))
        n_before = len(self.values)
        self.values = update(self.values, store, video, self.name, edited)
        if len(self.values) != n_before or not self.follows:
            self._levels = _reduce(self.values)
            return
        following = labeled[np.minimum(np.searchsorted(labeled, edited, "right"), len(labeled) - 1)]
        finer: Level = (self.values, self.values)
        places = np.r_[edited, following] if len(labeled) else edited
        for level in self._levels:
            places = np.unique(places // BLOCK)
            for place in places[places < len(level[0])].tolist():
                part = slice(place * BLOCK, (place + 1) * BLOCK)
                level[0][place] = np.fmin.reduce(finer[0][part])
                level[1][place] = np.fmax.reduce(finer[1][part])
            finer = level

    def value_at(self, frame_idx: int) -> float:
        """Return the value of a frame; NaN where there is none."""
        return float(self.values[frame_idx]) if frame_idx < len(self.values) else float("nan")

    def columns(self, edges: FloatArray) -> Level:
        """Return the least and greatest values in columns that hold a frame or more each.

        Args:
            edges: (n + 1,) where columns begin and end, in frames, ascending, not negative.

        Returns:
            Twice (n,); NaN where no frame of a column has a value.
        """
        per_column = (edges[-1] - edges[0]) / max(len(edges) - 1, 1)
        size, level = 1, (self.values, self.values)
        for coarser in self._levels:
            if size * BLOCK * N_FINE > per_column:
                break
            size, level = size * BLOCK, coarser
        bounds = np.floor(edges / size).astype(np.int64)
        bounds[-1] = max(int(np.ceil(edges[-1] / size)), int(bounds[-2]) + 1)
        lowest = np.full(len(edges) - 1, np.nan)
        highest = lowest.copy()
        inside = np.minimum(bounds, len(level[0]))
        filled = np.flatnonzero(inside[1:] > inside[:-1])
        if len(filled):
            starts, stop = inside[filled], inside[filled[-1] + 1]
            lowest[filled] = np.fmin.reduceat(level[0][:stop], starts)
            highest[filled] = np.fmax.reduceat(level[1][:stop], starts)
        return lowest, highest


def _reduce(values: FloatArray) -> list[Level]:
    """Return ever coarser levels, the last of a few blocks."""
    levels: list[Level] = []
    low = high = values
    while len(low) > BLOCK:
        padding = np.full(-len(low) % BLOCK, np.nan)
        low = np.fmin.reduce(np.r_[low, padding].reshape(-1, BLOCK), axis=1)
        high = np.fmax.reduce(np.r_[high, padding].reshape(-1, BLOCK), axis=1)
        levels.append((low, high))
    return levels
