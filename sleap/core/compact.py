"""Clean tables out of a store in which frames were edited, removed and added."""

import numpy as np

from sleap.core.check import is_packed, uses_all_points
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray, Rows, Table

Tables = tuple[Rows, Rows, Rows, Rows]

N_RUNS = 4096
"""Up to so many pieces are copied one by one, which takes no memory beside the result."""


def compact(store: Store) -> Tables:
    """Return the tables of what is alive, with ids renumbered by row and points packed.

    Frames stay in the order of their rows; the instances of a frame follow one another. Points
    stay in the order of their rows, too, so that after an edit the large tables are as they were.
    ``from_predicted`` follows its prediction to its new row, or becomes -1 if that was removed.

    Returns:
        frames, instances, points, pred_points: the very arrays of the store, not to be written
        to, if nothing is to be changed; else new ones.
    """
    frames, instances = store.frames.rows, store.instances.rows
    if store.revision == 0 or (
        not store.n_dead_frames
        and not store.n_dead_instances
        and not store.extras
        and is_packed(frames, len(instances))
    ):
        points, pred_points = store.points, store.pred_points
        if uses_all_points(instances, len(points), len(pred_points)):
            return frames, instances, points.rows, pred_points.rows

    kept_frames = store.live_frames
    new_frame = np.full(len(frames), -1, np.int64)
    new_frame[kept_frames] = np.arange(len(kept_frames))
    kept, owners = _members_in_order(store, new_frame)
    new_row = np.full(len(instances) + 1, -1, np.int64)  # the last entry answers for -1
    new_row[kept] = np.arange(len(kept))

    frames, instances = _take(frames, kept_frames), _take(instances, kept)
    frames["frame_id"] = np.arange(len(frames))
    bounds = np.searchsorted(owners, np.arange(len(frames) + 1))
    frames["instance_id_start"], frames["instance_id_end"] = bounds[:-1], bounds[1:]
    instances["from_predicted"] = new_row[instances["from_predicted"]]
    instances["instance_id"] = np.arange(len(instances))
    instances["frame_id"] = owners
    return (
        frames,
        instances,
        _pack(instances, USER, store.points),
        _pack(instances, PREDICTED, store.pred_points),
    )


def _members_in_order(store: Store, new_frame: IntArray) -> tuple[IntArray, IntArray]:
    """Return the rows of living instances by frame, and the new number of the frame of each."""
    rows = store.live_instances
    owners = new_frame[store.instances.rows["frame_id"][rows].astype(np.int64)]
    if (owners < 0).any():  # an instance brought back to a frame that is still removed
        rows, owners = rows[owners >= 0], owners[owners >= 0]
    if (owners[1:] < owners[:-1]).any():
        order = np.argsort(owners, kind="stable")
        rows, owners = rows[order], owners[order]
    return rows, owners


def _pack(instances: Rows, kind: int, table: Table) -> Rows:
    """Leave out the points that no instance of a kind has, and point the instances at the rest.

    The points keep their order; if all are in use this is the very array of the table.
    """
    chosen = np.flatnonzero(instances["instance_type"] == kind)
    starts = instances["point_id_start"][chosen].astype(np.int64)
    ends = instances["point_id_end"][chosen].astype(np.int64)
    if (starts[1:] < starts[:-1]).any():
        order = np.argsort(starts, kind="stable")
        chosen, starts, ends = chosen[order], starts[order], ends[order]
    new_ends = np.cumsum(ends - starts)
    new_starts = new_ends - (ends - starts)
    if not np.array_equal(new_starts, starts):
        instances["point_id_start"][chosen] = new_starts
        instances["point_id_end"][chosen] = new_ends
    elif len(table) == (ends[-1] if len(ends) else 0):
        return table.rows
    return _gather(table.rows, starts, ends)


def _take(rows: Rows, places: IntArray) -> Rows:
    """Copy rows by place."""
    breaks = np.flatnonzero(np.diff(places) != 1) + 1
    if not len(places) or len(breaks) >= N_RUNS:
        taken: Rows = _as_bytes(rows)[places].view(rows.dtype)
        return taken
    return _gather(rows, places[np.r_[0, breaks]], places[np.r_[breaks - 1, -1]] + 1)


def _gather(rows: Rows, starts: IntArray, ends: IntArray) -> Rows:
    """Put the spans of an array one behind the other; neighbouring ones are copied as one."""
    breaks = np.flatnonzero(starts[1:] != ends[:-1]) + 1
    firsts = starts[np.r_[0, breaks]] if len(starts) else starts
    lasts = ends[np.r_[breaks - 1, len(ends) - 1]] if len(ends) else ends
    raw = _as_bytes(rows)
    if len(firsts) <= N_RUNS:
        runs = [raw[a:b] for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)]
        gathered = np.concatenate([raw[:0], *runs])
    else:
        counts = lasts - firsts
        offsets = firsts - (np.cumsum(counts) - counts)
        gathered = raw[np.repeat(offsets, counts) + np.arange(counts.sum())]
    return gathered.view(rows.dtype)


def _as_bytes(rows: Rows) -> Rows:
    """See records as pieces of bytes: numpy copies records field by field, ten times slower."""
    return rows.view(f"V{rows.dtype.itemsize}")
