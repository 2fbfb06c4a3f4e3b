"""The graph of a statistic, drawn: columns of pixels from afar, a line from near by."""

import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QRectF
from qtpy.QtGui import QImage, QPainter

from sleap.core.tables import FloatArray
from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.columns import between, strokes
from sleap.gui.timeline.levels import Level, Levels
from sleap.gui.timeline.span import Span

THICKNESS = 1.2
"""Of the line, pixels of the widget."""

FILL = 0.28
"""How strongly what lies below the line is coloured."""


def draw_graph(
    painter: QPainter,
    levels: Levels | None,
    span: Span,
    area: QRectF,
    colors: Colors,
    n_columns: int,
) -> None:
    """Draw a graph.

    Args:
        painter: What draws.
        levels: What to draw; None: the ground alone.
        span: The visible frames.
        area: Where they are.
        colors: The colours.
        n_columns: Pixels of the screen from left to right.
    """
    painter.fillRect(area, colors.lane)
    limits = None if levels is None else value_range(levels, span)
    if levels is None or limits is None:
        return
    height = max(2, round(area.height() * n_columns / span.width))
    edges = span.edges(n_columns)
    is_far = span.last - span.first >= n_columns
    lowest, highest = levels.columns(edges) if is_far else _between(levels, edges)
    thickness = THICKNESS * n_columns / span.width
    line, ground = strokes(lowest, highest, *limits, (height, thickness))
    np.maximum(line, np.multiply(ground, FILL, out=ground), out=line)
    pixels = _inks(colors)[np.multiply(line, 255, out=line).astype(np.uint8)]
    image = QImage(pixels.data, n_columns, height, n_columns * 4, QImage.Format.Format_RGB32)
    painter.drawImage(area, image)


def _between(levels: Levels, edges: FloatArray) -> Level:
    """Return the heights of the line, of the visible frames and those beside them."""
    first = max(0, int(edges[0]) - 1)
    return between(levels.values[first : int(edges[-1]) + 2], edges - first)


def _inks(colors: Colors) -> npt.NDArray[np.uint32]:
    """Return (256,) pixels from the ground of a lane to the colour of the line."""
    lane, line = (
        np.array([color.blue(), color.green(), color.red(), 255.0])
        for color in (colors.lane, colors.graph)
    )
    shades = lane + (line - lane) * np.linspace(0, 1, 256)[:, None] + 0.5
    inks: npt.NDArray[np.uint32] = shades.astype(np.uint8).view(np.uint32)[:, 0]
    return inks


def value_range(levels: Levels, span: Span) -> tuple[float, float] | None:
    """Return the least and the greatest value in sight; None if there is none.

    A graph of a single value gets some room around it.
    """
    lowest, highest = levels.columns(np.array([np.floor(span.first), np.ceil(span.last)]))
    bottom, top = float(lowest[0]), float(highest[0])
    if not np.isfinite(bottom) or not np.isfinite(top):
        return None
    return (bottom, top) if top > bottom else (bottom - 0.5, top + 0.5)
