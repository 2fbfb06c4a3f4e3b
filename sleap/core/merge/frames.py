"""Which frames both labels have, and what either has more on them."""

from typing import NamedTuple

import numpy as np

from sleap.core.arrays import frames_of, sorted_frames
from sleap.core.merge.content import Side, find_same
from sleap.core.occupancy import frame_keys
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, IntArray, Rows

FRAMES = np.dtype(
    [
        ("video", "<i8"),  # number after the merge
        ("frame_idx", "<i8"),
        ("base_row", "<i8"),  # -1: only in the new labels
        ("new_row", "<i8"),
        ("same", "<i4", 2),  # user, predicted instances that both have
        ("base_only", "<i4", 2),  # that only the base has
        ("new_only", "<i4", 2),  # that only the new labels have
        ("replaces", "?"),  # new predictions replace those of the base
    ]
)
"""One row for each frame of the new labels."""

CONFLICTS = np.dtype([("place", "<i8"), ("kind", "u1")])
"""One row for each kind of instances of which both have more on a frame."""


class Comparison(NamedTuple):
    """The frames of the new labels, beside those of the base.

    Args:
        frames: (n_frames,) rows of ``FRAMES``.
        base_rows: (n,) rows of the instances that only the base has on these frames, ascending.
        base_places: (n,) for each its row in ``frames``.
        new_rows: (m,) rows of all instances of the new labels, ascending.
        new_places: (m,) for each its row in ``frames``.
        same: (m,) the row in the base that it repeats; -1 if none.
    """

    frames: Rows
    base_rows: IntArray
    base_places: IntArray
    new_rows: IntArray
    new_places: IntArray
    same: IntArray


def compare_frames(
    base: Side, new: Side, videos: IntArray, *, replace_predictions: bool
) -> Comparison:
    """Compare all frames of the new labels with those of the base.

    Several frames of one video and index, as faulty programs write them, count as one.

    Args:
        base: The base.
        new: The new labels.
        videos: (n_videos,) the number after the merge of each of their videos.
        replace_predictions: Whether predictions of the new labels replace those of the base.
    """
    keys, first_rows, place_of = _unique_frames(new.store, videos)
    base_frames = sorted_frames(base.store)
    base_keys = _keys(base.store, base_frames)
    found = np.searchsorted(base_keys, keys)
    there = found < len(base_keys)
    there[there] = base_keys[found[there]] == keys[there]

    frames = np.zeros(len(keys), FRAMES)
    frames["video"] = videos[new.store.frames.rows["video"][first_rows]]
    frames["frame_idx"] = new.store.frames.rows["frame_idx"][first_rows]
    frames["new_row"] = first_rows
    frames["base_row"] = -1
    frames["base_row"][there] = base_frames[found[there]]

    base_place_of = _places_in_base(base.store, base_frames, base_keys, keys, there)
    base_rows = base.store.live_instances
    base_places = base_place_of[frames_of(base.store, base_rows)]
    base_rows, base_places = base_rows[base_places >= 0], base_places[base_places >= 0]
    new_rows = new.store.live_instances
    new_places = place_of[frames_of(new.store, new_rows)]

    shared = there[new_places] if len(new_places) else np.zeros(0, bool)
    same = np.full(len(new_rows), -1, np.int64)
    same[shared] = find_same(
        base, base_rows, base_places, new, new_rows[shared], new_places[shared]
    )
    is_extra = np.ones(len(base.store.instances), bool)
    is_extra[same[same >= 0]] = False
    kept = is_extra[base_rows]
    base_rows, base_places = base_rows[kept], base_places[kept]
    is_new = same < 0
    _count(frames["same"], new.store, new_rows[~is_new], new_places[~is_new])
    _count(frames["new_only"], new.store, new_rows[is_new], new_places[is_new])
    _count(frames["base_only"], base.store, base_rows, base_places)
    if replace_predictions:
        has_new = frames["same"][:, PREDICTED] + frames["new_only"][:, PREDICTED] > 0
        frames["replaces"] = has_new & (frames["base_row"] >= 0)
    return Comparison(frames, base_rows, base_places, new_rows, new_places, same)


def find_conflicts(frames: Rows) -> Rows:
    """Return rows of ``CONFLICTS``, by place: both sides have more instances of one kind."""
    both = (frames["base_only"] > 0) & (frames["new_only"] > 0)
    both[:, PREDICTED] &= ~frames["replaces"]
    places, kinds = np.nonzero(both)
    conflicts = np.empty(len(places), CONFLICTS)
    conflicts["place"], conflicts["kind"] = places, kinds
    return conflicts


def _keys(store: Store, rows: IntArray) -> IntArray:
    frames = store.frames.rows[rows]
    return frame_keys(frames["video"], frames["frame_idx"])


def _unique_frames(store: Store, videos: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Return keys and rows of the frames, in order of rows, and the place of each frame row."""
    rows = store.live_frames
    frames = store.frames.rows[rows]
    keys = frame_keys(videos[frames["video"].astype(np.int64)], frames["frame_idx"])
    unique, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)  # back to the order of rows
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    place_of = np.full(len(store.frames), -1, np.int64)
    place_of[rows] = rank[inverse]
    return unique[order], rows[first[order]], place_of


def _places_in_base(
    store: Store, rows: IntArray, base_keys: IntArray, keys: IntArray, there: BoolArray
) -> IntArray:
    """Return for each frame row of the base its place among the compared frames; -1 for none."""
    shared = np.flatnonzero(there)
    shared = shared[np.argsort(keys[shared])]
    result = np.full(len(store.frames), -1, np.int64)
    if len(shared):
        found = np.searchsorted(keys[shared], base_keys).clip(max=len(shared) - 1)
        hit = keys[shared][found] == base_keys
        result[rows[hit]] = shared[found[hit]]
    return result


def _count(counts: IntArray, store: Store, rows: IntArray, places: IntArray) -> None:
    kinds = store.instances.rows["instance_type"][rows]
    for kind in (USER, PREDICTED):
        counts[:, kind] = np.bincount(places[kinds == kind], minlength=len(counts))
