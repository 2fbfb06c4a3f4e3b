"""How far animals moved: mistakes of a tracker, and bouts of activity, stand out as peaks.

An animal is a track. In labels without any tracks, an instance alone on its frame is the animal.
"""

import numpy as np

from sleap.core.series.sightings import Sightings
from sleap.core.series.statistic import ALL, NEXT, enter, reduce_frames
from sleap.core.tables import BoolArray, FloatArray, IntArray


@enter(
    *("point_displacement_sum", "Point displacement (sum)"),
    "How far all points moved since the labeled frame before",
    unit="px",
    reach=NEXT,
)
def point_displacement_sum(sightings: Sightings, node: int) -> FloatArray:
    """Add the ways of all points."""
    return _displacement(sightings, "sum")


@enter(
    *("point_displacement_mean", "Point displacement (mean)"),
    "How far the points of an instance moved on average since the labeled frame before, summed over"
    " instances",
    unit="px",
    reach=NEXT,
)
def point_displacement_mean(sightings: Sightings, node: int) -> FloatArray:
    """Add the mean way of the points of each instance."""
    return _displacement(sightings, "mean")


@enter(
    *("point_displacement_max", "Point displacement (max)"),
    "How far the fastest point of an instance moved since the labeled frame before, summed over"
    " instances",
    unit="px",
    reach=NEXT,
)
def point_displacement_max(sightings: Sightings, node: int) -> FloatArray:
    """Add the longest way of a point of each instance."""
    return _displacement(sightings, "max")


@enter(
    *("primary_point_displacement_sum", "Primary point displacement (sum)"),
    "How far one node of all instances moved since each was last seen",
    unit="px",
    needs_node=True,
    reach=ALL,
)
def primary_point_displacement_sum(sightings: Sightings, node: int) -> FloatArray:
    """Add the ways of one node."""
    return primary_displacement(sightings, node, "sum")


@enter(
    *("primary_point_displacement_max", "Primary point displacement (max)"),
    "How far one node of the fastest instance moved since it was last seen",
    unit="px",
    needs_node=True,
    reach=ALL,
)
def primary_point_displacement_max(sightings: Sightings, node: int) -> FloatArray:
    """Find the longest way of one node."""
    return primary_displacement(sightings, node, "max")


def instance_displacements(sightings: Sightings, how: str) -> FloatArray:
    """Measure how far each instance moved since the labeled frame before.

    Args:
        sightings: n instances.
        how: "sum", "mean" or "max" over its points.

    Returns:
        (n,) float64, pixels; NaN if the frame before has no instance of that track, skeleton and
        any of its points.
    """
    previous = _previous_of(sightings)
    result = np.full(len(previous), np.nan)
    reach = np.where(previous < 0, np.arange(len(previous)), previous)
    lead = np.minimum.accumulate(reach[::-1])[::-1]
    for part, first, points in sightings.blocks(lead):
        current = np.flatnonzero(previous[part] >= 0) + part.start
        now, before = current - first, previous[current] - first
        x = points[0][:, now] - points[0][:, before]
        y = points[1][:, now] - points[1][:, before]
        result[current] = _reduce_points(np.sqrt(x * x + y * y), how)
    return result


def _displacement(sightings: Sightings, how: str) -> FloatArray:
    """Return (m,) the ways of all instances together; 0 on a labeled frame where none has one."""
    moved = instance_displacements(sightings, how)
    return np.nan_to_num(reduce_frames(sightings, moved, "sum"))


def _reduce_points(ways: FloatArray, how: str) -> FloatArray:
    """Reduce (n_nodes, n) to (n,), leaving out NaN; NaN where all are."""
    unknown = np.isnan(ways)
    n_known = len(ways) - unknown.sum(axis=0)
    ways[unknown] = 0
    reduced: FloatArray = ways.max(axis=0, initial=0) if how == "max" else ways.sum(axis=0)
    if how == "mean":
        reduced /= np.maximum(n_known, 1)
    reduced[n_known == 0] = np.nan
    return reduced


def _previous_of(sightings: Sightings) -> IntArray:
    """Return (n,) where the same animal is on the labeled frame before; -1 where it is not."""
    n_tracks = len(sightings.store.tracks) + 1
    tracks = sightings.tracks
    keys = sightings.places[sightings.owners] * n_tracks + tracks
    chosen = _one_per_track(sightings, keys)
    found = np.full(len(tracks), -1)
    if not len(chosen):
        return found
    sorted_keys = keys[chosen]
    wanted = sorted_keys - n_tracks
    at = np.minimum(np.searchsorted(sorted_keys, wanted), len(chosen) - 1)
    skeletons = sightings.store.instances.rows["skeleton"][sightings.rows]
    matches = (sorted_keys[at] == wanted) & (skeletons[chosen] == skeletons[chosen[at]])
    found[chosen[matches]] = chosen[at[matches]]
    return found


def _one_per_track(sightings: Sightings, keys: IntArray) -> IntArray:
    """Return positions of instances with a track by ascending key, of equals the user's, the last.

    Args:
        sightings: n instances.
        keys: (n,) the same number for instances that exclude each other.
    """
    chosen = np.flatnonzero(sightings.tracks >= 0)
    if (np.diff(keys[chosen]) <= 0).any():
        chosen = chosen[np.lexsort((~sightings.is_predicted[chosen], keys[chosen]))]
    is_last = np.r_[keys[chosen][1:] != keys[chosen][:-1], True][: len(chosen)]
    result: IntArray = chosen[is_last]
    return result


def primary_displacement(sightings: Sightings, node: int, how: str) -> FloatArray:
    """Measure the ways of one node, over gaps of any length.

    A track is held where it was last seen with that node as long as it is missing, and is where it
    is first seen until then: so an animal that comes back moves once, by the whole way. Where an
    instance with a track is there without the node, nobody knows the sum on its frame and on the
    next: NaN.
    """
    result = np.zeros(sightings.n_frames)
    if not sightings.n_nodes:
        return result
    chosen, xy, is_seen = points_by_track(sightings, node)
    unknown = sightings.owners[chosen[~is_seen]]
    chosen, xy = chosen[is_seen], xy[is_seen]
    owners = sightings.owners[chosen]
    tracks = sightings.tracks[chosen]
    step = np.diff(xy, axis=0)
    ways = np.sqrt((step * step).sum(axis=1))
    ways[tracks[1:] != tracks[:-1]] = 0
    if how == "sum":
        result += np.bincount(owners[1:], ways, minlength=sightings.n_frames)
    else:
        np.maximum.at(result, owners[1:], ways)
    result[unknown] = np.nan
    result[unknown[unknown + 1 < sightings.n_frames] + 1] = np.nan
    return result


def points_by_track(sightings: Sightings, node: int) -> tuple[IntArray, FloatArray, BoolArray]:
    """Find one node of all instances with a track, one a frame and track, by track and frame.

    Returns:
        (k,) positions in ``sightings.rows``; (k, 2) places in pixels, NaN where the node is
        missing or not visible; and (k,) whether it is there.
    """
    keys = sightings.tracks * max(sightings.n_frames, 1) + sightings.owners
    chosen = _one_per_track(sightings, keys)
    return (chosen, *_points_of_node(sightings, chosen, node))


def _points_of_node(
    sightings: Sightings, chosen: IntArray, node: int
) -> tuple[FloatArray, BoolArray]:
    """Return (n, 2) where a node of instances is, and (n,) whether it is there and visible."""
    store, rows = sightings.store, sightings.rows[chosen]
    records = store.instances.rows
    starts = records["point_id_start"][rows].astype(np.int64)
    counts = records["point_id_end"][rows].astype(np.int64) - starts
    xy = np.full((len(rows), 2), np.nan)
    is_seen = np.zeros(len(rows), bool)
    predicted = sightings.is_predicted[chosen]
    for table, is_kind in ((store.points.rows, ~predicted), (store.pred_points.rows, predicted)):
        has = np.flatnonzero(is_kind & (counts > node))
        places = starts[has] + node
        xy[has, 0], xy[has, 1] = table["x"][places], table["y"][places]
        is_seen[has] = table["visible"][places] & ~np.isnan(xy[has, 0])
    return xy, is_seen
