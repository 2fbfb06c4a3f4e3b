"""The edges of a skeleton: added between two nodes, and deleted."""

from collections.abc import Callable

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QComboBox, QFormLayout, QSizePolicy, QVBoxLayout, QWidget

from sleap.core.skeleton import Skeleton
from sleap.editing.edits import skeleton as edits
from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import MARGIN, Dock, button
from sleap.gui.tables.column import Column
from sleap.gui.tables.model import TableModel
from sleap.gui.tables.view import TableView


class EdgeTable(QWidget):
    """Edits the edges of a skeleton.

    Args:
        dock: The dock, which does the edits.
        skeleton: Returns the skeleton; None if there is none yet.
    """

    def __init__(self, dock: Dock, skeleton: Callable[[], Skeleton | None]) -> None:
        super().__init__()
        self._dock = dock
        self._skeleton = skeleton
        self.model = TableModel(self._columns(), self._identity, self)
        self.view = TableView(self.model, "No edges yet.")
        self.view.setObjectName("edges")
        self.view.setAccessibleName("Edges of the skeleton")
        self.view.picked.connect(self._enable)
        self.view.delete_pressed.connect(self.delete_selected)
        self.source = _combo("from", "The node that the edge begins at")
        self.destination = _combo("to", "The node that the edge ends at")
        self.source.currentTextChanged.connect(self._enable)
        self.destination.currentTextChanged.connect(self._enable)
        self.add_button = button("Add Edge", "Join the two nodes chosen above", self.add)
        self.delete_button = button(
            "Delete Edge", "Delete the selected edge (Delete)", self.delete_selected
        )
        ends = QFormLayout()
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        ends.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        ends.addRow("From", self.source)
        ends.addRow("To", self.destination)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.view, 1)
        layout.addLayout(ends)
        layout.addWidget(ButtonBar(self.add_button, self.delete_button))

    def refresh(self) -> None:
        """Show the edges there are, and offer the nodes there are."""
        skeleton = self._skeleton()
        names = [] if skeleton is None else skeleton.node_names
        self.model.renew(0 if skeleton is None else len(skeleton.edges))
        for combo in (self.source, self.destination):
            kept = combo.currentText()
            combo.clear()
            combo.addItems(names)
            combo.setCurrentIndex(combo.findText(kept))
        self._enable()

    def begin_at(self, node: int) -> None:
        """Offer an edge that begins at a node."""
        self.source.setCurrentIndex(node)

    def _columns(self) -> list[Column]:
        return [
            Column(title="Source", text=lambda row: self._names(row)[0]),
            Column(title="Destination", text=lambda row: self._names(row)[1]),
        ]

    def _names(self, row: int) -> tuple[str, str]:
        skeleton = self._skeleton()
        assert skeleton is not None
        return skeleton.edge_names[row]

    def _identity(self, row: int) -> tuple[str, str]:
        return self._names(row)

    def _enable(self) -> None:
        source, destination = self.source.currentText(), self.destination.currentText()
        skeleton = self._skeleton()
        known = [] if skeleton is None else skeleton.edge_names
        is_new = source != destination and (source, destination) not in known
        self.add_button.setEnabled(bool(source and destination and is_new))
        self.delete_button.setEnabled(bool(self.view.selected()))

    def add(self) -> None:
        """Join the nodes that are chosen; the next edge begins where this one ends."""
        source, destination = self.source.currentText(), self.destination.currentText()
        if source and destination:
            self.join(source, destination)
            self.source.setCurrentText(destination)
            self.destination.setCurrentIndex(-1)

    def join(self, source: str | int, destination: str | int) -> None:
        """Add an edge."""
        skeleton = self._skeleton()
        if skeleton is not None:
            self._dock.run(edits.add_edge, skeleton, source, destination, title="Add edge")

    def delete_selected(self) -> None:
        """Delete the selected edge."""
        rows, skeleton = self.view.selected(), self._skeleton()
        if rows and skeleton is not None:
            source, destination = skeleton.edge_names[rows[0]]
            title = f"Delete edge {source} → {destination}"
            self._dock.run(edits.remove_edge, skeleton, source, destination, title=title)
            if self.model.n_rows:
                self.view.select([min(rows[0], self.model.n_rows - 1)])
            self._enable()


def _combo(name: str, tip: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setToolTip(tip)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    combo.setPlaceholderText("Choose a node")
    return combo
