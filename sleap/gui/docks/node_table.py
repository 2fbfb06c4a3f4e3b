"""The nodes of a skeleton: named, paired, put in order, added and deleted."""

from collections.abc import Callable

import numpy as np
from qtpy.QtCore import Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, USER, IntArray
from sleap.editing.edits import skeleton as edits
from sleap.editing.transaction import Transaction
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import MARGIN, Dock, button, count, listed
from sleap.gui.tables.column import Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.ordered import OrderedTableView


class NodeTable(QWidget):
    """Edits the nodes of a skeleton.

    Args:
        dock: The dock, which does the edits.
        skeleton: Returns the skeleton; None if there is none yet.

    Signals:
        picked(int): The user selected a node; -1 for none.
    """

    picked = Signal(int)

    def __init__(self, dock: Dock, skeleton: Callable[[], Skeleton | None]) -> None:
        super().__init__()
        self._dock = dock
        self._skeleton = skeleton
        self.model = TableModel(self._columns(), parent=self)
        self.model.refused.connect(dock.tell)
        self.view = OrderedTableView(self.model, "No nodes yet: press New Node.")
        self.view.setObjectName("nodes")
        self.view.setAccessibleName("Nodes of the skeleton")
        self.view.picked.connect(self._on_picked)
        self.view.moved.connect(self.move_node)
        self.view.delete_pressed.connect(self.delete_selected)
        self.new_button = button("New Node", "Add a node, and name it", self.add)
        self.delete_button = button(
            "Delete Node", "Delete the selected node with its points (Delete)", self.delete_selected
        )
        self.up_button = button(
            "Up",
            "Move the node up; or drag it, or press Alt+Up",
            lambda: self.view.move_current(-1),
        )
        self.down_button = button(
            "Down",
            "Move the node down; or drag it, or press Alt+Down",
            lambda: self.view.move_current(1),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.view, 1)
        layout.addWidget(
            ButtonBar(self.new_button, self.delete_button, self.up_button, self.down_button)
        )

    def refresh(self) -> None:
        """Show the nodes there are."""
        skeleton = self._skeleton()
        self.model.renew(0 if skeleton is None else skeleton.n_nodes)
        self._enable()

    def select(self, node: int) -> None:
        """Select a node; -1 for none."""
        self.view.select([node] if 0 <= node < self.model.n_rows else [])
        self._enable()

    @property
    def selected(self) -> int:
        """The selected node; -1 for none."""
        rows = self.view.selected()
        return rows[0] if rows else -1

    def _columns(self) -> list[Column]:
        return [
            Column(
                title="Node",
                hint="Name of the node; double-click to rename, drag to reorder",
                text=lambda row: self._known().node_names[row],
                tip=lambda row: f"{self._known().node_names[row]} (node {row + 1})",
                edit=self._rename,
            ),
            Column(
                title="Symmetry",
                hint="The node that takes its place when the animal is mirrored",
                text=self._partner,
                tip=lambda row: self._partner(row) or "No mirror image: double-click to choose",
                edit=self._pair,
                choices=self._partners,
            ),
        ]

    def _known(self) -> Skeleton:
        skeleton = self._skeleton()
        assert skeleton is not None
        return skeleton

    def _partner(self, row: int) -> str:
        names = self._known().node_names
        for a, b in self._known().symmetries:
            if row in (a, b):
                return names[b if row == a else a]
        return ""

    def _partners(self, row: int) -> list[str]:
        names = self._known().node_names
        return ["", *(name for number, name in enumerate(names) if number != row)]

    def _on_picked(self) -> None:
        self._enable()
        self.picked.emit(self.selected)

    def _enable(self) -> None:
        node, last = self.selected, self.model.n_rows - 1
        self.delete_button.setEnabled(node >= 0)
        self.up_button.setEnabled(node > 0)
        self.down_button.setEnabled(0 <= node < last)

    # -- editing --------------------------------------------------------------------------------

    def add(self) -> None:
        """Add a node and let the user name it."""
        skeleton = self._skeleton()
        name = free_name([] if skeleton is None else skeleton.node_names)
        self._dock.run(add_node, skeleton, name, title="New node")
        last = self.model.n_rows - 1
        if last >= 0:
            self.view.select([last])
            self._on_picked()
            self.view.setFocus()
            self.view.edit(self.model.index(last, 0))

    def delete_selected(self) -> None:
        """Delete the selected node; asks first if points go with it."""
        node, skeleton = self.selected, self._skeleton()
        if node < 0 or skeleton is None:
            return
        name = skeleton.node_names[node]
        title = f"Delete node “{name}”"

        def delete() -> None:
            self._dock.run(edits.remove_nodes, skeleton, [name], title=title)
            self.select(min(node, self.model.n_rows - 1))

        n_user, n_predicted = count_points(self._dock.session.labels, skeleton, node)
        if not n_user + n_predicted:
            delete()
            return
        points = listed(
            [
                count(number, f"{what} point")
                for number, what in ((n_user, "labeled"), (n_predicted, "predicted"))
                if number
            ]
        )
        self._dock.confirm(
            f"{title}?", f"With it go {points}, and its edges. You can undo this.", "Delete", delete
        )

    def move_node(self, node: int, place: int) -> None:
        """Move a node to another place in the order."""
        order = list(range(self.model.n_rows))
        order.insert(place, order.pop(node))
        self._dock.run(edits.reorder_nodes, self._known(), order, title="Reorder nodes")
        self.select(place)
        self.picked.emit(place)

    def _rename(self, row: int, name: str) -> None:
        title = f"Rename node to “{name}”"
        self._dock.session.document.run(edits.rename_node, self._known(), row, name, title=title)
        self._dock.tell("")

    def _pair(self, row: int, name: str) -> None:
        partner = name or None
        self._dock.session.document.run(
            edits.set_symmetry, self._known(), row, partner, title="Set symmetry"
        )
        self._dock.tell("")


def add_node(tx: Transaction, skeleton: Skeleton | None, name: str) -> int:
    """Add a node, and the skeleton if there is none yet.

    Args:
        tx: The transaction.
        skeleton: A skeleton of the labels; None to make one.
        name: Name of the node.

    Returns:
        Its index.
    """
    if skeleton is None:
        skeleton = edits.add_skeleton(tx, Skeleton())
    return edits.add_node(tx, skeleton, name)


def free_name(taken: list[str]) -> str:
    """Return a name for a new node that no other has."""
    number = len(taken) + 1
    while f"node_{number}" in taken:
        number += 1
    return f"node_{number}"


def count_points(labels: Labels, skeleton: Skeleton, node: int) -> tuple[int, int]:
    """Count the points that are placed of a node.

    Args:
        labels: The labels.
        skeleton: A skeleton of the labels.
        node: Index of the node.

    Returns:
        How many there are on instances of users, and on predictions.
    """
    store = labels.store
    number = store.find_in(labels.skeletons, skeleton)
    rows, table = store.live_instances, store.instances.rows
    is_of_skeleton = table["skeleton"][rows] == number
    kinds = table["instance_type"][rows]
    counts = []
    for kind, points in ((USER, store.points.rows), (PREDICTED, store.pred_points.rows)):
        chosen = rows[is_of_skeleton & (kinds == kind)]
        places = table["point_id_start"][chosen].astype(np.int64) + node
        counts.append(int(np.count_nonzero(~np.isnan(points["x"][_as_slice(places)]))))
    return counts[0], counts[1]


def _as_slice(places: IntArray) -> IntArray | slice:
    """Return places that lie evenly as a slice, which is read much faster."""
    steps = np.diff(places)
    if len(steps) and steps[0] > 0 and (steps == steps[0]).all():
        return slice(int(places[0]), int(places[-1]) + 1, int(steps[0]))
    return places
