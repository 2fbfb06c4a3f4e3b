"""What a file does not hold of rows that come back to life: those dead when it was saved."""

from typing import Any

import numpy as np
from attrs import field, frozen

from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, IntArray, Rows
from sleap.editing.changes.rows import read_instances
from sleap.editing.journal.base import link

_KEPT = ("instance_id", "point_id_start", "point_id_end")


class Absent:
    """The rows that the file a journal builds on does not hold.

    Args:
        labels: The labels when they were saved, or read; None: there were no rows at all.
    """

    def __init__(self, labels: Labels | None = None) -> None:
        none = np.empty(0, bool)
        self._frames: BoolArray = none if labels is None else labels.store.dead_frames.rows.copy()
        self._instances: BoolArray = (
            none if labels is None else labels.store.dead_instances.rows.copy()
        )
        self._is_empty = not (self._frames.any() or self._instances.any())

    def take(self, labels: Labels, more: IntArray | None = None) -> "Fill | None":
        """Return what has come back to life, and note that the journal knows it now.

        Args:
            labels: The labels after an edit.
            more: Rows of instances to tell of in any case.
        """
        store = labels.store
        frames = instances = np.empty(0, np.int64)
        if not self._is_empty:
            n_frames, n_instances = len(self._frames), len(self._instances)
            frames = np.flatnonzero(self._frames & ~store.dead_frames.rows[:n_frames])
            instances = np.flatnonzero(self._instances & ~store.dead_instances.rows[:n_instances])
            self._frames[frames] = False
            self._instances[instances] = False
        origins = instances
        if more is not None and len(more):
            instances = np.union1d(instances, more)
        if not len(frames) and not len(instances):
            return None
        return Fill.of(store, frames, instances, origins)


@frozen(eq=False)
class Fill:
    """Contents of rows.

    Args:
        frames: (n,) rows of frames.
        frame_records: (n,) ``FRAMES``.
        instances: (m,) rows of instances.
        records: (m,) ``INSTANCES``, whose points count from 0 below.
        points: ``POINTS`` of the user instances.
        pred_points: ``PRED_POINTS`` of the predicted ones.
        linked: Rows of instances that were made from one of those.
        origins: From which.
    """

    frames: IntArray = field(repr=False)
    frame_records: Rows = field(repr=False)
    instances: IntArray = field(repr=False)
    records: Rows = field(repr=False)
    points: Rows = field(repr=False)
    pred_points: Rows = field(repr=False)
    linked: IntArray = field(repr=False)
    origins: IntArray = field(repr=False)

    @classmethod
    def of(cls, store: Store, frames: IntArray, instances: IntArray, revived: IntArray) -> "Fill":
        """Look at rows as they are now, and at who was made from the revived ones."""
        records, points, pred_points = read_instances(store, instances, copy=False)
        column = store.instances.rows["from_predicted"]
        is_revived = np.zeros(len(column) + 1, bool)  # the last answers for -1
        is_revived[revived] = True
        linked = np.flatnonzero(is_revived[column]) if len(revived) else revived
        return cls(
            frames,
            store.frames.rows[frames],
            instances,
            records,
            points,
            pred_points,
            linked,
            column[linked].astype(np.int64),
        )

    def put(self, labels: Labels) -> None:
        """Write the rows; whether they live was seen to by changes."""
        store = labels.store
        if len(self.frames):
            for name in ("video", "frame_idx"):
                store.frames.writable[name][self.frames] = self.frame_records[name]
            store.occupancy.forget()
        if len(self.instances):
            self._put_points(store)
            rows = store.instances.writable
            for name in self.records.dtype.names or ():
                if name not in _KEPT:
                    rows[name][self.instances] = self.records[name]
            link(store, self.instances)
        if len(self.linked):
            store.instances.writable["from_predicted"][self.linked] = self.origins
        store.revision += 1

    def _put_points(self, store: Store) -> None:
        rows = store.instances.writable
        starts, ends = (
            rows[name][self.instances].astype(np.int64)
            for name in ("point_id_start", "point_id_end")
        )
        new_starts, new_ends = (
            self.records[name].astype(np.int64) for name in ("point_id_start", "point_id_end")
        )
        counts = new_ends - new_starts
        kinds = self.records["instance_type"]
        fits = (ends - starts == counts) & (rows["instance_type"][self.instances] == kinds)
        sides: tuple[tuple[int, Any, Rows], ...] = (
            (USER, store.points, self.points),
            (PREDICTED, store.pred_points, self.pred_points),
        )
        for kind, table, points in sides:
            of_kind = kinds == kind
            old = np.flatnonzero(of_kind & fits)
            table.writable[_ranges(starts[old], counts[old])] = points[
                _ranges(new_starts[old], counts[old])
            ]
            new = np.flatnonzero(of_kind & ~fits)
            if len(new):
                first = table.append(points[_ranges(new_starts[new], counts[new])])
                last = first + np.cumsum(counts[new])
                rows["point_id_start"][self.instances[new]] = last - counts[new]
                rows["point_id_end"][self.instances[new]] = last


def _ranges(starts: IntArray, counts: IntArray) -> IntArray:
    """Return the numbers of ranges, one behind the other."""
    ends = np.cumsum(counts)
    rows: IntArray = np.repeat(starts - (ends - counts), counts) + np.arange(int(counts.sum()))
    return rows
