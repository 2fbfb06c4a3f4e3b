"""Points copied from table to table, with the nodes in another order or number."""

import numpy as np

from sleap.core.tables import IntArray, Rows

N_BLOCK = 1 << 12
"""Instances copied at a time: their points should stay in the cache of the processor."""


def transfer_points(
    source: Rows,
    starts: IntArray,
    n_nodes: int,
    target: Rows,
    target_starts: IntArray,
    sources: IntArray,
) -> None:
    """Copy the points of instances of one skeleton.

    Args:
        source: Table of points to read.
        starts: (n,) row of the first point of each instance in ``source``.
        n_nodes: Points of each instance in ``source``.
        target: Table of points of the same type, written to.
        target_starts: (n,) row of the first point of each instance in ``target``.
        sources: (n_new_nodes,) for each node in ``target`` its index in ``source``; -1 for a node
            that is new: its points are missing (x and y NaN, other fields 0).
    """
    n_new = len(sources)
    missing = np.zeros(1, target.dtype)
    missing["x"] = missing["y"] = np.nan
    size = target.dtype.itemsize
    source, target, missing = _raw(source), _raw(target), missing.view(np.uint8)
    runs = _runs(sources)
    for begin in range(0, len(starts) if n_new else 0, N_BLOCK):
        old = starts[begin : begin + N_BLOCK]
        new = target_starts[begin : begin + N_BLOCK]
        block = _block(source, old, n_nodes).view(np.uint8) if n_nodes else None
        is_packed = _is_packed(new, n_new)
        if is_packed:
            rows = target[new[0] : new[0] + n_new * len(new)].reshape(-1, n_new)
        else:
            rows = np.empty((len(new), n_new), target.dtype)
        copied = rows.view(np.uint8)
        for first, length, origin in runs:
            part = copied[:, first * size : (first + length) * size]
            if origin < 0 or block is None:
                part[...] = np.tile(missing, length)
            else:
                part[...] = block[:, origin * size : (origin + length) * size]
        if not is_packed:
            target[new[:, None] + np.arange(n_new)] = rows


def _runs(sources: IntArray) -> list[tuple[int, int, int]]:
    """Return stretches of nodes to be copied as one: first, how many, first in the source or -1."""
    follows = (np.diff(sources) == 1) & (sources[:-1] >= 0)
    follows |= (sources[1:] < 0) & (sources[:-1] < 0)
    firsts = np.flatnonzero(np.r_[True, ~follows][: len(sources)])
    lengths = np.diff(np.r_[firsts, len(sources)])
    return list(zip(firsts.tolist(), lengths.tolist(), sources[firsts].tolist(), strict=True))


def _raw(rows: Rows) -> Rows:
    """Return a view of rows as plain bytes: numpy copies those whole, records field by field."""
    return rows.view(f"V{rows.dtype.itemsize}")


def _block(table: Rows, starts: IntArray, count: int) -> Rows:
    """Return (n, count) the points of instances, without copying where they follow each other."""
    if _is_packed(starts, count):
        rows: Rows = table[starts[0] : starts[0] + count * len(starts)].reshape(-1, count)
        return rows
    gathered: Rows = table[starts[:, None] + np.arange(count)]
    return gathered


def _is_packed(starts: IntArray, count: int) -> bool:
    return count > 0 and bool((np.diff(starts) == count).all())
