"""What a statistic over frames is, and how the array of its values is made and kept."""

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np
from attrs import frozen

from sleap.core.series.sightings import Sightings, all_sightings, some_sightings
from sleap.core.store import Store
from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.registry import Registry

Measure = Callable[[Sightings, int], FloatArray]
"""Takes instances by frame, and the number of a node; returns a value for each of the frames."""

OWN, NEXT, ALL = 0, 1, -1
"""What the value of a frame depends on: the frame, the labeled one before it, or all before it."""


@frozen
class Statistic:
    """One number for every frame of a video.

    Attributes:
        name: What it is called in settings.
        title: What it is called on screen.
        summary: What the number is, in one sentence.
        measure: Computes it.
        unit: "px", "points", or "" for a bare number.
        needs_node: Whether it looks at one node, which the user may choose.
        reach: ``OWN``, ``NEXT`` or ``ALL``: which frames an edit of one frame changes.
    """

    name: str
    title: str
    summary: str
    measure: Measure
    unit: str = ""
    needs_node: bool = False
    reach: int = OWN


N_SCAN = 256
"""Frames searched at once for the nearest labeled one."""

STATISTICS: Registry[Statistic] = Registry("statistic of frames")
"""All statistics, in the order of a menu."""


def enter(
    name: str,
    title: str,
    summary: str,
    *,
    unit: str = "",
    needs_node: bool = False,
    reach: int = OWN,
) -> Callable[[Measure], Measure]:
    """Return a decorator that enters a function into ``STATISTICS``; see ``Statistic``."""

    def register(measure: Measure) -> Measure:
        entry = Statistic(name, title, summary, measure, unit, needs_node, reach)
        STATISTICS.register(name)(entry)
        return measure

    return register


def compute(store: Store, video: int, name: str, node: str | int | None = None) -> FloatArray:
    """Compute a statistic for all frames of a video.

    Args:
        store: The tables (``labels.store``).
        video: Number of the video.
        name: One of ``STATISTICS``.
        node: Name or number in the first skeleton of the node to look at, for a statistic that
            needs one; None or "": the first.

    Returns:
        (n,) float64, a value for each frame of the video up to its end, or up to the last labeled
        one where that is later or the length is not known. NaN where there is nothing to tell:
        on frames without labels, and where no instance has what is asked for.

    Raises:
        UnknownNameError: If there is no such statistic.
        LabelsError: If the skeleton has no such node.
    """
    statistic = STATISTICS.get(name)
    sightings = all_sightings(store, video)
    values = np.full(length_of(store, video, sightings.frame_indices), np.nan)
    values[sightings.frame_indices] = statistic.measure(sightings, find_node(store, node))
    return values


def update(
    values: FloatArray,
    store: Store,
    video: int,
    name: str,
    frame_indices: Iterable[int],
    node: str | int | None = None,
) -> FloatArray:
    """Compute a statistic anew where frames were edited.

    Only these frames, and those after them that depend on them, are looked at; a statistic that
    reaches over gaps of any length (primary point displacement) is computed whole:
    ``sleap.core.series.live`` keeps what it takes to follow edits of it as fast.

    Args:
        values: As returned by ``compute`` before the edit, of the same statistic and node; written
            to.
        store: The tables, after the edit.
        video: Number of the video.
        name: One of ``STATISTICS``.
        frame_indices: The frames whose instances were added, removed, moved or changed.
        node: As for ``compute``.

    Returns:
        The same array, or a longer one if a frame behind its end was labeled.

    Raises:
        UnknownNameError: If there is no such statistic.
        LabelsError: If the skeleton has no such node.
    """
    statistic = STATISTICS.get(name)
    edited = np.unique(np.fromiter(frame_indices, np.int64))
    if statistic.reach == ALL or not len(edited):
        return compute(store, video, name, node)
    is_labeled = np.array([store.occupancy.find(video, one) >= 0 for one in edited.tolist()])
    if int(edited[-1]) >= len(values) and is_labeled[-1]:
        values = np.r_[values, np.full(int(edited[-1]) + 1 - len(values), np.nan)]
    edited, is_labeled = edited[edited < len(values)], is_labeled[edited < len(values)]
    values[edited] = np.where(is_labeled, 0, np.nan)
    changed = edited[is_labeled]
    context, places = changed, np.arange(len(changed))
    if statistic.reach == NEXT:  # such a statistic is a number on every labeled frame
        changed = _with(changed, [labeled_after(values, one) for one in edited.tolist()])
        before = {one: labeled_before(values, one) for one in changed.tolist()}
        context = _with(changed, before.values())
        follows = [before.get(b, -1) == a for a, b in pairwise(context.tolist())]
        places = np.cumsum([0, *(1 if one else 2 for one in follows)])[: len(context)]
    sightings = some_sightings(store, video, context, places)
    found = statistic.measure(sightings, find_node(store, node))
    is_changed = np.isin(context, changed)
    values[context[is_changed]] = found[is_changed]
    return values


def _with(frames: IntArray, others: Iterable[int]) -> IntArray:
    """Add frames to others, ascending and each once; -1 is none."""
    return np.unique(np.r_[frames, [one for one in others if one >= 0]]).astype(np.int64)


def labeled_after(values: FloatArray | BoolArray, frame: int) -> int:
    """Return the first frame with a value, or True, after another; -1 if there is none."""
    begin, size = frame + 1, N_SCAN
    while begin < len(values):
        near = _set_places(values[begin : begin + size])
        if len(near):
            return begin + int(near[0])
        begin, size = begin + size, 2 * size
    return -1


def labeled_before(values: FloatArray | BoolArray, frame: int) -> int:
    """Return the last frame with a value, or True, before another; -1 if there is none."""
    end, size = frame, N_SCAN
    while end > 0:
        begin = max(0, end - size)
        near = _set_places(values[begin:end])
        if len(near):
            return begin + int(near[-1])
        end, size = begin, 2 * size
    return -1


def find_node(store: Store, node: str | int | None) -> int:
    """Return the number of a node of the first skeleton; 0 for None and "".

    Raises:
        LabelsError: If there is no such node.
    """
    if node is None or node == "" or not store.skeletons:
        return 0
    return store.skeletons[0].index(node)


def reduce_frames(sightings: Sightings, values: FloatArray, how: str) -> FloatArray:
    """Reduce one value for each instance to one for each frame.

    Args:
        sightings: n instances on m frames.
        values: (n,), NaN for an instance that has none.
        how: "sum", "min", "max" or "mean".

    Returns:
        (m,) float64; NaN for a frame on which no instance has a value.
    """
    known = ~np.isnan(values)
    owners, values = sightings.owners[known], values[known]
    result = np.full(sightings.n_frames, np.nan)
    if not len(owners):
        return result
    starts = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]])
    operation = {"min": np.minimum, "max": np.maximum}.get(how, np.add)
    reduced = operation.reduceat(values, starts)
    if how == "mean":
        reduced = reduced / np.diff(np.r_[starts, len(owners)])
    result[owners[starts]] = reduced
    return result


def _set_places(values: FloatArray | BoolArray) -> IntArray:
    return np.flatnonzero(values if values.dtype == bool else ~np.isnan(values))


def length_of(store: Store, video: int, labeled: IntArray) -> int:
    """Return how many frames a video has: its length, or up to the last of its labeled frames."""
    last = int(labeled[-1]) + 1 if len(labeled) else 0
    return max(last, store.videos[video].n_indices)
