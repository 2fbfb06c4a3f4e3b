"""Numbers of frames at several levels of detail, so that columns of them lose no peak."""

from collections.abc import Iterable

import numpy as np

from sleap.core.tables import FloatArray

BLOCK = 16
"""Values that one of the next coarser level stands for."""

N_FINE = 4
"""A column of pixels takes at least so many blocks, so that none is drawn far from its place."""

Level = tuple[FloatArray, FloatArray]
"""Least and greatest values of blocks, NaN where all values are."""


class Levels:
    """Numbers of frames, and the least and greatest of ever larger blocks of them.

    Args:
        values: (n,) one for each frame, NaN where there is none; not copied.
    """

    def __init__(self, values: FloatArray) -> None:
        self.values = values
        self._coarser: list[Level] = []
        low = high = values
        while len(low) > BLOCK:
            padding = np.full(-len(low) % BLOCK, np.nan)
            low = np.fmin.reduce(np.r_[low, padding].reshape(-1, BLOCK), axis=1)
            high = np.fmax.reduce(np.r_[high, padding].reshape(-1, BLOCK), axis=1)
            self._coarser.append((low, high))

    def refresh(self, frame_indices: Iterable[int]) -> None:
        """Look at the values of some frames again."""
        places = np.unique(np.fromiter(frame_indices, np.int64))
        finer: Level = (self.values, self.values)
        for level in self._coarser:
            places = np.unique(places // BLOCK)
            for place in places.tolist():
                part = slice(place * BLOCK, (place + 1) * BLOCK)
                level[0][place] = np.fmin.reduce(finer[0][part])
                level[1][place] = np.fmax.reduce(finer[1][part])
            finer = level

    def columns(self, edges: FloatArray) -> Level:
        """Return the least and greatest values in columns that hold a frame or more each.

        Args:
            edges: (n + 1,) where columns begin and end, in frames, ascending, not negative.

        Returns:
            Twice (n,); NaN where no frame of a column has a value.
        """
        per_column = (edges[-1] - edges[0]) / max(len(edges) - 1, 1)
        size, level = 1, (self.values, self.values)
        for coarser in self._coarser:
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
