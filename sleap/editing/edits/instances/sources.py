"""Which instance a new one is copied from."""

from enum import Enum

import numpy as np
from attrs import frozen

from sleap.core.arrays import gather_points
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, FloatArray, IntArray
from sleap.editing.edits.instances.poses import is_missing
from sleap.editing.edits.lookup import place_of, shown_members, unused_predictions

N_NEAR = 256
"""So many frames before are asked for one by one before the whole table is looked at."""

N_SAMPLE = 200
"""Instances that a typical pose is made of, at most."""

XY = tuple[float, float]


class Origin(Enum):
    """What a source is to the new instance."""

    SELECTED = "an instance that is selected"
    PREDICTION = "a prediction on this frame that is used for no other"
    PRIOR = "an instance of the frame before"
    NEIGHBOR = "another instance of this frame"


@frozen
class Source:
    """What to copy.

    Args:
        row: Row of the instance.
        origin: What it is to the new one.
    """

    row: int
    origin: Origin


def find_source(
    store: Store,
    video: int,
    frame_idx: int,
    method: str,
    *,
    skeleton: int | None = None,
    at: XY | None = None,
    selected: int | None = None,
) -> Source | None:
    """Find what a new instance is copied from.

    "best" takes the first there is of: the selected instance; an unused prediction on the frame;
    the n-th instance of the frame before when there are n here already; the last one here; the
    last of the frame before. "copy_predictions" and "copy_prior_frame" take only those.

    Args:
        store: The tables.
        video: Number of the video.
        frame_idx: Index of the frame in the video.
        method: How nodes are placed.
        skeleton: Number of the only skeleton that will do; None: any.
        at: (x, y) pixels: of several, the nearest one is taken.
        selected: Row of the instance that is selected.

    Returns:
        The source, or None.
    """
    if method not in ("best", "copy_predictions", "copy_prior_frame"):
        return None
    frame = store.occupancy.find(video, frame_idx)
    unused = _of_skeleton(store, unused_predictions(store, frame), skeleton) if frame >= 0 else []
    if method == "best" and selected is not None:
        if selected in unused:
            return Source(selected, Origin.PREDICTION)
        if _of_skeleton(store, [selected], skeleton):
            return Source(selected, Origin.SELECTED)
    if method != "copy_prior_frame" and unused:
        return Source(_nearest(store, unused, at), Origin.PREDICTION)
    if method == "copy_predictions":
        return None
    here = _of_skeleton(store, shown_members(store, frame), skeleton) if frame >= 0 else []
    prior = prior_frame(store, video, frame_idx)
    before = _of_skeleton(store, shown_members(store, prior), skeleton) if prior >= 0 else []
    match = _match(store, before, here, at)
    if match is not None:
        return Source(match, Origin.PRIOR)
    if method == "best" and here:
        return Source(here[-1], Origin.NEIGHBOR)
    return Source(before[-1], Origin.PRIOR) if before else None


def prior_frame(store: Store, video: int, frame_idx: int) -> int:
    """Return the row of the last frame before one that has instances; -1 if there is none."""
    for index in range(frame_idx - 1, max(frame_idx - 1 - N_NEAR, -1), -1):
        row = store.occupancy.find(video, index)
        if row >= 0 and store.members(row):
            return row
    frames = store.frames.rows
    earlier = (frames["frame_idx"] < frame_idx) & (frames["video"] == video)
    earlier &= ~store.dead_frames.rows
    rows = np.flatnonzero(earlier)
    indices = frames["frame_idx"][rows].astype(np.int64)
    while len(rows):
        place = int(indices.argmax())
        if indices[place] < 0:
            break
        if store.members(int(rows[place])):
            return int(rows[place])
        indices[place] = -1
    return -1


def sample_poses(store: Store, skeleton: int, n_nodes: int) -> FloatArray:
    """Return some instances of a skeleton, those of users if there are any.

    Args:
        store: The tables.
        skeleton: Number of the skeleton.
        n_nodes: Its nodes.

    Returns:
        (n, n_nodes, 2) pixels, NaN if missing.
    """
    poses: FloatArray = np.empty((0, n_nodes, 2))
    for kind in (USER, PREDICTED):
        rows = _spread(np.flatnonzero(store.instances.rows["instance_type"] == kind))
        rows = rows[~store.dead_instances.rows[rows]]
        rows = rows[store.instances.rows["skeleton"][rows] == skeleton]
        poses = gather_points(store, _spread(rows, N_SAMPLE), n_nodes)
        poses = poses[~np.logical_and.reduce(is_missing(poses), axis=1)]
        if len(poses):
            break
    return poses


def _spread(rows: IntArray, n: int = 50 * N_SAMPLE) -> IntArray:
    """Return at most so many of the rows, evenly spread."""
    if len(rows) <= n:
        return rows
    return rows[np.linspace(0, len(rows) - 1, n).astype(np.int64)]


def _of_skeleton(store: Store, rows: list[int], skeleton: int | None) -> list[int]:
    if skeleton is None:
        return rows
    return [row for row in rows if store.instances.rows["skeleton"][row] == skeleton]


def _match(store: Store, before: list[int], here: list[int], at: XY | None) -> int | None:
    """Return the instance of the frame before that is most likely still to be labeled here.

    That is the n-th when there are n here; but one whose track is here already is passed over.
    """
    column = store.instances.rows["track"]
    taken = {int(column[row]) for row in here} - {-1}
    free = [row for row in before if int(column[row]) not in taken]
    if at is not None and free:
        return _nearest(store, free, at)
    nth = before[len(here) : len(here) + 1]
    if nth and nth[0] in free:
        return nth[0]
    tracked = [row for row in free if column[row] >= 0]
    return tracked[0] if nth and tracked else None


def _nearest(store: Store, rows: list[int], at: XY | None) -> int:
    """Return the first of some instances, or the one whose nearest point is nearest to a place."""
    if at is None:
        return rows[0]
    distances = []
    for row in rows:
        points = store.points_of(row)
        away = np.hypot(points["x"] - at[0], points["y"] - at[1])
        distances.append(float(np.nanmin(away, initial=np.inf)))
    return rows[int(np.argmin(distances))]


def is_on_frame(store: Store, row: int, video: int, frame_idx: int) -> bool:
    """Tell whether an instance row lies on a frame."""
    return place_of(store, row)[1:] == (video, frame_idx)
