"""What a canvas shows besides the labels: hints of the mode, the lens, the list of tracks."""

from enum import Enum, auto

from qtpy.QtCore import QPointF, QRectF, Qt, Signal
from qtpy.QtGui import QColor, QPainter
from qtpy.QtWidgets import QWidget

from sleap.core.skeleton import Skeleton
from sleap.gui.canvas.gestures import Gesture
from sleap.gui.canvas.hits import Hit
from sleap.gui.canvas.placing import Placing
from sleap.gui.canvas.stage import Stage
from sleap.gui.overlays.magnifier import paint_magnifier
from sleap.gui.overlays.marks import NEGATIVE, paint_band, paint_crosshair, paint_plate
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.tags import tag_text
from sleap.gui.overlays.track_list import N_SHOWN, Entry, paint_track_list
from sleap.gui.overlays.view import View
from sleap.gui.session import Session

_ALIGN = Qt.AlignmentFlag


class Mode(Enum):
    """What a click means."""

    EDIT = auto()
    PLACE = auto()
    """Each click places the next node of the skeleton."""
    AREA = auto()
    """A drag chooses a rectangle, once."""
    POINT = auto()
    """A click chooses a place, once."""


_HINTS = {
    Mode.AREA: "Drag a rectangle  ·  Esc cancels",
    Mode.POINT: "Click a place without an animal  ·  Esc cancels",
}


class Tools(Stage):
    """A stage with a mode, a gesture that is going on, and what is shown while keys are held.

    Args:
        session: What is shown.
        parent: Owner.
    """

    mode_changed = Signal(object)
    """The ``Mode``"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._mode = Mode.EDIT
        self._gesture: Gesture | None = None
        self._placing = Placing()
        self._cursor: QPointF | None = None
        self._is_magnified = self._lists_tracks = False
        super().__init__(session, parent)

    def magnify(self, is_magnified: bool) -> None:
        """Show a lens at the cursor, or take it away."""
        self._is_magnified = is_magnified
        self.update()

    def list_tracks(self, is_listed: bool) -> None:
        """Show the numbered list of tracks while an instance is selected, or take it away."""
        self._lists_tracks = is_listed
        self.update()

    # -- modes ----------------------------------------------------------------------------------

    @property
    def mode(self) -> Mode:
        """What a click means."""
        return self._mode

    @property
    def click_to_place(self) -> bool:
        """Whether each click places the next node of the skeleton."""
        return self._mode is Mode.PLACE

    @click_to_place.setter
    def click_to_place(self, is_on: bool) -> None:
        if is_on != self.click_to_place:
            self.set_mode(Mode.PLACE if is_on else Mode.EDIT)

    def begin_area(self) -> None:
        """Let the user draw a rectangle: ``area_selected`` follows, unless Esc is pressed."""
        self.set_mode(Mode.AREA)

    def begin_point(self) -> None:
        """Let the user click a place: ``point_picked`` follows, unless Esc is pressed."""
        self.set_mode(Mode.POINT)

    def set_mode(self, mode: Mode) -> None:
        """Let clicks mean something else."""
        if mode is not self._mode:
            self._mode = mode
            self.mode_changed.emit(mode)
        self.update()

    @property
    def hint(self) -> str:
        """What is said at the top about the mode; "" in the ordinary one."""
        if self._mode is Mode.PLACE:
            return self._placing.hint(self._place_pose(), self._skeleton())
        return _HINTS.get(self._mode, "")

    def _follow_document(self) -> None:
        self.set_mode(Mode.EDIT)
        super()._follow_document()

    # -- painting -------------------------------------------------------------------------------

    def _paint_tools(self, painter: QPainter) -> None:
        widget = QRectF(self.rect())
        if self.hint:
            paint_plate(painter, self.hint, widget, _ALIGN.AlignHCenter | _ALIGN.AlignTop)
        if self._lists_tracks and self.session.instance_row >= 0:
            paint_track_list(painter, self._track_entries(), widget)
        gesture = self._gesture
        if gesture is not None and gesture.band is not None:
            paint_band(painter, gesture.band, gesture.is_zoom)
        if self._cursor is None:
            return
        if self._mode is Mode.PLACE and gesture is None:
            paint_crosshair(painter, self._cursor, QColor(120, 230, 140))
        elif self._mode is Mode.POINT:
            paint_crosshair(painter, self._cursor, NEGATIVE)
        if self._is_magnified:
            over = self._paint_nothing if self._is_hidden else self.scene.paint_poses
            paint_magnifier(painter, self._cursor, self._view, self.scene.picture, over)

    def _paint_nothing(self, painter: QPainter, view: View) -> None:
        """Paint no labels, while they are hidden."""

    def _track_entries(self) -> list[Entry]:
        tracks, palette = self.session.labels.tracks, self.scene.palette()
        pose = self.scene.pose(self.session.instance_row)
        current = -1 if pose is None else pose.track
        entries = [
            Entry(str(number + 1), track.name, QColor(*palette.color(number)), number == current)
            for number, track in enumerate(tracks[:N_SHOWN])
        ]
        return [*entries, Entry("0", "New track")]

    # -- inside ---------------------------------------------------------------------------------

    def _place_pose(self) -> Pose | None:
        pose = self.scene.pose(self.session.instance_row)
        return None if pose is None or pose.is_predicted else pose

    def _skeleton(self) -> Skeleton | None:
        skeletons = self.session.labels.skeletons
        return skeletons[0] if skeletons else None

    def _tip(self, hit: Hit) -> str:
        """Name the node that was hit, with what is known of its instance."""
        pose = self.scene.pose(hit.row)
        if pose is None or hit.node < 0 or self._is_hidden:
            return ""
        parts = [pose.skeleton.node_names[hit.node]]
        if not pose.visible[hit.node]:
            parts.append("not visible")
        if tag_text(pose):
            parts.append(tag_text(pose))
        return "  ·  ".join(parts)
