"""The timeline below the canvas: where the video is labeled, and where the user is in it."""

from collections.abc import Mapping

import numpy as np
from qtpy.QtCore import QEvent, QPointF, QSize, Qt, Signal
from qtpy.QtGui import (
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from qtpy.QtWidgets import QSizePolicy, QToolTip, QWidget

from sleap.gui.bridge import SessionSignals
from sleap.gui.session import Session
from sleap.gui.timeline import crowd
from sleap.gui.timeline.drawing import Drawing, Pointer, View
from sleap.gui.timeline.feed import Feed
from sleap.gui.timeline.gestures import Does, Gestures
from sleap.gui.timeline.lanes import MARGIN, Lanes
from sleap.gui.timeline.marks import Flag
from sleap.gui.timeline.scene import BOX, EACH
from sleap.gui.timeline.span import Span
from sleap.gui.timeline.tips import describe
from sleap.render.palette import Palette

SNAP = 4.0
"""A mark so many pixels away, or nearer, is gone to."""

LEAST_WIDTH = 240


class Timeline(QWidget):
    """Tracks, marks, a graph and the handle; the mouse goes to frames, selects and zooms.

    Drag or click: go to a frame (or the mark beside it). Wheel: step. Shift+drag selects a range,
    Shift+click none, Shift+double-click a run of marks. Alt+drag zooms to a range, Alt+click shows
    all again; Ctrl+wheel zooms, and Shift+wheel or the middle button moves along.

    Args:
        session: What is shown.
        palettes: The user's own palettes by name.
        parent: The parent.

    Attributes:
        span: The visible frames.
        lanes: Where the parts lie.
        feed: What is shown.
    """

    frame_requested = Signal(int)
    """The user wants to see this frame."""
    range_selected = Signal(int, object)
    """The user selected the frames from one to another, both included; None: selects none."""

    def __init__(
        self,
        session: Session,
        palettes: Mapping[str, Palette] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._first_row = 0
        self._hovered: QPointF | None = None
        self.span = Span.whole(1, MARGIN, LEAST_WIDTH - 2 * MARGIN)
        self.lanes = Lanes.arrange(0)
        self._gestures = Gestures(self)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline")
        self.feed = Feed(session, self)
        self._drawing = Drawing(session, self.feed, palettes)
        self._drawing.dress(self.palette(), self.font())
        self.feed.changed.connect(self.refresh)
        self.feed.reset.connect(self._start_over)
        signals = SessionSignals(session, self)
        signals.frame_changed.connect(self._follow_frame)
        signals.range_changed.connect(self.update)
        self.refresh()

    # -- what is shown --------------------------------------------------------------------------

    @property
    def frame_idx(self) -> int:
        """Index of the current frame."""
        return self._session.frame_idx

    @property
    def first_row(self) -> int:
        """The first visible row of tracks."""
        return self._first_row

    def refresh(self) -> None:
        """Draw all anew: labels were edited, or something is to look different."""
        data = self.feed.data
        untracked = data is not None and bool((data.marks.flags & Flag.UNTRACKED).any())
        self.lanes = Lanes.arrange(
            0 if data is None else len(data.runs.tracks),
            has_graph=bool(self.feed.statistic),
            has_suggestions=data is not None and len(data.marks.suggested) > 0,
            has_untracked=untracked,
            ratio=self.devicePixelRatioF(),
        )
        self._first_row = min(self._first_row, self.lanes.n_rows - self.lanes.n_visible)
        if self.height() != self.lanes.height or self.maximumHeight() != self.lanes.height:
            self.setFixedHeight(int(self.lanes.height))
        self._fit()

    def sizeHint(self) -> QSize:
        """Return a usual width, and the height of what there is."""
        return QSize(640, int(self.lanes.height))

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(LEAST_WIDTH, int(self.lanes.height))

    def set_palettes(self, palettes: Mapping[str, Palette]) -> None:
        """Colour tracks by other palettes of the user."""
        self._drawing.palettes = palettes
        self._redraw()

    # -- what is in sight -----------------------------------------------------------------------

    def zoom_to(self, first: int, last: int) -> None:
        """Show the frames from one to another, both included."""
        self.show_span(self.span.shown(min(first, last), max(first, last) + 1))

    def show_all(self) -> None:
        """Show all frames."""
        self.show_span(Span.whole(self.span.n_frames, self.span.left, self.span.width))

    # -- what gestures do -----------------------------------------------------------------------

    def frame_at(self, x: float) -> int:
        """Return the frame a click goes to: that of the mark beside it, or the one under it."""
        frame_idx = self.span.frame_at(x)
        data = self.feed.data
        reach = int(SNAP / self.span.scale)
        if data is None or not reach:
            return frame_idx
        return min(data.marks.nearest(frame_idx, reach), self.span.n_frames - 1)

    def go(self, x: float) -> None:
        """Ask for the frame under a place."""
        self._request(self.frame_at(x))

    def step(self, n_frames: int) -> None:
        """Ask for a frame further on, or back; not beyond the ends."""
        self._request(min(max(self.frame_idx + n_frames, 0), self.span.n_frames - 1))

    def select(self, x0: float, x1: float | None) -> None:
        """Select the frames between two places; None: none."""
        if x1 is None:
            self.range_selected.emit(self.span.frame_at(x0), None)
        else:
            first, last = sorted((self.span.frame_at(x0), self.span.frame_at(x1)))
            self.range_selected.emit(first, last)

    def select_run(self, x: float) -> None:
        """Select the marked frames that lie around a place without a gap."""
        run = None if self.feed.data is None else self.feed.data.marks.run(self.frame_at(x))
        if run is not None:
            self.range_selected.emit(*run)

    def show_span(self, span: Span) -> None:
        """Show other frames."""
        if span != self.span:
            self.span = span
            self.update()

    def scroll_rows(self, n_rows: int) -> None:
        """Show later rows of tracks, or earlier ones."""
        last = self.lanes.n_rows - self.lanes.n_visible
        first = min(max(self._first_row + n_rows, 0), last)
        if first != self._first_row:
            self._first_row = first
            self.update()

    # -- events ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and what moves over it."""
        size = self.width(), self.height(), self.devicePixelRatioF()
        painter = QPainter(self)
        self._drawing.paint(
            painter, View(self.span, self.lanes, self._first_row, *size), self._pointer
        )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        QToolTip.hideText()
        self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or look at what is under the mouse."""
        self._hovered = event.position()
        self._gestures.move(event)
        if self._gestures.does is Does.NOTHING and QToolTip.isVisible():
            self._show_tip(event.position(), event.globalPosition())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a run of marks."""
        self._gestures.double_click(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step, zoom or scroll."""
        self._gestures.wheel(event)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Look at nothing."""
        self._hovered = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the same frames out anew."""
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the font of the window."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._drawing.dress(self.palette(), self.font())
            self.update()

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse when it rests; lay out anew on another screen."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(QPointF(event.pos()), QPointF(event.globalPos()))
            return True
        handled = bool(super().event(event))
        if event.type() == getattr(QEvent.Type, "DevicePixelRatioChange", None):
            self.refresh()
        return handled

    # -- inside ---------------------------------------------------------------------------------

    def _request(self, frame_idx: int) -> None:
        if self._session.video is not None and frame_idx != self.frame_idx:
            self.frame_requested.emit(frame_idx)

    def _follow_frame(self, frame_idx: int) -> None:
        """Keep the current frame, and one of its tracks, in sight."""
        if self.span.is_zoomed and self._gestures.does is not Does.PAN:
            self.show_span(self.span.revealing(frame_idx))
        data, lanes = self.feed.data, self.lanes
        if data is not None and lanes.scrolls:
            rows = np.searchsorted(data.runs.tracks, data.runs.at(frame_idx))
            in_sight = (rows >= self._first_row) & (rows < self._first_row + lanes.n_visible)
            if len(rows) and not in_sight.any():
                self.scroll_rows(int(rows[0]) - lanes.n_visible // 2 - self._first_row)
        self.setAccessibleDescription(f"Frame {frame_idx + 1} of {self.span.n_frames}")
        self.update()

    def _start_over(self) -> None:
        self._first_row = 0
        self.span = Span.whole(1, self.span.left, self.span.width)

    def _fit(self) -> None:
        data = self.feed.data
        n_frames = data.n_frames if data is not None else self._session.n_frames
        self.span = self.span.resized(max(n_frames, 1), MARGIN, self.width() - 2 * MARGIN)
        self._redraw()

    def _redraw(self) -> None:
        self._drawing.forget()
        self.update()

    @property
    def _pointer(self) -> Pointer:
        does, place = self._gestures.does, self._hovered
        if does is not Does.NOTHING or place is None:
            return Pointer(zoom_range=self._gestures.zoom_range, is_dragging=does is Does.GO)
        return Pointer(place, self.frame_at(place.x()))

    def _show_tip(self, place: QPointF, on_screen: QPointF) -> None:
        data = self.feed.data
        if data is None or self._session.video is None:
            return
        frame_idx = self.frame_at(place.x())
        labels, n_frames = self._session.labels, self.span.n_frames
        near = min(crowd.window(BOX, self.span.scale), n_frames) if self.span.scale < EACH else 1
        text = describe(labels, data, self.feed.graph, frame_idx, n_frames, near)
        QToolTip.showText(on_screen.toPoint(), text, self)
