"""The picture of a timeline: all but the handle, drawn anew only when what it shows changes."""

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen
from qtpy.QtCore import QRectF
from qtpy.QtGui import QColor, QFont, QImage, QPainter, QPixmap

from sleap.core.tables import FloatArray, IntArray
from sleap.gui.timeline import columns, crowd, ruler
from sleap.gui.timeline.colors import Colors, mix
from sleap.gui.timeline.curve import draw_graph
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.lanes import Lane, Lanes
from sleap.gui.timeline.levels import Levels
from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY, Flag, FlagArray, Marks
from sleap.gui.timeline.span import Span
from sleap.render.palette import Palette

Pixels = npt.NDArray[np.uint8]

BAR, BOX = 3, 5
"""Widths of the marks of labels and of suggestions, pixels of the widget."""

LONE = 6.0
"""Height of the mark of a single suggestion, pixels of the widget; crowds of them are higher."""

APART, EACH = 7.0, 4.0
"""Pixels a frame takes up from which on each mark is drawn on its own; each of a suggestion."""

PALE = 0.35
"""How strongly open suggestions are coloured in a crowd."""

FAINTEST = 0.4
"""How strongly a track is drawn that is on few of the frames of a column."""

_TOP = np.array([0, *(1 << (flags.bit_length() - 1) for flags in range(1, 256))], np.uint8)
"""Which of several flags or states a column shows."""


@frozen(eq=False)
class Scene:
    """All that the picture depends on.

    Attributes:
        data: The labels of the video; None while they are being read.
        graph: Values of the chosen statistic; None without one, or while it is computed.
        span: The visible frames.
        lanes: Where the parts lie.
        colors: Colours of everything but tracks.
        palette: Colours of tracks.
        first_row: The first visible row of tracks.
        font: Of the numbers of frames.
        ratio: Pixels of the screen for one of the widget.
    """

    data: TimelineData | None
    graph: Levels | None
    span: Span
    lanes: Lanes
    colors: Colors
    palette: Palette
    first_row: int
    font: QFont
    ratio: float

    @property
    def n_columns(self) -> int:
        """Pixels of the screen from the first to the last visible frame."""
        return max(1, round(self.span.width * self.ratio))

    def strip(self, lane: Lane) -> QRectF:
        """Return the part of a lane where frames are."""
        return QRectF(self.span.left, lane.y, self.span.width, lane.height)

    def draw(self, width: int, height: int) -> QPixmap:
        """Return the picture, in pixels of the screen."""
        picture = QPixmap(round(width * self.ratio), round(height * self.ratio))
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(self.colors.base)
        painter = QPainter(picture)
        for lane in (self.lanes.labels, self.lanes.suggestions, self.lanes.untracked):
            if lane.height:
                painter.fillRect(self.strip(lane), self.colors.lane)
        if self.lanes.graph.height:
            strip = self.strip(self.lanes.graph)
            draw_graph(painter, self.graph, self.span, strip, self.colors, self.n_columns)
        if self.data is not None:
            self._draw_marks(painter, self.data)
            self._draw_tracks(painter, self.data)
            self._draw_untracked(painter, self.data)
        ruler.draw(painter, self.span, self.lanes.ruler, self.colors, self.font)
        painter.end()
        return picture

    # -- marks ----------------------------------------------------------------------------------

    def _draw_marks(self, painter: QPainter, data: TimelineData) -> None:
        lanes, colors, marks = self.lanes, self.colors, data.marks
        frames, flags = _visible(marks.labeled, marks.flags, self.span)
        for box in self._boxes(frames, flags, Flag.USER, BAR):
            self._draw_box(painter, box, lanes.labels, colors.user, colors.user)
        anchors = np.full(len(marks.anchored), Flag.NEGATIVE, np.uint8)
        for negative in ((frames, flags), _visible(marks.anchored, anchors, self.span)):
            for box in self._boxes(*negative, Flag.NEGATIVE, BOX):
                self._draw_box(painter, box, lanes.labels, colors.negative, colors.lane)
        if lanes.suggestions.height:
            self._draw_suggestions(painter, marks)

    def _draw_suggestions(self, painter: QPainter, marks: Marks) -> None:
        """Draw a box for each suggestion that has room, and columns for those that have not."""
        lane, colors, span = self.lanes.suggestions, self.colors, self.span
        low = Lane(lane.bottom - LONE, LONE)
        styles = {
            OPEN: (colors.suggested, colors.lane),
            PREDICTED_ONLY: (colors.predicted_edge, colors.predicted),
            DONE: (colors.suggested, colors.suggested),
        }
        n_frames = crowd.window(BOX, span.scale)
        near = evolve(span, first=span.first - n_frames, last=span.last + n_frames)
        frames, states = _visible(marks.suggested, marks.states, near)
        size = min(max(span.scale - 3, BOX), 2.0 * BOX)
        sizes = np.full(len(frames), size)
        if span.scale < APART:
            is_alone = crowd.are_alone(frames, n_frames)
            sizes[~is_alone] = min(span.scale - 1, BOX)
            if span.scale < EACH and not is_alone.all():
                self._draw_crowd(painter, frames[~is_alone], states[~is_alone], n_frames)
                frames, states, sizes = frames[is_alone], states[is_alone], sizes[is_alone]
        lefts = span.left + (frames + 0.5 - span.first) * span.scale - sizes / 2
        lefts = np.round(lefts * self.ratio) / self.ratio
        for left, size, state in zip(lefts.tolist(), sizes.tolist(), states.tolist(), strict=True):
            self._draw_box(painter, (left, left + size, state), low, *styles[state])

    def _draw_crowd(
        self, painter: QPainter, frames: IntArray, states: FlagArray, n_frames: int
    ) -> None:
        lane, colors, ratio = self.lanes.suggestions, self.colors, self.ratio
        edges = self.span.edges(self.n_columns)
        counts = crowd.count(frames, states, (edges[:-1] + edges[1:]) / 2, n_frames)
        limits = round(LONE * ratio), round(lane.height * ratio)
        parts = crowd.heights(counts, n_frames, limits, round(crowd.LEAST * ratio))
        pale = mix(colors.lane, colors.suggested, PALE)
        inks = [colors.suggested, colors.predicted, pale, colors.lane]
        borders = [colors.suggested, colors.predicted_edge, colors.suggested]
        pixels = crowd.paint(
            parts,
            limits[1],
            np.array([_values(one) for one in inks]),
            np.array([_values(one) for one in borders]),
            max(1, int(ratio)),
        )
        self._draw_pixels(painter, pixels, lane)

    def _draw_untracked(self, painter: QPainter, data: TimelineData) -> None:
        lane, marks = self.lanes.untracked, data.marks
        if not lane.height:
            return
        frames, flags = _visible(marks.labeled, marks.flags, self.span)
        joined = columns.in_columns(frames, flags, self.span.edges(self.n_columns))
        states = (joined & Flag.UNTRACKED) != 0
        states = columns.widen(states.astype(np.uint8), 0, max(0, round(self.ratio) - 1))
        ground, ink = _values(self.colors.lane), _values(self.colors.text)
        row = np.where(states[:, None], ink, ground).astype(np.uint8)
        self._draw_pixels(painter, row[None], lane)

    def _boxes(
        self, frames: IntArray, flags: FlagArray, shown: int, width: int
    ) -> list[tuple[float, float, int]]:
        """Return left and right border in pixels of the widget, and the state, of each mark.

        Args:
            frames: (n,) indices of visible frames, ascending.
            flags: (n,) of each.
            shown: Which flags make a mark.
            width: Of a mark, pixels of the widget.
        """
        span = self.span
        if not len(frames):
            return []
        if span.scale >= APART:
            size = min(max(span.scale - 3, width), 2.0 * width)
            middles = span.left + (frames + 0.5 - span.first) * span.scale
            found = zip(middles.tolist(), _TOP[flags & shown].tolist(), strict=True)
            return [(x - size / 2, x + size / 2, state) for x, state in found if state]
        n_pixels = max(1, round((width - max(span.scale - 1, 0)) * self.ratio))
        joined = columns.in_columns(frames, flags, span.edges(self.n_columns))
        states = _TOP[joined & shown]
        states = columns.widen(states, n_pixels // 2, n_pixels - 1 - n_pixels // 2)
        return [
            (span.left + first / self.ratio, span.left + last / self.ratio, state)
            for first, last, state in columns.boxes(states)
        ]

    def _draw_box(
        self,
        painter: QPainter,
        box: tuple[float, float, int],
        lane: Lane,
        edge: QColor,
        inside: QColor,
    ) -> None:
        left = max(round(box[0] * self.ratio) / self.ratio, self.span.left)
        right = min(round(box[1] * self.ratio) / self.ratio, self.span.left + self.span.width)
        if right <= left:
            return
        outer = QRectF(left, lane.y, right - left, lane.height)
        painter.fillRect(outer, edge)
        if inside != edge:
            painter.fillRect(outer.adjusted(1, 1, -1, -1), inside)

    # -- tracks ---------------------------------------------------------------------------------

    def _draw_tracks(self, painter: QPainter, data: TimelineData) -> None:
        lanes = self.lanes
        tracks = data.runs.tracks[self.first_row : self.first_row + lanes.n_visible]
        if not len(tracks):
            return
        parts = data.runs.coverage(tracks, self.span.edges(self.n_columns))
        strength = np.where(parts > 0, FAINTEST + (1 - FAINTEST) * parts, 0)
        strength = _spread(strength)[:, :, None]
        ground = _values(self.colors.lane)
        colors = self.colors.of_tracks(tracks, self.palette)
        rows = np.array([_values(color) for color in colors])[:, None]
        painted = (ground + (rows - ground) * strength + 0.5).astype(np.uint8)
        pitch, row = round(lanes.pitch * self.ratio), round(lanes.row * self.ratio)
        pixels = np.empty((len(tracks), pitch, self.n_columns), np.uint32)
        pixels[:, :row] = painted.view(np.uint32).reshape(len(tracks), 1, -1)
        pixels[:, row:] = ground.astype(np.uint8).view(np.uint32)
        rows = pixels.view(np.uint8).reshape(-1, self.n_columns, 4)
        self._draw_pixels(painter, rows, Lane(lanes.tracks.y, len(tracks) * lanes.pitch))

    def _draw_pixels(self, painter: QPainter, pixels: Pixels, lane: Lane) -> None:
        """Draw (height, n_columns, 4) bytes as high as a lane."""
        size = self.n_columns, len(pixels), self.n_columns * 4
        image = QImage(pixels.data, *size, QImage.Format.Format_RGB32)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(self.strip(lane), image)


def _visible(frames: IntArray, flags: FlagArray, span: Span) -> tuple[IntArray, FlagArray]:
    ends = np.array([int(span.first), int(np.ceil(span.last))])
    first, last = columns.places(frames, ends).tolist()
    return frames[first:last], flags[first:last]


def _spread(strength: FloatArray) -> FloatArray:
    """Let what is on a single column take up the next one, too, where that closes no gap."""
    is_there = strength > 0
    n_rows = len(strength)
    no = np.zeros((n_rows, 1), bool)
    is_alone = is_there & ~np.c_[no, is_there[:, :-1]] & ~np.c_[is_there[:, 1:], no]
    has_room = ~np.c_[is_there[:, 2:], no, no]
    row, column = np.nonzero(is_alone & has_room)
    result = strength.copy()
    result[row, column] = 1.0
    inside = column + 1 < strength.shape[1]
    result[row[inside], column[inside] + 1] = 1.0
    return result


def _values(color: QColor) -> FloatArray:
    """Return (4,) a colour as its bytes lie in memory: blue, green, red, opaque."""
    return np.array([color.blue(), color.green(), color.red(), 255.0])
