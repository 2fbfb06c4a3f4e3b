"""Nodes of a skeleton that instances have already: the tables of points change with it.

The points are laid out in new tables and the old ones are left as they were, so that an undo can
keep them (``Layout.of``) and put them back (``restore``).
"""

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray, Rows, Table
from sleap.core.transfer import transfer_points
from sleap.errors import LabelsError


@frozen(eq=False)
class Layout:
    """Where the points of a store lie at a moment.

    Args:
        points: Table of the points of user instances.
        pred_points: Table of those of predicted instances.
        starts: (n_instances,) first point of each instance.
        ends: (n_instances,) end of the points of each instance.
    """

    points: Table
    pred_points: Table
    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, store: Store) -> "Layout":
        """Return that of a store, to be restored after its nodes were changed."""
        rows = store.instances.rows
        starts, ends = rows["point_id_start"].copy(), rows["point_id_end"].copy()
        return cls(store.points, store.pred_points, starts, ends)

    def restore(self, store: Store) -> None:
        """Put the points back; the skeleton has to be changed back, too."""
        store.points, store.pred_points = self.points, self.pred_points
        rows = store.instances.writable
        rows["point_id_start"], rows["point_id_end"] = self.starts, self.ends
        store.revision += 1


def add_nodes(store: Store, skeleton: Skeleton, names: Iterable[str]) -> None:
    """Add nodes at the end of a skeleton; on instances there already their points are missing.

    Raises:
        LabelsError: If a name is taken; then nothing is changed.
    """
    number, names = _number(store, skeleton), list(names)
    trial = skeleton.copy()
    for name in names:
        trial.add_node(name)
    n_old = skeleton.n_nodes
    for name in names:
        skeleton.add_node(name)
    lay_out(store, number, n_old, np.r_[np.arange(n_old), np.full(len(names), -1)])


def remove_node(store: Store, skeleton: Skeleton, node: str | int) -> None:
    """Take a node out of a skeleton, and its point out of all instances.

    Raises:
        LabelsError: If there is no such node.
    """
    number, n_old = _number(store, skeleton), skeleton.n_nodes
    index = skeleton.remove_node(node)
    lay_out(store, number, n_old, np.delete(np.arange(n_old), index))


def reorder_nodes(store: Store, skeleton: Skeleton, order: Iterable[str | int]) -> None:
    """Put the nodes of a skeleton, and the points of all instances, into another order.

    Raises:
        LabelsError: If the order does not name each node once.
    """
    number = _number(store, skeleton)
    sources = skeleton.reorder_nodes(order)
    lay_out(store, number, len(sources), sources)


def lay_out(store: Store, skeleton: int, n_nodes: int, sources: IntArray) -> None:
    """Give all instances of a skeleton other points.

    Args:
        store: The tables.
        skeleton: Number of the skeleton.
        n_nodes: How many nodes it had.
        sources: (n_new_nodes,) the index that each node had; -1 if it is new.
    """
    if np.array_equal(sources, np.arange(n_nodes)):
        return
    instances = store.instances.rows
    kinds = instances["instance_type"]
    starts = instances["point_id_start"].astype(np.int64)
    ends = instances["point_id_end"].astype(np.int64)
    # An instance removed before its own skeleton was may bear this number, but has other points.
    is_of = (instances["skeleton"] == skeleton) & (ends - starts == n_nodes)
    for kind, name in ((USER, "points"), (PREDICTED, "pred_points")):
        of_kind = kinds == kind
        if not (of_kind & is_of).any():
            continue
        table, rows = getattr(store, name), np.flatnonzero(of_kind)
        old_starts, counts = starts[rows], ends[rows] - starts[rows]
        changed = is_of[rows]
        new_counts = np.where(changed, len(sources), counts)
        new_ends = np.cumsum(new_counts)
        new_starts = new_ends - new_counts
        target: Rows = np.empty(int(new_ends[-1]), table.rows.dtype)
        transfer_points(
            table.rows, old_starts[changed], n_nodes, target, new_starts[changed], sources
        )
        for count in np.unique(counts[~changed]).tolist():
            other = ~changed & (counts == count)
            every = np.arange(count)
            transfer_points(table.rows, old_starts[other], count, target, new_starts[other], every)
        setattr(store, name, Table(target))
        starts[rows], ends[rows] = new_starts, new_ends
    writable = store.instances.writable
    writable["point_id_start"], writable["point_id_end"] = starts, ends
    store.revision += 1


def _number(store: Store, skeleton: Skeleton) -> int:
    number = store.find_in(store.skeletons, skeleton)
    if number < 0:
        raise LabelsError(f"{skeleton} is not a skeleton of these labels.")
    return number
