"""Whole-table arithmetic: instances chosen, points gathered, labels as one array."""

import numpy as np

from sleap.core.occupancy import frame_keys
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray

N_BLOCK = 1 << 16
"""Instances handled at a time, so that temporary arrays stay small."""


def choose_instances(store: Store, video: int | None = None, kind: int | None = None) -> IntArray:
    """Return the rows of living instances, ascending.

    Args:
        store: The tables.
        video: Only of this video.
        kind: Only ``USER`` or ``PREDICTED`` ones.
    """
    rows = store.live_instances
    if kind is not None:
        rows = rows[store.instances.rows["instance_type"][rows] == kind]
    if video is not None and (len(store.videos) > 1 or video != 0):
        rows = rows[store.frames.rows["video"][frames_of(store, rows)] == video]
    return rows


def frames_of(store: Store, rows: IntArray) -> IntArray:
    """Return (n,) the frame row of each instance row."""
    return store.instances.rows["frame_id"][rows].astype(np.int64)


def frame_indices_of(store: Store, rows: IntArray) -> IntArray:
    """Return (n,) the index in its video of the frame of each instance row."""
    return store.frames.rows["frame_idx"][frames_of(store, rows)].astype(np.int64)


def sorted_frames(store: Store, video: int | None = None, kind: int | None = None) -> IntArray:
    """Return the rows of living frames by video, then by time.

    Args:
        store: The tables.
        video: Only of this video.
        kind: Only with a ``USER`` or ``PREDICTED`` instance.
    """
    if kind is None:
        rows = store.live_frames
    else:
        owners = frames_of(store, choose_instances(store, video, kind))
        rows = np.flatnonzero(np.bincount(owners, minlength=len(store.frames)))
    frames = store.frames.rows[rows]
    keys = frame_keys(frames["video"], frames["frame_idx"])
    if video is not None and (len(store.videos) > 1 or video != 0):
        chosen = frames["video"] == video
        rows, keys = rows[chosen], keys[chosen]
    if (keys[1:] < keys[:-1]).any():
        rows = rows[np.argsort(keys, kind="stable")]
    return rows


def superseded(store: Store) -> BoolArray:
    """Return (n_instances,) bool: predictions that a living user instance was made from."""
    mask = np.zeros(len(store.instances), bool)
    rows = choose_instances(store, kind=USER)
    origins = store.instances.rows["from_predicted"][rows]
    has = origins >= 0
    rows, origins = rows[has], origins[has]
    mask[origins[frames_of(store, rows) == frames_of(store, origins)]] = True
    return mask


def rank_in_frame(owners: IntArray) -> IntArray:
    """Return (n,) the place of each among the equal numbers before it."""
    order = np.argsort(owners, kind="stable") if (owners[1:] < owners[:-1]).any() else None
    sorted_owners = owners if order is None else owners[order]
    first = np.flatnonzero(np.r_[True, sorted_owners[1:] != sorted_owners[:-1]][: len(owners)])
    counts = np.diff(np.r_[first, len(owners)])
    ranks = np.arange(len(owners)) - np.repeat(first, counts)
    if order is None:
        return ranks
    result = np.empty_like(ranks)
    result[order] = ranks
    return result


def gather_points(store: Store, rows: IntArray, n_nodes: int, n_values: int = 2) -> FloatArray:
    """Collect the points of many instances.

    Args:
        store: The tables.
        rows: (n,) instance rows, of any kinds and skeletons.
        n_nodes: Nodes in the result; of larger skeletons the rest is left out.
        n_values: 2 for x and y; 3 for the score, too (NaN of user instances); 4 for whether the
            point is visible, too (1 or 0).

    Returns:
        (n, n_nodes, n_values) float64, pixels; NaN for missing points and nodes.
    """
    result = np.empty((len(rows), n_nodes, n_values))
    records = store.instances.rows[rows]
    starts = records["point_id_start"].astype(np.int64)
    counts = records["point_id_end"].astype(np.int64) - starts
    names = ("x", "y", "score", "visible")[:n_values]
    for kind, table in ((USER, store.points.rows), (PREDICTED, store.pred_points.rows)):
        of_kind = records["instance_type"] == kind
        for count in np.unique(counts[of_kind]).tolist():
            chosen = np.flatnonzero(of_kind & (counts == count))
            every = len(chosen) == len(rows)
            kept = min(count, n_nodes)
            place = slice(None) if every else chosen
            result[place, kept:] = np.nan
            first = starts[chosen]
            packed = len(first) > 1 and (np.diff(first) == count).all()
            for value, name in enumerate(names):
                if name == "score" and kind == USER:
                    result[place, :kept, value] = np.nan
                elif packed:
                    block = table[name][first[0] : first[0] + count * len(first)]
                    result[place, :kept, value] = block.reshape(-1, count)[:, :kept]
                else:
                    result[place, :kept, value] = table[name][first[:, None] + np.arange(kept)]
    return result


def to_array(
    store: Store, video: int, *, untracked: bool = False, return_scores: bool = False
) -> FloatArray:
    """Lay the instances of a video out by frame and track.

    Args:
        store: The tables.
        video: Number of the video.
        untracked: Lay out by rank within the frame in place of track.
        return_scores: Add the score of each point as third value (NaN of user instances).

    Returns:
        (n_frames, n_tracks, n_nodes, 2 or 3) float64, (x, y) in pixels; NaN where nothing is.
    """
    n_values = 3 if return_scores else 2
    rows = choose_instances(store, video)
    frame_indices = frame_indices_of(store, rows)
    labeled = store.frames.rows[store.live_frames]
    labeled = labeled["frame_idx"][labeled["video"] == video]
    last = int(labeled.max()) + 1 if len(labeled) else 0
    n_frames = max(last, store.videos[video].n_indices)
    n_nodes = max((skeleton.n_nodes for skeleton in store.skeletons), default=0)
    if untracked or not store.tracks:
        hidden = superseded(store)[rows]
        rows, frame_indices = rows[~hidden], frame_indices[~hidden]
        columns = rank_in_frame(frame_indices)
        n_columns = int(columns.max()) + 1 if len(columns) else 0
    else:
        columns = store.instances.rows["track"][rows].astype(np.int64)
        tracked = columns >= 0
        rows, columns, frame_indices = rows[tracked], columns[tracked], frame_indices[tracked]
        n_columns = len(store.tracks)
    result = np.full((n_frames, n_columns, n_nodes, n_values), np.nan)
    types = store.instances.rows["instance_type"][rows]
    for kind in (PREDICTED, USER):  # what the user set overwrites what was predicted
        chosen = np.flatnonzero(types == kind)
        for begin in range(0, len(chosen), N_BLOCK):
            block = chosen[begin : begin + N_BLOCK]
            result[frame_indices[block], columns[block]] = gather_points(
                store, rows[block], n_nodes, n_values
            )
    return result
