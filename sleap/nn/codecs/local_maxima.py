"""Where maps have their maxima, to the cell."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[Any]
IntArray = npt.NDArray[np.int64]

# The 8 neighbours of a cell, nearest first: most cells drop out at the first comparisons.
NEIGHBOURS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1))


class Cells(NamedTuple):
    """Cells of a stack of maps."""

    sample: IntArray
    row: IntArray
    column: IntArray
    channel: IntArray

    def values(self, maps: FloatArray) -> FloatArray:
        """Return what the maps (samples, height, width, channels) hold there, (n_cells,)."""
        values: FloatArray = maps[self.sample, self.row, self.column, self.channel]
        return values


def global_maxima(maps: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Find the largest cell of each map.

    Args:
        maps: (n_samples, height, width, n_channels).

    Returns:
        Rows, columns and values, each (n_samples, n_channels). A map of zeros has its maximum,
        0, at row 0, column 0.
    """
    n_samples, height, width, n_channels = maps.shape
    # Whole rows are compared at once: much faster than along the channels, which are few.
    by_column = maps.reshape(n_samples, height, width * n_channels).max(axis=1)
    by_column = by_column.reshape(n_samples, width, n_channels)
    column = by_column.argmax(axis=1)
    sample, channel = np.ogrid[:n_samples, :n_channels]
    row = maps[sample, :, column, channel].argmax(axis=2)
    return row, column, maps[sample, row, column, channel]


def local_maxima(maps: FloatArray, threshold: float) -> Cells:
    """Find the cells that no neighbour exceeds.

    Networks that compute in bfloat16 put out neighbouring cells of equal value even at a peak, so
    equal neighbours do not disqualify a cell: connected cells of one value count as one maximum if
    no cell around them is larger, and are stood for by the one nearest to their middle.

    Args:
        maps: (n_samples, height, width, n_channels).
        threshold: Only cells above it count.

    Returns:
        The cells, in the order of the array.
    """
    maps = np.ascontiguousarray(maps)
    flat = maps.ravel()
    cells = np.flatnonzero(flat > threshold)
    is_tied = np.zeros(len(cells), dtype=bool)
    for d_row, d_column in NEIGHBOURS:
        other, is_inside = _neighbours(cells, maps.shape, d_row, d_column)
        around = np.where(is_inside, flat[other], -np.inf)
        here = flat[cells]
        is_tied |= around == here
        keep = around <= here
        cells, is_tied = cells[keep], is_tied[keep]
    if is_tied.any():
        merged = _merge_plateaus(flat, cells[is_tied], maps.shape)
        cells = np.sort(np.concatenate([cells[~is_tied], merged]))
    return Cells(*np.unravel_index(cells, maps.shape))


def _neighbours(
    cells: IntArray, shape: tuple[int, ...], d_row: int, d_column: int
) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """Return the flat index of a neighbour of each cell (any index where there is none)."""
    _, height, width, n_channels = shape
    position = cells // n_channels
    column = position % width + d_column
    row = position // width % height + d_row
    is_inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    shift = (d_row * width + d_column) * n_channels
    return np.where(is_inside, cells + shift, 0), is_inside


def _merge_plateaus(flat: FloatArray, tied: IntArray, shape: tuple[int, ...]) -> IntArray:
    """Choose one cell for each plateau that is a maximum.

    Args:
        flat: All values.
        tied: Sorted flat indices of cells that equal a neighbour and are below none.
        shape: (n_samples, height, width, n_channels).

    Returns:
        Flat indices, one for each plateau none of whose cells has a larger neighbour.
    """
    n = len(tied)
    links: list[tuple[IntArray, IntArray]] = []
    is_shoulder = np.zeros(n, dtype=bool)
    for d_row, d_column in NEIGHBOURS:
        other, is_inside = _neighbours(tied, shape, d_row, d_column)
        equal = np.flatnonzero(is_inside & (flat[other] == flat[tied]))
        at = np.minimum(np.searchsorted(tied, other[equal]), n - 1)
        is_known = tied[at] == other[equal]
        # An equal neighbour that is not itself unexceeded: the plateau goes on uphill from there.
        is_shoulder[equal[~is_known]] = True
        links.append((equal[is_known], at[is_known]))
    a = np.concatenate([link[0] for link in links])
    b = np.concatenate([link[1] for link in links])
    labels = _connected(n, a, b)
    _, labels = np.unique(labels, return_inverse=True)
    size = np.bincount(labels)
    is_maximum = np.bincount(labels, weights=is_shoulder) == 0
    _, row, column, _ = np.unravel_index(tied, shape)
    middle_row = (np.bincount(labels, weights=row) / size)[labels]
    middle_column = (np.bincount(labels, weights=column) / size)[labels]
    distance = (row - middle_row) ** 2 + (column - middle_column) ** 2
    order = np.lexsort((tied, distance, labels))
    first = order[np.searchsorted(labels[order], np.arange(len(size)))]
    chosen: IntArray = tied[first[is_maximum]]
    return chosen


def _connected(n: int, a: IntArray, b: IntArray) -> IntArray:
    """Label the connected components of a graph of ``n`` cells joined by the links a-b."""
    labels: IntArray = np.arange(n)
    while True:
        lowest = labels.copy()
        np.minimum.at(lowest, a, labels[b])
        np.minimum(lowest, lowest[lowest], out=lowest)
        if np.array_equal(lowest, labels):
            return labels
        labels = lowest
