"""Some frames of many: evenly spread, or drawn at random."""

import heapq

import numpy as np

from sleap.core.tables import BoolArray, IntArray


def spread(taken: BoolArray, n_wanted: int) -> IntArray:
    """Choose places evenly, in the widest gaps between those that are taken.

    Args:
        taken: (n,) which places are taken already.
        n_wanted: How many to choose.

    Returns:
        Places, ascending, none of them taken; all that are free if these are no more than wanted.
        If none is taken, the first is 0, and they lie n / n_wanted apart.
    """
    free = np.flatnonzero(~taken)
    if len(free) <= n_wanted:
        return free
    if len(free) == len(taken):
        return np.arange(n_wanted) * len(taken) // n_wanted
    borders = np.r_[-1, np.flatnonzero(taken), len(taken)]
    starts, sizes = borders[:-1] + 1, np.diff(borders) - 1
    gaps = [(-float(size), int(size), gap, 0) for gap, size in enumerate(sizes.tolist()) if size]
    heapq.heapify(gaps)
    shares = dict.fromkeys(range(len(sizes)), 0)
    for _ in range(n_wanted):
        _, size, gap, n_chosen = gaps[0]
        shares[gap] = n_chosen + 1
        width = size / (n_chosen + 2) if n_chosen + 1 < size else 0.0
        heapq.heapreplace(gaps, (-width, size, gap, n_chosen + 1))
    parts = [
        starts[gap] + (np.arange(1, share + 1) * (sizes[gap] + 1)) // (share + 1) - 1
        for gap, share in shares.items()
        if share
    ]
    chosen: IntArray = np.sort(np.concatenate(parts)).astype(np.int64)
    return chosen


def draw(taken: BoolArray, n_wanted: int, random: np.random.Generator) -> IntArray:
    """Draw places that are not taken.

    Returns:
        Places, ascending; all that are free if these are no more than wanted.
    """
    free = np.flatnonzero(~taken)
    if len(free) <= n_wanted:
        return free
    return np.sort(random.choice(free, n_wanted, replace=False))


def choose(taken: BoolArray, n_wanted: int, how: str, random: np.random.Generator) -> IntArray:
    """Choose places by "stride" (``spread``) or "random" (``draw``)."""
    return spread(taken, n_wanted) if how == "stride" else draw(taken, n_wanted, random)
