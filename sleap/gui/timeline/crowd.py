"""Marks too dense to be drawn one by one: columns that tell how many there are, of which kinds."""

import numpy as np
import numpy.typing as npt

from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY, FlagArray

KINDS = (DONE, PREDICTED_ONLY, OPEN)
"""States of suggestions, from the bottom of a column to its top."""

LEAST = 2
"""Height of a kind that is there at all, pixels of the widget."""


def window(width: float, scale: float) -> int:
    """Return how many frames a column speaks for: those that a mark would take up, or hide.

    Args:
        width: Of a mark, pixels.
        scale: Pixels for each frame.
    """
    return max(2, round(width / scale))


def are_alone(frames: IntArray, n_frames: int) -> BoolArray:
    """Tell which of ascending frames are so many frames away from all others, or more."""
    is_far = np.diff(frames) >= n_frames
    alone: BoolArray = np.r_[True, is_far][: len(frames)] & np.r_[is_far, True][: len(frames)]
    return alone


def count(frames: IntArray, states: FlagArray, middles: FloatArray, n_frames: int) -> IntArray:
    """Count the marks around some places.

    Args:
        frames: (n,) indices of frames, ascending.
        states: (n,) of each.
        middles: (m,) places, in frames.
        n_frames: How many frames around a place are looked at.

    Returns:
        (3, m) marks of each of ``KINDS``.
    """
    first = np.floor(middles).astype(np.int64) - n_frames // 2
    begin, end = np.searchsorted(frames, first), np.searchsorted(frames, first + n_frames)
    sums = np.zeros((len(KINDS), len(frames) + 1), np.int64)
    for kind, state in enumerate(KINDS):
        np.cumsum(states == state, out=sums[kind, 1:])
    found: IntArray = sums[:, end] - sums[:, begin]
    return found


def heights(counts: IntArray, n_frames: int, limits: tuple[int, int], least: int) -> IntArray:
    """Return how high columns are, and each kind in them.

    A column with a single mark is lowest, one where every frame is marked highest; between them
    it is the cube root of the share of frames, so that one in a thousand is still told from one
    in a hundred. Kinds have their share of a column.

    Args:
        counts: (kinds, m) marks.
        n_frames: Frames a column speaks for.
        limits: Least and greatest height of a column; the least has room for ``least`` of all.
        least: Height of a kind that is there at all.

    Returns:
        (kinds, m) heights; 0 where there is none.
    """
    total = counts.sum(axis=0)
    level = np.cbrt(np.clip((total - 1) / (n_frames - 1), 0, 1))
    whole = np.rint(limits[0] + (limits[1] - limits[0]) * level)
    is_there = counts > 0
    spare = whole - least * is_there.sum(axis=0)
    bounds = np.rint(np.cumsum(counts, axis=0) / np.maximum(total, 1) * spare)
    parts = np.diff(bounds, axis=0, prepend=0) + least
    found: IntArray = np.where(is_there, parts, 0).astype(np.int64)
    return found


def paint(
    parts: IntArray, n_rows: int, inks: FloatArray, edges: FloatArray, line: int
) -> npt.NDArray[np.uint8]:
    """Draw columns from the bottom, with a line around what belongs together.

    Args:
        parts: (kinds, m) heights of the parts of each column, in rows, from the bottom.
        n_rows: Rows of pixels.
        inks: (kinds + 1, 4) bytes of a pixel of each kind, at last those of the ground.
        edges: (kinds, 4) those of the line around.
        line: Thickness of the line, pixels.

    Returns:
        (n_rows, m, 4) pixels.
    """
    rows = np.arange(n_rows)[::-1, None]
    kinds = np.zeros((n_rows, parts.shape[1]), np.int64)
    for top in np.cumsum(parts, axis=0):
        kinds += rows >= top
    is_filled = kinds < len(parts)
    inner = is_filled.copy()
    for shift in range(1, line + 1):
        inner[shift:] &= is_filled[:-shift]
        inner[:shift] = False
        inner[:, shift:] &= is_filled[:, :-shift]
        inner[:, :-shift] &= is_filled[:, shift:]
    inner[-line:] = False
    pixels = inks.astype(np.uint8)[kinds]
    is_edge = is_filled & ~inner
    pixels[is_edge] = edges.astype(np.uint8)[kinds[is_edge]]
    return pixels
