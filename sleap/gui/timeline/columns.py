"""Marks reduced to columns of pixels, and columns to the boxes that are drawn."""

import numpy as np
import numpy.typing as npt

from sleap.core.tables import FloatArray, IntArray
from sleap.gui.timeline.marks import FlagArray

Box = tuple[int, int, int]
"""First column, the one after the last, and what it shows."""


def in_columns(frames: IntArray, flags: FlagArray, edges: FloatArray) -> FlagArray:
    """Join the flags of all frames in each column of pixels.

    Args:
        frames: (n,) indices of frames, ascending.
        flags: (n,) of each.
        edges: (m + 1,) where columns begin and end, in frames, ascending. Where a frame takes up
            more than a column, a column shows the frame in its middle.

    Returns:
        (m,) flags, 0 where no frame is.
    """
    if edges[-1] - edges[0] >= len(edges) - 1:
        bounds = np.floor(edges).astype(np.int64)
        starts, ends = bounds[:-1], bounds[1:]
        ends[-1] = int(np.ceil(edges[-1]))
        first = np.searchsorted(frames, starts)
        last = np.r_[first[1:], np.searchsorted(frames, ends[-1])]
    else:
        middles = np.floor((edges[:-1] + edges[1:]) / 2).astype(np.int64)
        first = np.searchsorted(frames, middles)
        last = np.searchsorted(frames, middles, "right")
    result = np.zeros(len(edges) - 1, np.uint8)
    filled = np.flatnonzero(last > first)
    if len(filled):
        stop = int(last[filled[-1]])
        result[filled] = np.bitwise_or.reduceat(flags[:stop], first[filled])
    return result


def widen(states: FlagArray, n_left: int, n_right: int) -> FlagArray:
    """Let each column show the greatest state among those beside it, too."""
    result = states.copy()
    for shift in range(1, n_left + 1):
        np.maximum(result[:-shift], states[shift:], out=result[:-shift])
    for shift in range(1, n_right + 1):
        np.maximum(result[shift:], states[:-shift], out=result[shift:])
    return result


def boxes(states: FlagArray) -> list[Box]:
    """Join neighboring columns of the same state; columns of state 0 show nothing."""
    changes = np.flatnonzero(np.diff(states)) + 1
    bounds = np.r_[0, changes, len(states)]
    shown = states[bounds[:-1]] if len(states) else states
    return [
        (int(bounds[place]), int(bounds[place + 1]), int(shown[place]))
        for place in np.flatnonzero(shown).tolist()
    ]


def strokes(
    lowest: FloatArray, highest: FloatArray, bottom: float, top: float, height: int
) -> npt.NDArray[np.uint8]:
    """Draw columns of least and greatest values as a line, filled below.

    Args:
        lowest: (n,) least value of each column; NaN for a gap.
        highest: (n,) greatest value.
        bottom: Value at the lower border.
        top: Value at the upper border.
        height: Rows of pixels.

    Returns:
        (height, n) 2 on the line, 1 below it, 0 elsewhere; the first row is the upper border.
    """
    size = (top - bottom) or 1.0
    known = ~np.isnan(lowest)
    low = np.where(known, (top - lowest) / size * (height - 1), -1)
    high = np.where(known, (top - highest) / size * (height - 1), -1)
    below, above = np.rint(low).astype(np.int64), np.rint(high).astype(np.int64)
    # Neighbors meet half way, so that the line has no holes.
    joined = known[1:] & known[:-1]
    reach_up, reach_down = above.copy(), below.copy()
    middle = np.where(above[1:] > below[:-1], (above[1:] + below[:-1]) // 2, above[1:])
    np.minimum(reach_up[1:], np.where(joined, middle, reach_up[1:]), out=reach_up[1:])
    np.maximum(reach_down[:-1], np.where(joined, middle, reach_down[:-1]), out=reach_down[:-1])
    middle = np.where(below[1:] < above[:-1], (below[1:] + above[:-1]) // 2, below[1:])
    np.maximum(reach_down[1:], np.where(joined, middle, reach_down[1:]), out=reach_down[1:])
    np.minimum(reach_up[:-1], np.where(joined, middle, reach_up[:-1]), out=reach_up[:-1])
    rows = np.arange(height)[:, None]
    picture = ((rows >= reach_up) & known).astype(np.uint8)
    picture[(rows >= reach_up) & (rows <= reach_down) & known] = 2
    return picture
