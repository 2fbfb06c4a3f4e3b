"""Which gesture the press of a button begins.

Left on a node moves it, elsewhere it pans; a click selects. With Alt the whole instance is moved,
elsewhere a rectangle is zoomed to. With Shift a click on a node confirms all nodes of its instance,
and a drag from elsewhere selects nodes. Ctrl adds a node to those selected, or takes it off.
"""

from collections.abc import Callable

from attrs import frozen
from qtpy.QtCore import QPointF, QRectF, Qt

from sleap.gui.canvas.gestures import Band, Click, Gesture, MoveNodes, Pan, Told
from sleap.gui.canvas.hits import Hit, hit_test, near_edge, nodes_in
from sleap.gui.canvas.scene import Scene
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.view import View

Keys = Qt.KeyboardModifier


@frozen(eq=False)
class Desk:
    """What presses are read against.

    Attributes:
        scene: What is shown.
        view: Called for how it is seen at the moment.
        move_view: Moves the frame by logical px.
        zoom_to: Shows a rectangle of the widget.
    """

    scene: Scene
    view: Callable[[], View]
    move_view: Callable[[float, float], None]
    zoom_to: Callable[[QRectF], None]

    def hit(self, at: QPointF, accepts: Callable[[Pose], bool]) -> Hit:
        """Return what of some instances lies under a position."""
        session, scene = self.scene.session, self.scene
        if not session.look.show_instances:
            return Hit()
        selected = session.instance_row
        return hit_test(scene.poses, scene.names, self.view(), session.look, at, selected, accepts)

    def press_left(self, at: QPointF, keys: Keys) -> Gesture:
        """Begin what a press of the left button begins."""
        if keys & Keys.AltModifier:
            return self._press_alt(at)
        click = self._click(at)
        hit = self.hit(at, is_editable)
        is_node = hit.node >= 0 and not hit.is_name
        if keys & Keys.ShiftModifier:
            if is_node:
                return Click(at, [("select", (hit.row,)), ("completed", (hit.row,))])
            return Band(at, click, self._choose)
        if keys & Keys.ControlModifier:
            return Click(at, self._toggle(hit) if is_node else click)
        if is_node:
            nodes = self._group(hit)
            return MoveNodes(at, click, self.scene, self.view, hit.row, nodes, hit.node)
        return Pan(at, click, self.move_view)

    def press_area(self, at: QPointF, told: str) -> Gesture:
        """Begin to draw a rectangle that is told under that name, px of the frame."""
        return Band(at, (), lambda band: [(told, self._box(band))])

    def press_right(self, at: QPointF) -> list[Told]:
        """Return what to tell of a press of the right button on a node; nothing elsewhere."""
        hit = self.hit(at, is_editable)
        if hit.node < 0 or hit.is_name:
            return []
        return [("select", (hit.row,)), ("visibility_toggled", (hit.row, hit.node))]

    # -- inside ---------------------------------------------------------------------------------

    def _press_alt(self, at: QPointF) -> Gesture:
        hit = self.hit(at, is_editable)
        pose = self.scene.pose(hit.row)
        if pose is None or not (hit.node >= 0 or self._is_on_edge(at, pose)):
            return Band(at, (), self._zoom, is_zoom=True)
        click = [("select", (hit.row,)), ("instance_clicked", (hit.row,))]
        return MoveNodes(at, click, self.scene, self.view, hit.row, None, hit.node)

    def _is_on_edge(self, at: QPointF, pose: Pose) -> bool:
        """Tell whether an edge is near, and not only the box around the instance."""
        return near_edge([pose], self.view(), self.scene.session.look, at) is not None

    def _click(self, at: QPointF) -> list[Told]:
        hit = self.hit(at, self.scene.is_selectable)
        if hit.row < 0:
            return [("select", (-1,)), ("background_clicked", ())]
        return [("select", (hit.row,)), ("instance_clicked", (hit.row,))]

    def _group(self, hit: Hit) -> frozenset[int]:
        """Return the nodes that move with one: all selected ones if it is among them."""
        session = self.scene.session
        if hit.row == session.instance_row and hit.node in session.nodes:
            return session.nodes
        return frozenset({hit.node})

    def _toggle(self, hit: Hit) -> list[Told]:
        session = self.scene.session
        nodes = session.nodes if hit.row == session.instance_row else frozenset()
        return [("select", (hit.row, nodes ^ {hit.node}))]

    def _choose(self, band: QRectF) -> list[Told]:
        session = self.scene.session
        row, nodes = nodes_in(self.scene.poses, self._box(band), session.look, session.instance_row)
        return [("select", (row, nodes))] if row >= 0 else []

    def _zoom(self, band: QRectF) -> list[Told]:
        self.zoom_to(band)
        return []

    def _box(self, band: QRectF) -> tuple[float, float, float, float]:
        view = self.view()
        return *view.unplace(band.topLeft()), *view.unplace(band.bottomRight())


def is_editable(pose: Pose) -> bool:
    """Tell whether its nodes can be moved: only what the user set."""
    return not pose.is_predicted
