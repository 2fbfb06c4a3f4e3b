"""The instances that are shown on frames of one video, in order of time."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from attrs import define

from sleap.core.arrays import (
    choose_instances,
    frame_indices_of,
    gather_points,
    sorted_frames,
    superseded,
)
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray

N_BLOCK = 1 << 12
"""Instances whose points are read at a time: few enough to stay in the cache of a processor."""


@define(slots=False, eq=False)
class Sightings:
    """Which instance is shown on which frame.

    A prediction that a user instance on the same frame was made from is hidden by it.

    Attributes:
        store: The tables.
        frame_indices: (m,) indices in the video of the labeled frames looked at, ascending.
        places: (m,) the place of each among all labeled frames of the video, ascending.
        rows: (n,) rows of the instances, by frame and then as they lie in the table.
        owners: (n,) position in ``frame_indices`` of the frame of each; ascending.
    """

    store: Store
    frame_indices: IntArray
    places: IntArray
    rows: IntArray
    owners: IntArray

    @property
    def n_frames(self) -> int:
        """Number of frames looked at."""
        return len(self.frame_indices)

    @property
    def n_nodes(self) -> int:
        """Nodes of the largest skeleton."""
        return max((skeleton.n_nodes for skeleton in self.store.skeletons), default=0)

    @cached_property
    def is_predicted(self) -> BoolArray:
        """(n,) whether each is a prediction."""
        mask: BoolArray = self.store.instances.rows["instance_type"][self.rows] == PREDICTED
        return mask

    @cached_property
    def tracks(self) -> IntArray:
        """(n,) number of the track of each, -1 for none.

        In labels without any tracks, an instance that is alone on its frame has number 0: it is
        taken for the one animal there is.
        """
        if self.store.tracks:
            tracks: IntArray = self.store.instances.rows["track"][self.rows].astype(np.int64)
            return tracks
        counts = np.bincount(self.owners, minlength=self.n_frames)
        return np.where(counts[self.owners] == 1, 0, -1)

    def blocks(self, lead: IntArray | None = None) -> "Iterator[tuple[slice, int, FloatArray]]":
        """Read the points of all instances, some at a time.

        Args:
            lead: (n,) the earliest position in ``rows`` whose points are needed together with
                those of each; ascending. None: no other.

        Yields:
            A slice of ``rows``; the position of the first instance read; and (3, n_nodes, n_read)
            float64: x and y in pixels, and scores, NaN of user instances. All three are NaN where
            the point is missing or not visible. A reduction over nodes is fastest in this order.
        """
        for begin in range(0, len(self.rows), N_BLOCK):
            end = min(begin + N_BLOCK, len(self.rows))
            first = begin if lead is None else min(begin, int(lead[begin]))
            planes = _read_planes(self.store, self.rows[first:end], self.n_nodes)
            hidden = np.isnan(planes[0])
            hidden |= planes[3] != 1
            planes[:3, hidden] = np.nan
            yield slice(begin, end), first, planes[:3]

    def read_points(self) -> FloatArray:
        """Read the points of all instances.

        Returns:
            (n, n_nodes, 2) float64, (x, y) in pixels; NaN where missing or not visible.
        """
        points = np.empty((len(self.rows), self.n_nodes, 2))
        for part, _, planes in self.blocks():
            points[part] = planes[:2].T
        return points


def all_sightings(store: Store, video: int) -> Sightings:
    """Look at all labeled frames of a video.

    Args:
        store: The tables.
        video: Number of the video.
    """
    frames = sorted_frames(store, video)
    indices = store.frames.rows["frame_idx"][frames].astype(np.int64)
    labeled = indices[np.r_[True, indices[1:] != indices[:-1]][: len(indices)]]
    rows = choose_instances(store, video)
    hidden = superseded(store)
    if hidden.any():
        rows = rows[~hidden[rows]]
    return _arrange(store, labeled, np.arange(len(labeled)), rows)


def some_sightings(
    store: Store, video: int, frame_indices: IntArray, places: IntArray
) -> Sightings:
    """Look at some frames of a video, without passing over all tables.

    Args:
        store: The tables.
        video: Number of the video.
        frame_indices: (m,) indices of labeled frames, ascending, each once.
        places: (m,) ascending; as in ``Sightings``, or any other numbers with the same neighbors.
    """
    found = [store.occupancy.find(video, index) for index in frame_indices.tolist()]
    members = [row for frame in found for row in store.members(frame)]
    rows = np.array(members, np.int64)
    records = store.instances.rows[rows]
    origins = records["from_predicted"][records["instance_type"] == USER]
    return _arrange(store, frame_indices, places, rows[~np.isin(rows, origins)])


def _arrange(store: Store, indices: IntArray, places: IntArray, rows: IntArray) -> Sightings:
    """Put instances in order of time."""
    owners: IntArray = np.searchsorted(indices, frame_indices_of(store, rows))
    if (owners[1:] < owners[:-1]).any():
        order = np.argsort(owners, kind="stable")
        rows, owners = rows[order], owners[order]
    return Sightings(store, indices, places, rows, owners)


def _read_planes(store: Store, rows: IntArray, n_nodes: int) -> FloatArray:
    """Return (4, n_nodes, n) x, y, score and whether it is visible, of the points of instances.

    Predictions of one skeleton whose points lie one behind the other, the rule after a run of a
    network, are read in one go; ``gather_points`` reads any.
    """
    records = store.instances.rows[rows]
    starts = records["point_id_start"].astype(np.int64)
    ends = records["point_id_end"].astype(np.int64)
    is_packed = (
        len(rows) > 0
        and (records["instance_type"] == PREDICTED).all()
        and (ends - starts == n_nodes).all()
        and (starts[1:] == ends[:-1]).all()
    )
    if not is_packed:
        return np.ascontiguousarray(gather_points(store, rows, n_nodes, 4).T)
    planes = np.empty((4, n_nodes, len(rows)))
    points = store.pred_points.rows[starts[0] : ends[-1]].reshape(-1, n_nodes).T
    for plane, name in zip(planes, ("x", "y", "score", "visible"), strict=True):
        plane[...] = points[name]
    return planes
