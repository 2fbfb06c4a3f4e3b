"""Draws a timeline: a picture kept until it would look different, and what moves over it."""

from collections.abc import Mapping

from attrs import frozen
from qtpy.QtCore import QPointF
from qtpy.QtGui import QFont, QPainter, QPalette, QPixmap

from sleap.gui.overlays.colors import find_palette
from sleap.gui.session import Session
from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.curve import value_range
from sleap.gui.timeline.feed import Feed
from sleap.gui.timeline.lanes import Lanes
from sleap.gui.timeline.overlay import Overlay
from sleap.gui.timeline.scene import Scene
from sleap.gui.timeline.span import Span
from sleap.gui.timeline.tips import short
from sleap.render.palette import Palette

FONT = 10
"""Height of numbers, pixels of the widget."""


@frozen
class View:
    """What of the labels is in sight, and how large.

    Attributes:
        span: The visible frames.
        lanes: Where the parts lie.
        first_row: The first visible row of tracks.
        width: Of the widget, its pixels.
        height: Of the widget, its pixels.
        ratio: Pixels of the screen for one of the widget.
    """

    span: Span
    lanes: Lanes
    first_row: int
    width: int
    height: int
    ratio: float


@frozen
class Pointer:
    """What the mouse is at.

    Attributes:
        place: Where it hovers; None while a button is held, or if it is elsewhere.
        frame_idx: The frame that a click there goes to.
        zoom_range: Left and right border of what is being zoomed to, pixels; None if nothing is.
        is_dragging: Whether it drags the handle.
    """

    place: QPointF | None = None
    frame_idx: int = 0
    zoom_range: tuple[float, float] | None = None
    is_dragging: bool = False


class Drawing:
    """Draws a timeline.

    Args:
        session: What is shown.
        feed: The labels.
        palettes: The user's own palettes by name.

    Attributes:
        palettes: The user's own palettes by name.
    """

    def __init__(
        self, session: Session, feed: Feed, palettes: Mapping[str, Palette] | None = None
    ) -> None:
        self._session, self._feed = session, feed
        self.palettes = palettes
        self._colors = Colors.of(QPalette())
        self._font = QFont()
        self._picture: QPixmap | None = None
        self._view: View | None = None

    def forget(self) -> None:
        """Draw the picture anew the next time: labels or colours changed."""
        self._picture = None

    def dress(self, palette: QPalette, font: QFont) -> None:
        """Follow the colours and the font of the window."""
        self._colors = Colors.of(palette)
        self._font = QFont(font)
        self._font.setPixelSize(FONT)
        self.forget()

    def paint(self, painter: QPainter, view: View, pointer: Pointer) -> None:
        """Draw the picture, and what moves over it."""
        if self._picture is None or view != self._view:
            self._view = view
            self._picture = self._scene(view).draw(view.width, view.height)
        painter.drawPixmap(0, 0, self._picture)
        if self._session.video is not None:
            self._draw_overlay(painter, view, pointer)

    # -- inside ---------------------------------------------------------------------------------

    def _scene(self, view: View) -> Scene:
        graph = self._feed.graph
        return Scene(
            self._feed.data,
            None if graph is None else graph.levels,
            view.span,
            view.lanes,
            self._colors,
            find_palette(self._session.look.palette, self.palettes),
            view.first_row,
            self._font,
            view.ratio,
        )

    def _draw_overlay(self, painter: QPainter, view: View, pointer: Pointer) -> None:
        session = self._session
        overlay = Overlay(painter, view.span, view.lanes, self._colors, self._font)
        if view.lanes.scrolls:
            overlay.row_bar(view.first_row)
        if self._feed.data is None:
            overlay.note("Reading labels…", view.lanes.labels)
        self._draw_graph_note(overlay, view)
        if session.frame_range is not None:
            overlay.frame_range(*session.frame_range, session.frame_idx)
        if session.marked is not None and session.marked[0] is session.video:
            overlay.marked(session.marked[1])
        if pointer.place is not None:
            overlay.hover(pointer.frame_idx)
            if view.lanes.graph.holds(pointer.place.y()):
                self._draw_axis(overlay, view)
        if pointer.zoom_range is not None:
            overlay.zoom_range(*pointer.zoom_range)
        overlay.handle(session.frame_idx, is_held=pointer.is_dragging)

    def _draw_graph_note(self, overlay: Overlay, view: View) -> None:
        """Say why there is no graph."""
        graph, lane = self._feed.graph, view.lanes.graph
        if lane.height and graph is None and self._feed.is_loading:
            overlay.note("Computing…", lane)
        elif lane.height and graph is not None and value_range(graph.levels, view.span) is None:
            overlay.note(f"{graph.title}: no values here", lane)

    def _draw_axis(self, overlay: Overlay, view: View) -> None:
        """Write beside the graph what it shows."""
        graph = self._feed.graph
        limits = None if graph is None else value_range(graph.levels, view.span)
        if graph is not None and limits is not None:
            overlay.axis(graph.title, short(limits[0]), short(limits[1]))
