"""What a frame shows: its picture, its instances and trails; read from the session, and painted."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from qtpy.QtCore import QRectF
from qtpy.QtGui import QFont, QPainter

from sleap.core.tables import PREDICTED
from sleap.core.video import Video
from sleap.editing.edits.lookup import shown_members
from sleap.editing.touched import Kind, Touched
from sleap.gui.overlays.colors import Colors, color_pose, find_palette
from sleap.gui.overlays.instances import PLAIN, Emphasis, paint_instance
from sleap.gui.overlays.marks import paint_negative_anchors
from sleap.gui.overlays.names import Name, lay_out_names, paint_names
from sleap.gui.overlays.picture import Image, Picture
from sleap.gui.overlays.poses import Pose, read_poses
from sleap.gui.overlays.room import Room
from sleap.gui.overlays.tags import paint_tag
from sleap.gui.overlays.text import Sprites
from sleap.gui.overlays.trails import Trail, Trails, paint_trails
from sleap.gui.overlays.view import View
from sleap.gui.session import Session
from sleap.render.palette import Palette

_OF_FRAMES = Kind.POINTS | Kind.INSTANCES | Kind.TRACKS | Kind.FRAMES
_BLANK = (640, 480)


class Scene:
    """A frame and what is known of it.

    The frame shown may lag behind the session's while it is being decoded: then its labels do, too,
    so that labels never lie over another frame.

    Args:
        session: Where labels come from.
        font: What names are written with.

    Attributes:
        video: The video of the frame shown.
        frame_idx: Its index.
        poses: Its instances, in the order in which they are painted.
        names: The names painted last.
        picture: Its pixels.
        palettes: Palettes of the user, by name.
    """

    def __init__(self, session: Session, font: QFont) -> None:
        self.session = session
        self.video: Video | None = None
        self.frame_idx = 0
        self.poses: list[Pose] = []
        self.names: list[Name] = []
        self._names_key: tuple[Any, ...] | None = None
        self.picture = Picture()
        self.palettes: Mapping[str, Palette] = {}
        self.is_negative = False
        self.anchors: list[tuple[float, float]] = []
        self._sprites = Sprites(font)
        self._trails = Trails()
        self._trail_list: list[Trail] | None = None
        self._colors: dict[int, Colors] = {}

    # -- reading --------------------------------------------------------------------------------

    def show(self, image: Image | None, video: Video | None, frame_idx: int) -> None:
        """Take over a frame and read its labels."""
        self.video, self.frame_idx = video, frame_idx
        self.picture.show(image)
        self.read()

    def read(self) -> None:
        """Read the labels of the frame shown anew."""
        labels = self.session.labels
        store = labels.store
        number = self._number()
        rows: list[int] = []
        self.is_negative, self.anchors = False, []
        if number >= 0:
            if (self.video, self.frame_idx) == (self.session.video, self.session.frame_idx):
                rows = self.session.instances
            else:
                rows = self._rows(number)
            row = store.occupancy.find(number, self.frame_idx)
            self.is_negative = row >= 0 and not store.members(row)
            self.anchors = [
                (x, y)
                for index, x, y in labels.negative_anchors.get(number, ())
                if index == self.frame_idx
            ]
        self.poses = read_poses(store, rows)
        self._trail_list = None
        self._colors.clear()

    def follow(self, touched: Touched) -> bool:
        """Read what an edit touched, and tell whether that can be seen."""
        if not touched.kinds & (_OF_FRAMES | Kind.SKELETON | Kind.VIDEOS | Kind.METADATA):
            return False
        length = self.session.look.trail_length
        is_elsewhere = (
            touched.frames is not None
            and not touched.kinds & ~_OF_FRAMES
            and (self._number(), self.frame_idx) not in touched.frames
        )
        if is_elsewhere and not length:
            return False
        self.read()
        return True

    def forget_colors(self) -> None:
        """Take the look anew."""
        self._colors.clear()
        self._trail_list = None

    def pose(self, row: int) -> Pose | None:
        """Return the pose of an instance, or None if it is not on the frame shown."""
        return next((pose for pose in self.poses if pose.row == row), None)

    def replace(self, pose: Pose) -> None:
        """Show an instance otherwise until the labels are read again."""
        self.poses = [pose if one.row == pose.row else one for one in self.poses]

    def is_selectable(self, pose: Pose) -> bool:
        """Tell whether a click selects an instance: predictions only while they are coloured."""
        return not pose.is_predicted or self.session.look.color_predicted

    @property
    def image_size(self) -> tuple[int, int]:
        """(width, height) of the frame, or of what its video should have, px."""
        image = self.picture.image
        if image is not None:
            return image.shape[1], image.shape[0]
        if self.video is not None and self.video.shape is not None:
            return max(1, self.video.shape[2]), max(1, self.video.shape[1])
        return _BLANK

    @property
    def instances_box(self) -> tuple[float, float, float, float] | None:
        """(x0, y0, x1, y1) px of all that is on the frame; None if there is nothing."""
        boxes = np.array([box for pose in self.poses if (box := pose.box) is not None])
        if not len(boxes):
            return None
        x0, y0 = boxes[:, :2].min(axis=0).tolist()
        x1, y1 = boxes[:, 2:].max(axis=0).tolist()
        return x0, y0, x1, y1

    def palette(self) -> Palette:
        """Return the palette of the look."""
        return find_palette(self.session.look.palette, self.palettes)

    # -- painting -------------------------------------------------------------------------------

    def paint(self, painter: QPainter, view: View) -> None:
        """Paint trails, instances, names and marks."""
        look = self.session.look
        if self.anchors:
            paint_negative_anchors(painter, self.anchors, view)
        if look.show_instances:
            room = Room(*view.size)
            self._paint_trails(painter, view)
            self.paint_poses(painter, view)
            self._lay_out(view, room)
            paint_names(painter, self.names, look, self._sprites, view.ratio)
            self._paint_tags(painter, view, room)

    def paint_poses(self, painter: QPainter, view: View) -> None:
        """Paint the instances, the selected one last."""
        session = self.session
        if not session.look.show_instances:
            return
        for pose in sorted(self.poses, key=lambda pose: pose.row == session.instance_row):
            emphasis = PLAIN
            if pose.row == session.instance_row:
                emphasis = Emphasis(True, session.nodes)
            paint_instance(painter, pose, view, session.look, self._color(pose), emphasis)

    def _lay_out(self, view: View, room: Room) -> None:
        """Place the names, unless they are placed already."""
        look, selected = self.session.look, self.session.instance_row
        if not look.show_node_names:
            self.names, self._names_key = [], None
            return
        key = view, look, selected, tuple(self.poses)
        if key != self._names_key:
            self.names = lay_out_names(self.poses, view, look, self._sprites, room, selected)
            self._names_key = key
        else:
            for name in self.names:
                room.take(name.box)

    def _paint_trails(self, painter: QPainter, view: View) -> None:
        look, number = self.session.look, self._number()
        if not look.trail_length or number < 0:
            return
        if self._trail_list is None:
            store = self.session.labels.store
            self._trail_list = self._trails.read(
                store, number, self.frame_idx, look.trail_length, look.trail_node_count
            )
        paint_trails(painter, self._trail_list, view, look, self.palette())

    def _paint_tags(self, painter: QPainter, view: View, room: Room) -> None:
        look, selected = self.session.look, self.session.instance_row
        for pose in self.poses:
            is_selected = pose.row == selected
            is_named = look.show_node_names and (not pose.is_predicted or look.color_predicted)
            if is_selected or is_named:
                colors = self._color(pose)
                paint_tag(painter, pose, view, look, colors, room, is_selected=is_selected)

    def _color(self, pose: Pose) -> Colors:
        colors = self._colors.get(pose.row)
        if colors is None:
            colors = color_pose(pose, self.session.look, self.palette())
            self._colors[pose.row] = colors
        return colors

    def area(self, view: View) -> QRectF:
        """Return the part of the widget in which the frame is seen, logical px."""
        widget = QRectF(0, 0, *view.size)
        seen = view.rectangle.intersected(widget)
        return seen if seen.width() > 240 and seen.height() > 120 else widget

    # -- inside ---------------------------------------------------------------------------------

    def _number(self) -> int:
        store = self.session.labels.store
        return -1 if self.video is None else store.find_in(store.videos, self.video)

    def _rows(self, number: int) -> list[int]:
        """Return the rows of a frame that is not the session's, as it would give them."""
        store = self.session.labels.store
        row = store.occupancy.find(number, self.frame_idx)
        if row < 0:
            return []
        kinds = store.instances.rows["instance_type"]
        return sorted(shown_members(store, row), key=lambda one: kinds[one] != PREDICTED)
