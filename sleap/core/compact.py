"""Clean tables out of a store in which frames were edited, removed and added."""

import numpy as np

from sleap.core.check import is_clean
from sleap.core.store import Store
from sleap.core.tables import POINTS, PRED_POINTS, PREDICTED, USER, IntArray, Rows, Table

Tables = tuple[Rows, Rows, Rows, Rows]


def compact(store: Store) -> Tables:
    """Return the tables of what is alive, with ids renumbered by row and points packed.

    Frames stay in the order of their rows; the instances of a frame follow one another.
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
        and is_clean(frames, instances)
    ):
        return frames, instances, store.points.rows, store.pred_points.rows

    kept_frames = store.live_frames
    new_frame = np.full(len(frames), -1, np.int64)
    new_frame[kept_frames] = np.arange(len(kept_frames))
    kept, owners = _members_in_order(store, new_frame)
    new_row = np.full(len(instances) + 1, -1, np.int64)  # the last entry answers for -1
    new_row[kept] = np.arange(len(kept))

    frames, instances = frames[kept_frames], instances[kept]
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
    """Gather the points of all instances of a kind, and point the instances at them."""
    chosen = np.flatnonzero(instances["instance_type"] == kind)
    starts = instances["point_id_start"][chosen].astype(np.int64)
    counts = instances["point_id_end"][chosen].astype(np.int64) - starts
    ends = np.cumsum(counts)
    instances["point_id_start"][chosen] = ends - counts
    instances["point_id_end"][chosen] = ends
    if not len(chosen):
        return np.empty(0, POINTS if kind == USER else PRED_POINTS)
    source = np.repeat(starts - (ends - counts), counts) + np.arange(ends[-1])
    points: Rows = table.rows[source]
    return points
