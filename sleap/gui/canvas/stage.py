"""The widget under the canvas: shows a frame with its labels, and hears nothing."""

from collections.abc import Mapping, Sequence

from qtpy.QtCore import QRectF, QSize, Qt, QTimer, Signal
from qtpy.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from qtpy.QtWidgets import QWidget

from sleap.core.video import Video
from sleap.editing.touched import Touched
from sleap.gui.bridge import SessionSignals
from sleap.gui.canvas.scene import Scene
from sleap.gui.overlays.marks import NEGATIVE, paint_message, paint_plate
from sleap.gui.overlays.picture import Image
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.view import View
from sleap.gui.session import Session
from sleap.render.palette import Palette

_WAIT = 200  # ms until it is said that a frame is being read
_ROOM = 0.15  # around instances that are fitted to the view
_ALIGN = Qt.AlignmentFlag


class Stage(QWidget):
    """Shows a frame with its labels, as the session's look says.

    Args:
        session: What is shown.
        parent: Owner.
    """

    zoom_changed = Signal(float)
    """How much larger than the whole frame"""
    painted = Signal(int)
    """frame_idx, once per frame shown, after it was first painted"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.scene = Scene(session, self.font())
        self._view = View((640, 480), (1, 1))
        self._is_hidden = False
        self._message: tuple[str, str] | None = None
        self._is_fresh = False
        self._awaited = -1
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(_WAIT)
        self._waiting.timeout.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Frame with labels")
        signals = SessionSignals(session, self)
        signals.selection_changed.connect(self.update)
        signals.look_changed.connect(self._follow_look)
        signals.labels_changed.connect(self._follow_labels)
        signals.document_changed.connect(self._follow_document)
        self._follow_look()
        self.show_frame(None)

    # -- what is shown --------------------------------------------------------------------------

    def show_frame(
        self, image: Image | None, video: Video | None = None, frame_idx: int | None = None
    ) -> None:
        """Show a frame with its labels.

        Args:
            image: (height, width), (height, width, 1 or 3) uint8; None: only the labels.
            video: Its video; None: that of the session.
            frame_idx: Its index; None: that of the session.
        """
        video = self.session.video if video is None else video
        frame_idx = self.session.frame_idx if frame_idx is None else frame_idx
        self.scene.show(image, video, frame_idx)
        self._message = None
        self._is_fresh = True
        if frame_idx == self._awaited or image is None:
            self.await_frame(-1)
        size = self.scene.image_size
        if size != self._view.image_size:
            self._set_view(View(size, self._view.size, ratio=self._view.ratio))
        self.update()

    def show_message(self, title: str, text: str) -> None:
        """Show the labels without pixels, and over them why there are none."""
        self.show_frame(None)
        self._message = title, text
        self.update()

    def await_frame(self, frame_idx: int) -> None:
        """Say that a frame is being read, if that takes longer than a moment; -1: no more."""
        self._awaited = frame_idx
        if frame_idx < 0:
            self._waiting.stop()
        elif not self._waiting.isActive():
            self._waiting.start()

    def set_palettes(self, palettes: Mapping[str, Palette]) -> None:
        """Give palettes of the user, by name."""
        self.scene.palettes = dict(palettes)
        self._follow_look()

    @property
    def poses(self) -> Sequence[Pose]:
        """The instances as they are shown, in the order in which they are painted."""
        return self.scene.poses

    @property
    def message(self) -> str:
        """What is said over the frame, or ""."""
        return "\n".join(self._message) if self._message else ""

    # -- how it is seen -------------------------------------------------------------------------

    @property
    def view(self) -> View:
        """Which part of the frame is seen; maps positions of the widget to the frame."""
        return self._view

    @property
    def zoom(self) -> float:
        """How much larger than the whole frame: 1 to 64."""
        return self._view.zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._set_view(self._view.zoomed(zoom / self._view.zoom))

    def fit_image(self) -> None:
        """Show the whole frame."""
        self._set_view(self._view.whole())

    def fit_instances(self) -> None:
        """Show all instances as large as they fit; without any the whole frame."""
        box = self.scene.instances_box
        if box is None:
            self.fit_image()
            return
        x0, y0, x1, y1 = box
        pad = max(_ROOM * max(x1 - x0, y1 - y0), 8.0)
        self._set_view(self._view.showing(x0 - pad, y0 - pad, x1 + pad, y1 + pad))

    def show_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Show a box of the frame, px."""
        self._set_view(self._view.showing(x0, y0, x1, y1))

    def hide_overlays(self, is_hidden: bool) -> None:
        """Show only the pixels, or the labels again."""
        self._is_hidden = is_hidden
        self.update()

    # -- following the session ------------------------------------------------------------------

    def _follow_look(self) -> None:
        look = self.session.look
        self.scene.picture.adjust(look.brightness, look.contrast)
        self.scene.forget_colors()
        self.update()

    def _follow_labels(self, touched: Touched) -> None:
        if self.scene.follow(touched):
            self.update()

    def _follow_document(self) -> None:
        self.show_frame(None)

    # -- painting -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return a size at which a frame can be worked on."""
        return QSize(800, 600)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is in the middle there."""
        self._fit_widget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the labels over it, and what the mouse is doing over these."""
        if self._view.ratio != self.devicePixelRatioF():
            self._fit_widget()
        painter = QPainter(self)
        self.scene.picture.paint(painter, self._view, self.backdrop)
        if not self._is_hidden:
            self.scene.paint(painter, self._view)
        self._paint_plates(painter)
        self._paint_tools(painter)
        painter.end()
        if self._is_fresh:
            self._is_fresh = False
            self.painted.emit(self.scene.frame_idx)

    @property
    def backdrop(self) -> QColor:
        """The colour around the frame: neither black nor white, so that its edge is seen."""
        is_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        return QColor(34, 36, 40) if is_dark else QColor(196, 199, 204)

    def _paint_tools(self, painter: QPainter) -> None:
        """Paint what the mouse is doing; nothing here."""

    def _paint_plates(self, painter: QPainter) -> None:
        area = self.scene.area(self._view)
        if self.scene.is_negative and not self._is_hidden:
            where = _ALIGN.AlignLeft | _ALIGN.AlignBottom
            paint_plate(painter, "Negative frame: no animal", area, where, NEGATIVE)
        if self._awaited >= 0 and not self._waiting.isActive():
            text = f"Reading frame {self._awaited + 1:,} …"
            paint_plate(painter, text, area, _ALIGN.AlignRight | _ALIGN.AlignTop)
        if self._message is not None:
            area = QRectF(self.rect())
            paint_message(painter, *self._message, area, is_aside=bool(self.poses))

    # -- inside ---------------------------------------------------------------------------------

    def _set_view(self, view: View) -> None:
        old, self._view = self._view, view
        if view.zoom != old.zoom:
            self.zoom_changed.emit(view.zoom)
        self.update()

    def _fit_widget(self) -> None:
        size = self.width(), self.height()
        self._set_view(self._view.resized(size, self.devicePixelRatioF()))

    def _move_view(self, dx: float, dy: float) -> None:
        self._set_view(self._view.moved(dx, dy))

    def _zoom_to(self, box: QRectF) -> None:
        x0, y0 = self._view.unplace(box.topLeft())
        x1, y1 = self._view.unplace(box.bottomRight())
        self._set_view(self._view.showing(x0, y0, x1, y1))
