"""The frame with its labels under the mouse. It edits nothing: what the mouse did is told."""

import sys
from collections.abc import Sequence
from typing import Any

from qtpy.QtCore import QEvent, QPointF, Qt, Signal
from qtpy.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QWheelEvent,
)
from qtpy.QtWidgets import QToolTip, QWidget

from sleap.core.video import Video
from sleap.gui.canvas.gestures import Pan, Told
from sleap.gui.canvas.held import HeldKeys
from sleap.gui.canvas.presses import Desk, is_editable
from sleap.gui.canvas.tools import Mode, Tools
from sleap.gui.overlays.picture import Image
from sleap.gui.session import Session

ZOOM_IN, ZOOM_OUT = 1.1, 0.9
_NOTCH = 120.0
_WAIT = 200  # ms until it is said that a frame is being read
_ROOM = 0.15  # around instances that are fitted to the view
_ALIGN = Qt.AlignmentFlag


class Canvas(Tools):
    """Shows a frame with its labels, and tells what the mouse does on them.

    Clicks select in the session; everything else is for others to act on. All positions are
    (x, y) pixels of the frame with the centre of a pixel at integers; rows are those of
    ``labels.store.instances``.

    Args:
        session: What is shown.
        parent: Owner.

    Attributes:
        hide_key: While it is held, only the pixels are seen.
        magnifier_key: While it is held, a lens follows the cursor.
    """

    instance_clicked = Signal(int)
    """row"""
    instance_double_clicked = Signal(int)
    """row, of the user's or predicted"""
    background_clicked = Signal()
    node_moved = Signal(int, int, float, float)
    """row, node, x, y"""
    nodes_moved = Signal(int, object, float, float)
    """row, frozenset of nodes, dx, dy"""
    instance_moved = Signal(int, float, float)
    """row, dx, dy"""
    instance_rotated = Signal(int, int, float)
    """row, node about which, degrees clockwise"""
    visibility_toggled = Signal(int, int)
    """row, node"""
    completed = Signal(int)
    """row: all its nodes were confirmed"""
    node_placed = Signal(int, float, float)
    """node, x, y: of the selected instance, or of one to be made if none is selected"""
    add_requested = Signal(float, float, object)
    """x, y, and the QPoint on the screen for a menu"""
    area_selected = Signal(float, float, float, float)
    """x0, y0, x1, y1, after ``begin_area``"""
    point_picked = Signal(float, float)
    """x, y, after ``begin_point``"""
    pointed = Signal(object)
    """(x, y) under the cursor, or None outside of the frame"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.hide_key = Qt.Key.Key_X
        self.magnifier_key = Qt.Key.Key_Z
        self._desk = Desk(self.scene, lambda: self._view, self._move_view, self._zoom_to)
        self._held = HeldKeys(self, self._hold, self._release_keys)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_frame(
        self, image: Image | None, video: Video | None = None, frame_idx: int | None = None
    ) -> None:
        """Show a frame with its labels, as ``Stage.show_frame``; a drag on another is ended."""
        self._cancel_gesture()
        super().show_frame(image, video, frame_idx)

    def set_mode(self, mode: Mode) -> None:
        """Let clicks mean something else; a drag is ended."""
        self._cancel_gesture()
        super().set_mode(mode)
        self._set_cursor()

    # -- the mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        at, keys = event.position(), event.modifiers()
        if self._gesture is not None:
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self._gesture = Pan(at, (), self._move_view)
        elif _is_right(event):
            self._press_right(at, event)
        elif event.button() == Qt.MouseButton.LeftButton:
            is_plain = not keys & Qt.KeyboardModifier.AltModifier
            if self._mode is Mode.AREA:
                self._gesture = self._desk.press_area(at, "area_selected")
            elif self._mode is Mode.EDIT or not is_plain:
                self._gesture = self._desk.press_left(at, keys)
            else:
                self._gesture = Pan(at, self._chosen(at), self._move_view)
        self._set_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture."""
        self._cursor = event.position()
        if self._gesture is not None:
            self._gesture.move(event.position())
            self.update()
        elif self._is_magnified or self._mode in (Mode.PLACE, Mode.POINT):
            self.update()
        self._set_cursor()
        x, y = self._view.unplace(event.position())
        width, height = self._view.image_size
        is_inside = -0.5 <= x < width - 0.5 and -0.5 <= y < height - 0.5
        self.pointed.emit((x, y) if is_inside else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture, and tell of it."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.move(event.position())
            self._tell(gesture.finish())
            self.scene.read()  # what was only previewed is gone; what was done is in the labels
        self._set_cursor()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tell of a double click on an instance; with Alt show the whole frame."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.fit_image()
            return
        if self._mode is not Mode.EDIT:
            self.mousePressEvent(event)
            return
        hit = self._desk.hit(event.position(), lambda pose: True)
        if hit.row >= 0:
            self.instance_double_clicked.emit(hit.row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor; while a whole instance is held, turn it."""
        delta = event.angleDelta()
        notches = float(delta.y() or delta.x())  # with Alt, Qt turns the wheel sideways
        if self._gesture is not None:
            self._gesture.wheel(notches)
        elif notches:
            factor = ZOOM_IN if notches > 0 else ZOOM_OUT
            self._set_view(self._view.zoomed(factor ** (abs(notches) / _NOTCH), event.position()))
        event.accept()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the cursor was."""
        self._cursor = None
        self.pointed.emit(None)
        self.update()

    def _press_right(self, at: QPointF, event: QMouseEvent) -> None:
        if self._mode is Mode.PLACE:
            self._placing.pass_over(self._place_pose())
            self.update()
        elif self._mode is Mode.EDIT:
            told = self._desk.press_right(at)
            x, y = self._view.unplace(at)
            self._tell(told or [("add_requested", (x, y, event.globalPosition().toPoint()))])

    def _chosen(self, at: QPointF) -> list[Told]:
        """Return what a click tells while nodes are placed or a place is chosen."""
        place = self._view.unplace(at)
        if self._mode is Mode.POINT:
            return [("point_picked", place)]
        node = self._placing.next_node(self._place_pose(), self._skeleton())
        return [("node_placed", (node, *place))] if node >= 0 else []

    def _tell(self, told: Sequence[Told]) -> None:
        for name, facts in told:
            if name == "select":
                self.session.select(*facts)
                continue
            if name in ("area_selected", "point_picked"):
                self.set_mode(Mode.EDIT)
            pose = self._place_pose()
            getattr(self, name).emit(*facts)
            if name == "node_placed":
                self._placing.placed(pose, facts[0])

    # -- keys -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from being shortcuts; show tips."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._wants(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that are held, and those that end a gesture or a mode."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Control:
            self._hold(key, True)
            event.ignore()
        elif not self._wants(event):
            event.ignore()
        elif event.isAutoRepeat():
            pass
        elif key == Qt.Key.Key_Escape:
            if not self._cancel_gesture():
                self.set_mode(Mode.EDIT)
        elif key == Qt.Key.Key_Backspace:
            self._placing.go_back(self._place_pose())
        else:
            self._hold(key, True)
        self.update()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End what lasts while a key is held."""
        if not event.isAutoRepeat():
            self._hold(Qt.Key(event.key()), False)
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Hear the keys of the window."""
        super().showEvent(event)
        self._held.follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take all keys as released."""
        self._release_keys()
        super().focusOutEvent(event)

    def _hold(self, key: Qt.Key, is_down: bool) -> bool:
        """Begin or end what lasts while a key is held; tell whether that key is one of these."""
        do = {
            Qt.Key.Key_Control: self.list_tracks,
            self.hide_key: self.hide_overlays,
            self.magnifier_key: self.magnify,
        }.get(key)
        if do is not None:
            do(is_down)
        return do is not None

    def _release_keys(self) -> None:
        self._is_hidden = self._is_magnified = self._lists_tracks = False
        self.update()

    def _wants(self, event: QKeyEvent) -> bool:
        key, keys = event.key(), event.modifiers()
        if keys & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            return key == Qt.Key.Key_Escape and self._gesture is not None
        if key == Qt.Key.Key_Escape:
            return self._gesture is not None or self._mode is not Mode.EDIT
        if key == Qt.Key.Key_Backspace:
            return self._mode is Mode.PLACE
        return key in (self.hide_key, self.magnifier_key) and not keys

    # -- inside ---------------------------------------------------------------------------------

    def _cancel_gesture(self) -> bool:
        """End the gesture as if it had never been; tell whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._set_cursor()
            self.update()
        return gesture is not None

    def _set_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        gesture = self._gesture
        if self._mode in (Mode.PLACE, Mode.POINT) and gesture is None:
            shape = Qt.CursorShape.BlankCursor  # a cross is painted in its place
        elif self._mode is Mode.AREA:
            shape = Qt.CursorShape.CrossCursor
        elif gesture is not None and gesture.has_moved:
            shape = gesture.cursor
        elif gesture is None and self._cursor is not None and not self._is_hidden:
            hit = self._desk.hit(self._cursor, is_editable)
            if hit.node >= 0 and not hit.is_name:
                shape = Qt.CursorShape.PointingHandCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def _show_tip(self, event: QHelpEvent) -> None:
        hit = self._desk.hit(QPointF(event.pos()), lambda pose: True)
        QToolTip.showText(event.globalPos(), self._tip(hit), self)


def _is_right(event: Any) -> bool:
    """Tell whether a press is one of the right button; on a Mac, one with Ctrl is."""
    if event.button() == Qt.MouseButton.RightButton:
        return True
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.MetaModifier)
    return sys.platform == "darwin" and is_control and event.button() == Qt.MouseButton.LeftButton
