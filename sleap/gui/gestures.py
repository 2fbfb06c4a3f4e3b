"""What the mouse does on the canvas, as edits."""

from functools import partial

from qtpy.QtCore import QPoint
from qtpy.QtWidgets import QMenu

from sleap.core.instance import Instance, PredictedInstance, instance_view
from sleap.core.video import Video
from sleap.editing.edits import points
from sleap.editing.edits.instances import adding, copying
from sleap.editing.transaction import Transaction
from sleap.gui.actions import labels
from sleap.gui.actions.conditions import has_skeleton
from sleap.gui.actions.window import Window
from sleap.gui.canvas.canvas import Canvas

METHODS = {
    "best": "Default",
    "force_directed": "Force Directed",
    "copy_prior_frame": "Copy Prior Frame",
    "random": "Random",
    "average": "Average Instance",
}
"""How an instance can be added where the mouse is."""


class Gestures:
    """Turns signals of a canvas into edits.

    Args:
        window: What runs them.
        canvas: What sends them.
    """

    def __init__(self, window: Window, canvas: Canvas) -> None:
        self._window = window
        canvas.instance_double_clicked.connect(self.take_over)
        canvas.node_moved.connect(self.move_node)
        canvas.nodes_moved.connect(self.move_nodes)
        canvas.instance_moved.connect(self.move_instance)
        canvas.instance_rotated.connect(self.rotate)
        canvas.visibility_toggled.connect(self.toggle_visibility)
        canvas.completed.connect(self.complete)
        canvas.node_placed.connect(self.place_node)
        canvas.add_requested.connect(self.ask_method)

    def move_node(self, row: int, node: int, x: float, y: float) -> None:
        """Put a node where it was dragged to."""
        instance = self._instance(row)
        title = f"Move {instance.skeleton.node_names[node]}"
        self._window.run(points.move_node, instance, node, x, y, title=title)

    def move_nodes(self, row: int, nodes: frozenset[int], dx: float, dy: float) -> None:
        """Move the selected nodes."""
        pairs = [(self._instance(row), node) for node in sorted(nodes)]
        self._window.run(points.shift_nodes, pairs, dx, dy, title="Move Nodes")

    def move_instance(self, row: int, dx: float, dy: float) -> None:
        """Move a whole instance."""
        self._window.run(points.move_instance, self._instance(row), dx, dy, title="Move Instance")

    def rotate(self, row: int, node: int, degrees: float) -> None:
        """Turn an instance about a node."""
        self._window.run(
            points.rotate_instance, self._instance(row), node, degrees, title="Rotate Instance"
        )

    def toggle_visibility(self, row: int, node: int) -> None:
        """Mark a node as not visible, or as visible again."""
        self._window.run(
            points.toggle_visibility, self._instance(row), node, title="Toggle Visibility"
        )

    def complete(self, row: int) -> None:
        """Mark all nodes complete."""
        self._window.run(points.mark_complete, self._instance(row), title="Mark Complete")

    def take_over(self, row: int) -> None:
        """Make a prediction the user's; give the user's own its missing nodes."""
        instance = self._instance(row)
        if not isinstance(instance, PredictedInstance):
            self._window.run(adding.add_missing_nodes, instance, title="Add Missing Nodes")
            return
        made = self._window.run(adding.convert_prediction, instance, title="Edit Prediction")
        if made is not None:
            self._window.session.select(made.row)

    def place_node(self, node: int, x: float, y: float) -> None:
        """Put a node of the selected instance where the mouse is, or of a new one."""
        session = self._window.session
        instance = session.instance
        if instance is None or instance.is_predicted:
            instance = self._window.run(
                begin_instance, session.video, session.frame_idx, node, x, y, title="Place Nodes"
            )
            if instance is not None:
                session.select(instance.row)
            return
        self._window.run(points.move_node, instance, node, x, y, title="Place Node")

    def ask_method(self, x: float, y: float, where: QPoint) -> None:
        """Ask by which method an instance is added where the mouse is."""
        menu = self.make_menu(x, y)
        menu.popup(where)

    def make_menu(self, x: float, y: float) -> QMenu:
        """Return the menu of ways to add an instance at a place."""
        menu = QMenu(self._window.widget)
        menu.setObjectName("add instance")
        menu.aboutToHide.connect(menu.deleteLater)
        if not has_skeleton(self._window.session):
            action = menu.addAction("Add a node to the skeleton first")
            action.setEnabled(False)
            return menu
        menu.addSection("Add Instance")
        for method, title in METHODS.items():
            menu.addAction(title, partial(labels.add, self._window, method, (x, y)))
        return menu

    def _instance(self, row: int) -> Instance:
        return instance_view(self._window.session.labels.store, row)


def begin_instance(
    tx: Transaction, video: Video, frame_idx: int, node: int, x: float, y: float
) -> Instance:
    """Add an instance of which only one node is there yet."""
    instance = copying.paste_instance(tx, video, frame_idx, Instance(tx.labels.skeletons[0]))
    points.move_node(tx, instance, node, x, y)
    return instance
