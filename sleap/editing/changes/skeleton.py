"""What a skeleton is: names, edges, symmetries; and nodes, which change all points with them."""

from typing import ClassVar

import numpy as np
from attrs import define, field, frozen

from sleap.core.labels import Labels
from sleap.core.nodes import Layout, lay_out
from sleap.core.skeleton import Skeleton
from sleap.core.store import Store
from sleap.core.tables import IntArray
from sleap.editing.changes.change import Change, register
from sleap.editing.shield import secure
from sleap.editing.touched import Kind, Touched


@frozen
class Shape:
    """All that a skeleton is at a moment.

    Args:
        name: Its name.
        nodes: Names of the nodes.
        weights: One number per node.
        edges: Pairs of node indices.
        symmetries: Pairs of node indices.
        description: Free text.
        preview_image: Bytes of an image.
    """

    name: str
    nodes: tuple[str, ...]
    weights: tuple[float, ...]
    edges: tuple[tuple[int, int], ...]
    symmetries: tuple[tuple[int, int], ...]
    description: str | None = None
    preview_image: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, skeleton: Skeleton) -> "Shape":
        """Take that of a skeleton."""
        return cls(
            skeleton.name,
            tuple(skeleton.node_names),
            tuple(skeleton.weights),
            tuple(skeleton.edges),
            tuple(skeleton.symmetries),
            skeleton.description,
            skeleton.preview_image,
        )

    def put(self, skeleton: Skeleton) -> None:
        """Make a skeleton so."""
        skeleton.name = self.name
        skeleton.node_names[:] = self.nodes
        skeleton.weights[:] = self.weights
        skeleton.edges = list(self.edges)
        skeleton.symmetries = list(self.symmetries)
        skeleton.description = self.description
        skeleton.preview_image = self.preview_image

    def make(self) -> Skeleton:
        """Make a new skeleton of it."""
        skeleton = Skeleton()
        self.put(skeleton)
        return skeleton


@register
@frozen(eq=False)
class SetSkeletonShape(Change):
    """Names, edges, symmetries of a skeleton whose nodes stay the same in number and order.

    Args:
        number: Number of the skeleton.
        old: What it was.
        new: What it becomes.
    """

    tag: ClassVar[str] = "skeleton"

    number: int
    old: Shape
    new: Shape

    def apply(self, labels: Labels) -> None:
        """Make it the new one."""
        self.new.put(labels.skeletons[self.number])

    def revert(self, labels: Labels) -> None:
        """Make it the old one."""
        self.old.put(labels.skeletons[self.number])

    def touched(self, labels: Labels) -> Touched:
        """Tell that a skeleton changed; all its instances look different."""
        return Touched(Kind.SKELETON, None)

    def joined(self, later: Change) -> Change | None:
        """Keep only the first and the last shape."""
        if isinstance(later, SetSkeletonShape) and later.number == self.number:
            return SetSkeletonShape(self.number, self.old, later.new)
        return None


@define(eq=False)
class _Sides:
    """Where the points lay before the nodes changed, and where after; each while it is not so."""

    before: Layout | None = None
    after: Layout | None = None


@register
@frozen(eq=False)
class ChangeNodes(Change):
    """Nodes of a skeleton added, removed or put into another order, with the points of instances.

    The tables of points before are kept, so undoing and redoing only puts tables in place.

    Args:
        number: Number of the skeleton.
        old: What it was.
        new: What it becomes.
        sources: (n_new_nodes,) the index that each node had; -1 if it is new.
    """

    tag: ClassVar[str] = "nodes"

    number: int
    old: Shape
    new: Shape
    sources: IntArray
    _sides: _Sides = field(factory=_Sides, init=False, repr=False)

    def apply(self, labels: Labels) -> None:
        """Lay out the points for the new nodes."""
        store = labels.store
        secure(store.instances)
        self._sides.before = Layout.of(store)
        self.new.put(labels.skeletons[self.number])
        if self._sides.after is None:
            lay_out(store, self.number, len(self.old.nodes), self.sources)
        else:
            _restore(store, self._sides.after)
            self._sides.after = None

    def revert(self, labels: Labels) -> None:
        """Put the points back where they were."""
        store = labels.store
        secure(store.instances)
        self._sides.after = Layout.of(store)
        self.old.put(labels.skeletons[self.number])
        if self._sides.before is None:
            lay_out(store, self.number, len(self.new.nodes), self._inverse())
        else:
            _restore(store, self._sides.before)
            self._sides.before = None

    def adopt(self, before: Layout) -> None:
        """Note where the points lay before, if others have applied it."""
        self._sides.before = before

    def touched(self, labels: Labels) -> Touched:
        """Tell that a skeleton changed, and all its instances."""
        return Touched(Kind.SKELETON | Kind.POINTS, None)

    def forgotten_points(self, labels: Labels) -> IntArray:
        """Return the living instances that get points of removed nodes back."""
        if (self._inverse() >= 0).all():
            return np.empty(0, np.int64)
        rows = labels.store.live_instances
        chosen: IntArray = rows[labels.store.instances.rows["skeleton"][rows] == self.number]
        return chosen

    @property
    def n_bytes(self) -> int:
        """Memory of the tables that are kept."""
        kept = self._sides.before or self._sides.after
        if kept is None:
            return 0
        arrays = (kept.points.rows, kept.pred_points.rows, kept.starts, kept.ends)
        return sum(array.nbytes for array in arrays)

    def _inverse(self) -> IntArray:
        """Return for each old node its new index, -1 if it is gone."""
        inverse = np.full(len(self.old.nodes), -1)
        kept = np.flatnonzero(self.sources >= 0)
        inverse[self.sources[kept]] = kept
        return inverse


def _restore(store: Store, layout: Layout) -> None:
    """Put points back; instances that were added since (and are dead) have none."""
    n_new = len(store.instances) - len(layout.starts)
    padding = np.zeros(n_new, layout.starts.dtype)
    starts, ends = np.r_[layout.starts, padding], np.r_[layout.ends, padding]
    Layout(layout.points, layout.pred_points, starts, ends).restore(store)
