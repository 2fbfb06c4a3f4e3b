"""Which instances of two stores are the same, found by fingerprint and checked value by value."""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray

Hashes = npt.NDArray[np.uint64]

N_BLOCK = 1 << 12
"""Instances compared at a time: their values should stay in the cache of the processor."""

_SCORE = 3
"""Place of the score among the four values of a point."""


@frozen(eq=False)
class Side:
    """One of two stores, with what makes its numbers comparable to those of the other.

    Args:
        store: The tables.
        skeletons: (n_skeletons,) the common number of each skeleton.
        nodes: For each skeleton, the common index of each of its nodes.
        tracks: (n_tracks + 1,) the common number of each track; the last entry is -1.
        n_nodes: Most nodes that a skeleton has on either side.
    """

    store: Store
    skeletons: IntArray
    nodes: list[IntArray]
    tracks: IntArray
    n_nodes: int


def find_same(
    base: Side,
    base_rows: IntArray,
    base_places: IntArray,
    new: Side,
    new_rows: IntArray,
    new_places: IntArray,
) -> IntArray:
    """Find the instances of the base that instances of the new labels repeat.

    Two are the same if they lie in the same place and have the same kind, skeleton, track, score
    and points (x, y, visible and score, by name of node). What a missing point says beyond that,
    the mark ``complete`` and the tracking score do not count. Of several that are the same, each
    is given away once, in the order of rows.

    Args:
        base: The base.
        base_rows: (n,) rows of its instances, ascending.
        base_places: (n,) number of the frame that each is on, common to both.
        new: The new labels.
        new_rows: (m,) rows of their instances, ascending.
        new_places: (m,) number of the frame that each is on.

    Returns:
        (m,) the row in the base that each instance repeats; -1 if there is none.
    """
    result = np.full(len(new_rows), -1, np.int64)
    if not len(base_rows) or not len(new_rows):
        return result
    base_hashes = _hash(base, base_rows, base_places)
    new_hashes = _hash(new, new_rows, new_places)
    base_order = np.argsort(base_hashes, kind="stable")
    new_order = np.argsort(new_hashes, kind="stable")
    base_sorted, new_sorted = base_hashes[base_order], new_hashes[new_order]
    first = np.searchsorted(base_sorted, new_sorted, "left")
    rank = np.arange(len(new_sorted)) - np.searchsorted(new_sorted, new_sorted, "left")
    place = first + rank
    inside = place < np.searchsorted(base_sorted, new_sorted, "right")
    left, right = base_order[place[inside]], new_order[inside]
    order = np.argsort(right)  # back to the order of rows, in which the points lie
    left, right = left[order], right[order]
    same = base_places[left] == new_places[right]
    left, right = left[same], right[same]
    same = _are_same(base, base_rows[left], new, new_rows[right])
    result[right[same]] = base_rows[left[same]]
    return result


def _heads(side: Side, rows: IntArray) -> IntArray:
    """Return (n, 4): kind, skeleton, track and bits of the score of instances."""
    records = side.store.instances.rows[rows]
    kinds = records["instance_type"].astype(np.int64)
    scores = records["score"] + np.float32(0)  # no negative zero
    scores[np.isnan(scores) | (kinds == USER)] = np.nan  # one kind of NaN
    tracks = side.tracks[records["track"]]
    bits = np.ascontiguousarray(scores).view(np.int32)
    return np.stack((kinds, side.skeletons[records["skeleton"]], tracks, bits), axis=1)


def _values(side: Side, rows: IntArray) -> FloatArray:
    """Return (4, n, n_nodes): x, y, visible and score of points; NaN if missing."""
    result = np.full((4, len(rows), side.n_nodes), np.nan)
    records = side.store.instances.rows[rows]
    for kind, table in ((USER, side.store.points), (PREDICTED, side.store.pred_points)):
        names = ("x", "y", "visible", "score")[: 4 if kind == PREDICTED else _SCORE]
        for number, nodes in enumerate(side.nodes):
            of_both = (records["instance_type"] == kind) & (records["skeleton"] == number)
            chosen = np.flatnonzero(of_both)
            if not len(chosen) or not len(nodes):
                continue
            starts = records["point_id_start"][chosen].astype(np.int64)
            points = _points(table.rows, starts, len(nodes))
            missing = np.isnan(points["x"]) | np.isnan(points["y"])
            simple = len(chosen) == len(rows) and np.array_equal(nodes, np.arange(len(nodes)))
            for index, name in enumerate(names):
                values = np.where(missing, np.nan, points[name] + 0.0)
                if simple:
                    result[index, :, : len(nodes)] = values
                else:
                    result[index, chosen[:, None], nodes] = values
    return result


def _points(table: npt.NDArray[np.void], starts: IntArray, count: int) -> npt.NDArray[np.void]:
    if (np.diff(starts) == count).all():
        rows: npt.NDArray[np.void] = table[starts[0] : starts[0] + count * len(starts)]
        return rows.reshape(-1, count)
    gathered: npt.NDArray[np.void] = table.take(starts[:, None] + np.arange(count))
    return gathered


def _hash(side: Side, rows: IntArray, places: IntArray) -> Hashes:
    """Return (n,) a fingerprint of what is compared, and of the place."""
    random = np.random.default_rng(0)
    head_factors = random.integers(0, 1 << 63, 5, np.uint64) | np.uint64(1)
    factors = random.integers(0, 1 << 63, (4, side.n_nodes), np.uint64) | np.uint64(1)
    result = np.zeros(len(rows), np.uint64)
    for begin in range(0, len(rows), N_BLOCK):
        part = slice(begin, begin + N_BLOCK)
        heads = np.column_stack((_heads(side, rows[part]), places[part]))
        result[part] = (_fold(heads) * head_factors).sum(axis=1, dtype=np.uint64)
        bits = _fold(_values(side, rows[part]))
        bits *= factors[:, None]
        result[part] += bits.sum(axis=(0, 2), dtype=np.uint64)
    return result


def _fold(values: FloatArray | IntArray) -> Hashes:
    """Return the bits of 64-bit values with the upper half mixed into the lower.

    A product with an odd factor passes bits upwards only, and round numbers have none below.
    """
    bits = np.ascontiguousarray(values).view(np.uint64)
    return bits ^ (bits >> np.uint64(32))


def _are_same(base: Side, base_rows: IntArray, new: Side, new_rows: IntArray) -> BoolArray:
    """Tell which instances are the same, pair by pair, without the place."""
    result = np.zeros(len(base_rows), bool)
    for begin in range(0, len(base_rows), N_BLOCK):
        a, b = base_rows[begin : begin + N_BLOCK], new_rows[begin : begin + N_BLOCK]
        heads: BoolArray = (_heads(base, a) == _heads(new, b)).all(axis=1)
        left, right = _values(base, a), _values(new, b)
        differ = (left != right) & ~(np.isnan(left) & np.isnan(right))
        result[begin : begin + N_BLOCK] = heads & ~differ.any(axis=(0, 2))
    return result
