"""Whether four tables fit together: every number inside the table or list it points into."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sleap.core.occupancy import FRAME_BITS
from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    FRAMES,
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    USER,
    BoolArray,
    IntArray,
    Rows,
    conform,
)
from sleap.errors import LabelsError

N_SHOWN = 3
"""How many wrong rows a message names."""


class Checked(NamedTuple):
    """Tables whose ids are row numbers, and the instances that no frame has."""

    frames: Rows
    instances: Rows
    points: Rows
    pred_points: Rows
    orphans: IntArray


def check_tables(
    frames: Rows,
    instances: Rows,
    points: Rows,
    pred_points: Rows,
    *,
    n_videos: int,
    skeletons: Sequence[Skeleton],
    n_tracks: int,
) -> Checked:
    """Check the tables of a file, and number their ids by row where they are not.

    A ``from_predicted`` that names no instance becomes -1: losing it costs no pose.

    Args:
        frames: (n,) rows of the table ``frames``; a frame owns the instance *rows* from
            ``instance_id_start`` to ``instance_id_end`` (exclusive).
        instances: (n,) rows of the table ``instances``.
        points: (n,) rows of the table ``points``.
        pred_points: (n,) rows of the table ``pred_points``.
        n_videos: How many videos there are.
        skeletons: The skeletons.
        n_tracks: How many tracks there are.

    Returns:
        The same arrays where nothing had to be changed, else changed copies.

    Raises:
        LabelsError: If something points nowhere; the message names the rows.
    """
    frames, instances = conform(frames, FRAMES), conform(instances, INSTANCES)
    points, pred_points = conform(points, POINTS), conform(pred_points, PRED_POINTS)
    _check_instances(instances, len(points), len(pred_points), skeletons, n_tracks)
    _reject("frames", frames["video"] >= n_videos, f"video outside of the {n_videos} listed")
    _reject("frames", frames["frame_idx"] >= 1 << FRAME_BITS, "impossible frame index")
    owners = _owners(frames, len(instances))
    frames, instances = _number_by_row(frames, instances, owners)
    return Checked(frames, instances, points, pred_points, np.flatnonzero(owners < 0))


def _check_instances(
    instances: Rows,
    n_points: int,
    n_pred_points: int,
    skeletons: Sequence[Skeleton],
    n_tracks: int,
) -> None:
    types = instances["instance_type"]
    _reject("instances", types > PREDICTED, "type other than 0 (user) and 1 (predicted)")
    numbers = instances["skeleton"]
    _reject(
        "instances", numbers >= len(skeletons), f"skeleton outside of the {len(skeletons)} listed"
    )
    tracks = instances["track"]
    _reject(
        "instances",
        (tracks < -1) | (tracks >= n_tracks),
        f"track outside of the {n_tracks} listed (-1 for none)",
    )
    starts, ends = instances["point_id_start"], instances["point_id_end"]
    sizes = np.array([n_points, n_pred_points], np.uint64)
    _reject("instances", (ends > sizes[types]) | (starts > ends), "points outside of their table")
    n_nodes = np.array([skeleton.n_nodes for skeleton in skeletons], np.uint64)
    if len(instances):
        _reject(
            "instances",
            ends - starts != n_nodes[numbers],
            f"number of points other than the nodes of the skeleton ({n_nodes.tolist()})",
        )


def _owners(frames: Rows, n_instances: int) -> IntArray:
    """Return (n_instances,) the frame row that owns each instance, -1 for none."""
    starts = frames["instance_id_start"].astype(np.int64)
    ends = frames["instance_id_end"].astype(np.int64)
    _reject(
        "frames",
        (starts > ends) | (starts < 0) | ((ends > n_instances) & (ends > starts)),
        f"instances outside of the {n_instances} there are",
    )
    counts = ends - starts
    rows = np.flatnonzero(counts)
    first, last, counts = starts[rows], ends[rows], counts[rows]
    if len(rows) == 0:
        return np.full(n_instances, -1, np.int64)
    if first[0] == 0 and last[-1] == n_instances and (first[1:] == last[:-1]).all():
        return np.repeat(rows, counts)
    order = np.argsort(first, kind="stable")
    overlap = np.zeros(len(frames), bool)
    overlap[rows[order[1:]]] = first[order[1:]] < last[order[:-1]]
    _reject("frames", overlap, "instances that another frame owns, too")
    owners = np.full(n_instances, -1, np.int64)
    ranges = (
        np.repeat(first, counts)
        + np.arange(counts.sum())
        - np.repeat(np.cumsum(counts) - counts, counts)
    )
    owners[ranges] = np.repeat(rows, counts)
    return owners


def _number_by_row(frames: Rows, instances: Rows, owners: IntArray) -> tuple[Rows, Rows]:
    numbers = np.arange(len(frames), dtype=np.uint64)
    if not np.array_equal(frames["frame_id"], numbers):
        frames = frames.copy()
        frames["frame_id"] = numbers
    ids = instances["instance_id"]
    origins = instances["from_predicted"]
    rows = np.arange(len(instances))
    if not np.array_equal(ids, rows):
        order = np.argsort(ids, kind="stable")
        place = np.searchsorted(ids, origins, sorter=order).clip(max=max(len(ids) - 1, 0))
        origins = np.where(ids[order[place]] == origins, order[place], -1)
        instances = instances.copy()
        instances["instance_id"] = rows
        instances["from_predicted"] = origins
    else:
        dangling = (origins < -1) | (origins >= len(instances))
        if dangling.any():
            instances = instances.copy()
            instances["from_predicted"][dangling] = -1
    owned = np.maximum(owners, 0).astype(np.uint64)
    if not np.array_equal(instances["frame_id"], owned):
        instances = instances.copy()
        instances["frame_id"] = owned
    return frames, instances


def _reject(table: str, wrong: BoolArray, what: str) -> None:
    if wrong.any():
        rows = np.flatnonzero(wrong)
        shown = ", ".join(str(row) for row in rows[:N_SHOWN].tolist())
        more = f" and {len(rows) - N_SHOWN} more" if len(rows) > N_SHOWN else ""
        raise LabelsError(
            f"Table '{table}', row{'s' if len(rows) > 1 else ''} {shown}{more}: {what}. "
            "The file is damaged, or a faulty program wrote it."
        )


def is_packed(frames: Rows, n_instances: int) -> bool:
    """Tell whether the instance ranges of the frames follow one another and leave none out."""
    starts, ends = frames["instance_id_start"], frames["instance_id_end"]
    if not len(frames):
        return n_instances == 0
    packed: bool = (
        starts[0] == 0 and ends[-1] == n_instances and np.array_equal(starts[1:], ends[:-1])
    )
    return packed


def uses_all_points(instances: Rows, n_points: int, n_pred_points: int) -> bool:
    """Tell whether the instances of each kind own all points of their table, each once."""
    for kind, n_rows in ((USER, n_points), (PREDICTED, n_pred_points)):
        of_kind = instances["instance_type"] == kind
        chosen = instances if of_kind.all() else instances[of_kind]
        starts, ends = chosen["point_id_start"], chosen["point_id_end"]
        if (starts[1:] < starts[:-1]).any():
            starts, ends = np.sort(starts), np.sort(ends)
        if not len(chosen):
            covered = n_rows == 0
        else:
            covered = (
                starts[0] == 0 and ends[-1] == n_rows and np.array_equal(starts[1:], ends[:-1])
            )
        if not covered:
            return False
    return True
