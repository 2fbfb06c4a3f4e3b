"""Marks reduced to columns of pixels, and columns to the boxes that are drawn."""

import numpy as np
import numpy.typing as npt

from sleap.core.tables import FloatArray, IntArray
from sleap.gui.timeline.marks import FlagArray

Strength = npt.NDArray[np.float32]

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
        first = places(frames, starts)
        last = np.r_[first[1:], places(frames, ends[-1:])]
    else:
        middles = np.floor((edges[:-1] + edges[1:]) / 2).astype(np.int64)
        first = places(frames, middles)
        last = places(frames, middles + 1)
    result = np.zeros(len(edges) - 1, np.uint8)
    filled = np.flatnonzero(last > first)
    if len(filled):
        stop = int(last[filled[-1]])
        result[filled] = np.bitwise_or.reduceat(flags[:stop], first[filled])
    return result


def places(frames: IntArray, wanted: IntArray) -> IntArray:
    """Return where in ascending frames others would be put in; at once where there are no gaps."""
    if len(frames) and int(frames[-1]) - int(frames[0]) + 1 == len(frames):
        found: IntArray = np.clip(wanted - frames[0], 0, len(frames))
    else:
        found = np.searchsorted(frames, wanted)
    return found


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
    lowest: FloatArray, highest: FloatArray, bottom: float, top: float, size: tuple[int, float]
) -> tuple[Strength, Strength]:
    """Draw columns of least and greatest values as a line, and what lies below it.

    Args:
        lowest: (n,) least value of each column; NaN for a gap.
        highest: (n,) greatest value.
        bottom: Value at the lower border.
        top: Value at the upper border.
        size: Rows of pixels, and thickness of the line in pixels.

    Returns:
        Twice (height, n), 0 to 1: how much of a pixel the line covers, and whether it is on the
        line or below it. The first row is the upper border.
    """
    height, thickness = size
    scale = (height - thickness) / ((top - bottom) or 1.0)
    known = ~np.isnan(lowest)
    upper = np.where(known, (top - highest) * scale, height + 1)
    lower = np.where(known, (top - lowest) * scale, -thickness)
    # Neighbors meet half way, so that the line has no holes.
    joined = known[1:] & known[:-1]
    for a, b in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        middle = (upper[a] + lower[b]) / 2
        falls = joined & (upper[a] > lower[b])
        upper[a] = np.where(falls, middle, upper[a])
        lower[b] = np.where(falls, middle, lower[b])
    rows = np.arange(height, dtype=np.float32)[:, None]
    above, below = upper.astype(np.float32), (lower + thickness).astype(np.float32)
    ground = rows + 1 - above
    line = np.minimum(below - rows, 1)
    np.subtract(line, np.maximum(above - rows, 0), out=line)
    return np.clip(line, 0, 1, out=line), np.clip(ground, 0, 1, out=ground)


def between(values: FloatArray, edges: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where the line from value to value lies in columns narrower than a frame.

    Args:
        values: (m,) of frames; each lies in the middle of its frame.
        edges: (n + 1,) where columns begin and end, in frames.

    Returns:
        Twice (n,), the least and greatest height of the line in each column; NaN beside a gap. A
        value between two gaps takes up three columns.
    """
    n_columns = len(edges) - 1
    padded = np.r_[np.nan, values, np.nan, np.nan]
    places = np.clip(edges + 0.5, 0, len(values) + 1)
    before = places.astype(np.int64)
    part = places - before
    heights = padded[before] * (1 - part) + padded[before + 1] * part
    lowest = np.fmin(heights[:-1], heights[1:])
    highest = np.fmax(heights[:-1], heights[1:])
    frames = np.arange(max(0, int(edges[0])), min(len(values), int(np.ceil(edges[-1]))))
    width = (edges[-1] - edges[0]) / n_columns
    columns = ((frames + 0.5 - edges[0]) / width).astype(np.int64)
    inside = (columns >= 0) & (columns < n_columns)
    columns, peaks = columns[inside], values[frames[inside]]
    is_lone = np.isnan(lowest[columns])
    for shift in (-1, 0, 1):
        spots = np.clip(columns[is_lone] + shift, 0, n_columns - 1)
        lowest[spots] = highest[spots] = peaks[is_lone]
    lowest[columns] = np.fmin(lowest[columns], peaks)
    highest[columns] = np.fmax(highest[columns], peaks)
    return lowest, highest
