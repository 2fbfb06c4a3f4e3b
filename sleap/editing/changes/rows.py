"""Frames and instances that come and go: removal marks rows dead, undo revives them."""

from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from sleap.core.labels import Labels
from sleap.core.renumber import NO_VIDEO
from sleap.core.store import Store
from sleap.core.tables import FRAMES, INSTANCES, PREDICTED, USER, IntArray, Rows, Table
from sleap.editing.changes.change import Change, register
from sleap.editing.touched import Kind, Touched


@register
@frozen(eq=False)
class AddFrames(Change):
    """New frames, without instances.

    Args:
        first: Row of the first.
        videos: (n,) numbers of their videos.
        indices: (n,) their indices there.
    """

    tag: ClassVar[str] = "+frames"

    first: int
    videos: IntArray = field(repr=False)
    indices: IntArray = field(repr=False)

    @property
    def rows(self) -> IntArray:
        """(n,) their rows."""
        return self.first + np.arange(len(self.videos))

    def apply(self, labels: Labels) -> None:
        """Add the frames, or revive them."""
        store = labels.store
        if len(store.frames) > self.first:
            mark_frames(store, self.rows, dead=False)
            return
        pad_frames(store, self.first)
        store.add_frames(self.videos, self.indices)

    def revert(self, labels: Labels) -> None:
        """Mark them dead."""
        mark_frames(labels.store, self.rows, dead=True)

    def touched(self, labels: Labels) -> Touched:
        """Tell them."""
        return Touched.of_frames(Kind.FRAMES, labels.store, self.rows)


@register
@frozen(eq=False)
class AddInstances(Change):
    """New instances with their points.

    What they are lies in their rows, alive or dead; the change holds it only for the journal.

    Args:
        first: Row of the first.
        count: How many.
        records: (count,) ``INSTANCES``, whose points count from 0 in the two arrays below.
        points: ``POINTS`` of the user instances.
        pred_points: ``PRED_POINTS`` of the predicted ones.
    """

    tag: ClassVar[str] = "+instances"

    first: int
    count: int
    records: Rows | None = field(default=None, repr=False)
    points: Rows | None = field(default=None, repr=False)
    pred_points: Rows | None = field(default=None, repr=False)

    @property
    def rows(self) -> IntArray:
        """(n,) their rows."""
        return self.first + np.arange(self.count)

    def apply(self, labels: Labels) -> None:
        """Add the instances, or revive them."""
        store = labels.store
        if len(store.instances) > self.first:
            store.revive_instances(self.rows)
            return
        if self.records is None or self.points is None or self.pred_points is None:
            raise ValueError("instances can be added only once from a change that holds them")
        pad_instances(store, self.first)
        store.add_instances(self.records.copy(), self.points, self.pred_points)

    def revert(self, labels: Labels) -> None:
        """Mark them dead."""
        labels.store.remove_instances(self.rows)

    def touched(self, labels: Labels) -> Touched:
        """Tell their frames."""
        return Touched.of_instances(Kind.INSTANCES, labels.store, self.rows)

    def spelled_out(self, labels: Labels) -> Change:
        """Return the change with what lies in the rows now."""
        records, points, pred_points = read_instances(labels.store, self.rows)
        return evolve(self, records=records, points=points, pred_points=pred_points)


@register
@frozen(eq=False)
class RemoveInstances(Change):
    """Instances removed.

    Args:
        rows: (n,) rows of living instances.
    """

    tag: ClassVar[str] = "-instances"

    rows: IntArray = field(repr=False)

    def apply(self, labels: Labels) -> None:
        """Mark them dead."""
        labels.store.remove_instances(self.rows)

    def revert(self, labels: Labels) -> None:
        """Revive them."""
        labels.store.revive_instances(self.rows)

    def touched(self, labels: Labels) -> Touched:
        """Tell their frames."""
        return Touched.of_instances(Kind.INSTANCES, labels.store, self.rows)


@register
@frozen(eq=False)
class RemoveFrames(Change):
    """Frames removed; their instances were removed before.

    Args:
        rows: (n,) rows of living frames without living instances.
    """

    tag: ClassVar[str] = "-frames"

    rows: IntArray = field(repr=False)

    def apply(self, labels: Labels) -> None:
        """Mark them dead."""
        mark_frames(labels.store, self.rows, dead=True)

    def revert(self, labels: Labels) -> None:
        """Revive them."""
        mark_frames(labels.store, self.rows, dead=False)

    def touched(self, labels: Labels) -> Touched:
        """Tell them."""
        return Touched.of_frames(Kind.FRAMES, labels.store, self.rows)


N_ONE_BY_ONE = 64
"""So many revived frames are entered into the index; for more it is made anew when needed."""


def mark_frames(store: Store, rows: IntArray, *, dead: bool) -> None:
    """Mark frames, which have no living instances, dead or alive."""
    store.dead_frames.writable[rows] = dead
    store.n_dead_frames = int(np.count_nonzero(store.dead_frames.rows))
    store.frame_removals += 1
    store.revision += 1
    if dead:
        return
    if len(rows) > N_ONE_BY_ONE:
        store.occupancy.forget()
    else:
        for row in rows.tolist():
            store.occupancy.add(row)


def pad_frames(store: Store, n_frames: int) -> None:
    """Add dead rows that name nothing until there are so many frames."""
    n_missing = n_frames - len(store.frames)
    if n_missing > 0:
        rows = np.zeros(n_missing, FRAMES)
        rows["frame_id"] = np.arange(len(store.frames), n_frames)
        rows["video"] = NO_VIDEO
        _append_dead(store.frames, store.dead_frames, rows)
        store.n_dead_frames += n_missing
        store.occupancy.forget()
        store.revision += 1


def pad_instances(store: Store, n_instances: int) -> None:
    """Add dead rows that name nothing until there are so many instances."""
    n_missing = n_instances - len(store.instances)
    if n_missing > 0:
        rows = np.zeros(n_missing, INSTANCES)
        rows["instance_id"] = np.arange(len(store.instances), n_instances)
        rows["track"] = rows["from_predicted"] = -1
        _append_dead(store.instances, store.dead_instances, rows)
        store.n_dead_instances += n_missing
        store.revision += 1


def _append_dead(table: Table, marks: Table, rows: Rows) -> None:
    table.append(rows)
    marks.append(np.ones(len(rows), bool))


def read_instances(store: Store, rows: IntArray, *, copy: bool = True) -> tuple[Rows, Rows, Rows]:
    """Copy instances with their points.

    Args:
        store: The tables.
        rows: (n,) rows.
        copy: Whether points are copied where they could be looked at in place, too.

    Returns:
        (n,) records whose points count from 0 in the two other arrays; the points of the user
        instances; those of the predicted ones.
    """
    records: Rows = store.instances.rows[rows]
    starts = records["point_id_start"].astype(np.int64)
    counts = records["point_id_end"].astype(np.int64) - starts
    points = []
    for kind, table in ((USER, store.points), (PREDICTED, store.pred_points)):
        chosen = np.flatnonzero(records["instance_type"] == kind)
        ends = np.cumsum(counts[chosen])
        first = starts[chosen]
        if len(chosen) and np.array_equal(first, first[0] + ends - counts[chosen]):
            part = table.rows[first[0] : first[0] + ends[-1]]
            points.append(part.view(f"V{part.itemsize}").copy().view(part.dtype) if copy else part)
        else:
            offsets = np.repeat(first - ends + counts[chosen], counts[chosen])
            points.append(table.rows[offsets + np.arange(len(offsets))])
        records["point_id_start"][chosen], records["point_id_end"][chosen] = (
            ends - counts[chosen],
            ends,
        )
    return records, points[0], points[1]
