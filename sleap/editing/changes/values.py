"""Values of rows that stay where they are: columns of frames and instances, and points."""

from typing import ClassVar

import numpy as np
from attrs import evolve, field, frozen

from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.tables import PRED_POINTS, IntArray, Rows
from sleap.editing.changes.change import Change, register
from sleap.editing.shield import secure
from sleap.editing.touched import Kind, Touched


@register
@frozen(eq=False)
class SetValues(Change):
    """New values in one column of frames or instances.

    Args:
        table: "frames" or "instances".
        column: Name of the column.
        rows: (n,) rows.
        old: (n,) values before, of the type of the column.
        new: (n,) values after.
    """

    tag: ClassVar[str] = "values"

    table: str
    column: str
    rows: IntArray = field(repr=False)
    old: Rows = field(repr=False)
    new: Rows = field(repr=False)

    def apply(self, labels: Labels) -> None:
        """Put the new values in."""
        self._put(labels, self.new)

    def revert(self, labels: Labels) -> None:
        """Put the old values back."""
        self._put(labels, self.old)

    def touched(self, labels: Labels) -> Touched:
        """Tell the frames of the rows."""
        if self.table == "frames":
            return Touched.of_frames(Kind.FRAMES, labels.store, self.rows)
        kind = Kind.TRACKS if self.column == "track" else Kind.INSTANCES
        return Touched.of_instances(kind, labels.store, self.rows)

    def joined(self, later: Change) -> Change | None:
        """Keep only the first and the last values of the same rows."""
        if (
            isinstance(later, SetValues)
            and (later.table, later.column) == (self.table, self.column)
            and np.array_equal(later.rows, self.rows)
        ):
            return evolve(self, new=later.new)
        return None

    def _put(self, labels: Labels, values: Rows) -> None:
        table = labels.store.frames if self.table == "frames" else labels.store.instances
        secure(table, self.rows)
        table.writable[self.column][self.rows] = values


@register
@frozen(eq=False)
class SetPoints(Change):
    """New values of points, named by instance and node.

    Args:
        instances: (n,) rows of instances, all user or all predicted ones.
        nodes: (n,) index of the node of each.
        old: (n,) ``POINTS`` or ``PRED_POINTS`` before.
        new: (n,) the same after.
    """

    tag: ClassVar[str] = "points"

    instances: IntArray = field(repr=False)
    nodes: IntArray = field(repr=False)
    old: Rows = field(repr=False)
    new: Rows = field(repr=False)

    def apply(self, labels: Labels) -> None:
        """Put the new points in."""
        write_points(labels.store, self.instances, self.nodes, self.new)

    def revert(self, labels: Labels) -> None:
        """Put the old points back."""
        write_points(labels.store, self.instances, self.nodes, self.old)

    def touched(self, labels: Labels) -> Touched:
        """Tell the frames of the instances."""
        return Touched.of_instances(Kind.POINTS, labels.store, self.instances)

    def joined(self, later: Change) -> Change | None:
        """Keep only the first and the last place of the same points."""
        if (
            isinstance(later, SetPoints)
            and later.new.dtype == self.new.dtype
            and np.array_equal(later.instances, self.instances)
            and np.array_equal(later.nodes, self.nodes)
        ):
            return evolve(self, new=later.new)
        return None


def point_rows(store: Store, instances: IntArray, nodes: IntArray) -> IntArray:
    """Return (n,) the rows in their table of points named by instance and node."""
    starts = store.instances.rows["point_id_start"][instances].astype(np.int64)
    rows: IntArray = starts + nodes
    return rows


def write_points(store: Store, instances: IntArray, nodes: IntArray, values: Rows) -> None:
    """Write points of instances of the kind that ``values`` is of.

    Where a journal is replayed there may be rows that are still empty, to be filled by the end of
    the record: they have no points yet, and none are written.
    """
    records = store.instances.rows
    has_points = records["point_id_end"][instances] > records["point_id_start"][instances]
    if not has_points.all():
        instances, nodes, values = instances[has_points], nodes[has_points], values[has_points]
    table = store.pred_points if values.dtype == PRED_POINTS else store.points
    rows = point_rows(store, instances, nodes)
    secure(table, rows)
    table.writable[rows] = values
