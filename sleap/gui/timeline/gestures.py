"""What the mouse does on a timeline."""

from enum import Enum, auto
from typing import Protocol

from attrs import define, field
from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QMouseEvent, QWheelEvent

from sleap.gui.timeline.lanes import Lanes
from sleap.gui.timeline.ruler import SCROLL
from sleap.gui.timeline.span import Span

MOVED = 4.0
"""Pixels the mouse moves before a click becomes a drag."""

NOTCH = 120
"""What Qt counts for one notch of a wheel."""

ZOOM = 1.25
"""How much closer one notch of the wheel brings, with Ctrl."""

GRIP = 5.0
"""Height of what takes the scroll bar of a zoomed timeline, pixels."""

_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
)


class Does(Enum):
    """What a pressed button does."""

    NOTHING = auto()
    GO = auto()
    RANGE = auto()
    ZOOM = auto()
    PAN = auto()
    ROWS = auto()


class Target(Protocol):
    """What gestures are done to."""

    span: Span
    lanes: Lanes

    def go(self, x: float) -> None:
        """Go to the frame, or the mark, under a place."""

    def step(self, n_frames: int) -> None:
        """Go so many frames on, or back."""

    def select(self, x0: float, x1: float | None) -> None:
        """Select the frames between two places; None: none."""

    def select_run(self, x: float) -> None:
        """Select the marks without a gap around a place."""

    def show_span(self, span: Span) -> None:
        """Show other frames."""

    def scroll_rows(self, n_rows: int) -> None:
        """Show later rows of tracks, or earlier ones."""

    def update(self) -> None:
        """Draw again."""


@define
class Gestures:
    """The gesture under way.

    Attributes:
        target: What it is done to.
        does: What it does.
        start: Where the button was pressed.
        end: Where the mouse is.
        is_drag: Whether the mouse has moved since.
    """

    target: Target
    does: Does = Does.NOTHING
    start: QPointF = field(factory=QPointF)
    end: QPointF = field(factory=QPointF)
    is_drag: bool = False
    _span: Span | None = None
    _wheel: float = 0.0
    _rows: float = 0.0

    @property
    def zoom_range(self) -> tuple[float, float] | None:
        """Left and right border of what is being zoomed to, pixels; None if nothing is."""
        if self.does is not Does.ZOOM or not self.is_drag:
            return None
        ends = sorted((self.start.x(), self.end.x()))
        return ends[0], ends[1]

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._begin(Does.PAN, event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._begin(self._meaning(event), event)
        if self.does is Does.GO:
            self.target.go(event.position().x())

    def move(self, event: QMouseEvent) -> None:
        """Go on with it."""
        if self.does is Does.NOTHING:
            return
        self.end = event.position()
        self.is_drag = self.is_drag or (self.end - self.start).manhattanLength() >= MOVED
        if self.does is Does.GO:
            self.target.go(self.end.x())
        elif self.does is Does.RANGE and self.is_drag:
            self.target.select(self.start.x(), self.end.x())
        elif self.does is Does.ZOOM:
            self.target.update()
        elif self.does is Does.PAN:
            self._pan()
        elif self.does is Does.ROWS:
            self._drag_rows()

    def release(self, event: QMouseEvent) -> None:
        """End it."""
        does, self.does = self.does, Does.NOTHING
        if does is Does.RANGE and not self.is_drag:
            self.target.select(self.start.x(), None)
        elif does is Does.ZOOM:
            self._zoom()
        self.target.update()

    def double_click(self, event: QMouseEvent) -> None:
        """Select a run of marks, with Shift; else it is one more click."""
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and event.modifiers() & _MODIFIERS == Qt.KeyboardModifier.ShiftModifier:
            self.does = Does.NOTHING
            self.target.select_run(event.position().x())
        else:
            self.press(event)

    def wheel(self, event: QWheelEvent) -> None:
        """Step, zoom (Ctrl), or scroll what is under the mouse."""
        turned = event.angleDelta()
        x, y = event.position().x(), event.position().y()
        span, lanes = self.target.span, self.target.lanes
        is_sideways = abs(turned.x()) > abs(turned.y())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.target.show_span(span.zoomed(x, ZOOM ** (turned.y() / NOTCH)))
        elif is_sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            amount = turned.x() if is_sideways else turned.y()
            self.target.show_span(span.moved(-amount / NOTCH * 0.1 * (span.last - span.first)))
        else:
            self._wheel -= turned.y() / NOTCH
            n_notches = int(self._wheel)
            self._wheel -= n_notches
            if lanes.scrolls and lanes.tracks.holds(y):
                self.target.scroll_rows(n_notches * 3)
            elif n_notches:
                self.target.step(n_notches)

    # -- inside ---------------------------------------------------------------------------------

    def _begin(self, does: Does, event: QMouseEvent) -> None:
        self.does, self.is_drag = does, False
        self.start = self.end = event.position()
        self._span, self._rows = self.target.span, 0.0

    def _meaning(self, event: QMouseEvent) -> Does:
        span, lanes, place = self.target.span, self.target.lanes, event.position()
        pressed = event.modifiers() & _MODIFIERS
        if pressed == Qt.KeyboardModifier.ShiftModifier:
            return Does.RANGE
        if pressed == Qt.KeyboardModifier.AltModifier:
            return Does.ZOOM
        if span.is_zoomed and place.y() >= lanes.ruler.bottom - max(GRIP, SCROLL):
            return Does.PAN
        if lanes.scrolls and lanes.tracks.holds(place.y()) and place.x() > span.left + span.width:
            return Does.ROWS
        return Does.GO

    def _zoom(self) -> None:
        span = self.target.span
        if not self.is_drag:
            self.target.show_span(Span.whole(span.n_frames, span.left, span.width))
            return
        ends = sorted((self.start.x(), self.end.x()))
        first, last = span.frame_at(ends[0]), span.frame_at(ends[1])
        self.target.show_span(span.shown(first, last + 1))

    def _pan(self) -> None:
        span = self._span
        if span is None:
            return
        moved = self.end.x() - self.start.x()
        is_bar = self.start.y() >= self.target.lanes.ruler.bottom - max(GRIP, SCROLL)
        frames = moved * span.n_frames / span.width if is_bar else -moved / span.scale
        self.target.show_span(span.moved(frames))

    def _drag_rows(self) -> None:
        lanes = self.target.lanes
        share = (self.end.y() - self.start.y()) / max(lanes.tracks.height, 1.0)
        wanted = share * lanes.n_rows
        step = int(wanted - self._rows)
        if step:
            self._rows += step
            self.target.scroll_rows(step)
