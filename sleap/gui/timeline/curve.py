"""The graph of a statistic, drawn: columns of pixels from afar, a line from near by."""

import numpy as np
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QImage, QPainter, QPen, QPolygonF

from sleap.core.tables import FloatArray
from sleap.gui.timeline.colors import Colors, mix
from sleap.gui.timeline.columns import strokes
from sleap.gui.timeline.graph import Graph
from sleap.gui.timeline.span import Span

FILL = 0.28
"""How strongly what lies below the line is coloured."""


def draw_graph(
    painter: QPainter, graph: Graph | None, span: Span, area: QRectF, colors: Colors, n_columns: int
) -> None:
    """Draw a graph.

    Args:
        painter: What draws.
        graph: What to draw; None: the ground alone.
        span: The visible frames.
        area: Where they are.
        colors: The colours.
        n_columns: Pixels of the screen from left to right.
    """
    painter.fillRect(area, colors.lane)
    limits = None if graph is None else value_range(graph, span)
    if graph is None or limits is None:
        return
    if span.last - span.first >= n_columns:
        _draw_columns(painter, graph, span, area, colors, n_columns, limits)
    else:
        _draw_line(painter, graph, span, area, colors, limits)


def value_range(graph: Graph, span: Span) -> tuple[float, float] | None:
    """Return the least and the greatest value in sight; None if there is none.

    A graph of a single value gets some room around it.
    """
    lowest, highest = graph.columns(np.array([np.floor(span.first), np.ceil(span.last)]))
    bottom, top = float(lowest[0]), float(highest[0])
    if not np.isfinite(bottom) or not np.isfinite(top):
        return None
    return (bottom, top) if top > bottom else (bottom - 0.5, top + 0.5)


def _draw_columns(
    painter: QPainter,
    graph: Graph,
    span: Span,
    area: QRectF,
    colors: Colors,
    n_columns: int,
    limits: tuple[float, float],
) -> None:
    height = max(2, round(area.height() * n_columns / span.width))
    lowest, highest = graph.columns(span.edges(n_columns))
    kinds = strokes(lowest, highest, *limits, height)
    inks = (colors.lane, mix(colors.lane, colors.graph, FILL), colors.graph)
    table = np.array([ink.rgba() for ink in inks], np.uint32)
    pixels = table[kinds]
    image = QImage(pixels.data, n_columns, height, n_columns * 4, QImage.Format.Format_RGB32)
    painter.drawImage(area, image)


def _draw_line(
    painter: QPainter,
    graph: Graph,
    span: Span,
    area: QRectF,
    colors: Colors,
    limits: tuple[float, float],
) -> None:
    first = max(0, int(span.first) - 1)
    values = graph.values[first : int(np.ceil(span.last)) + 1]
    bottom, top = limits
    x = span.left + (np.arange(len(values)) + first + 0.5 - span.first) * span.scale
    y = area.bottom() - 1 - (values - bottom) / (top - bottom) * (area.height() - 2)
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(colors.graph, 1.25)
    for begin, end in _stretches(values):
        points = [
            QPointF(*xy) for xy in zip(x[begin:end].tolist(), y[begin:end].tolist(), strict=True)
        ]
        if len(points) == 1:
            points = [points[0] - QPointF(1.5, 0), points[0] + QPointF(1.5, 0)]
        ground = area.bottom()
        corners = [QPointF(points[-1].x(), ground), QPointF(points[0].x(), ground)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mix(colors.lane, colors.graph, FILL))
        painter.drawPolygon(QPolygonF(points + corners))
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
    painter.restore()


def _stretches(values: FloatArray) -> list[tuple[int, int]]:
    """Return first and one past the last place of every stretch without NaN."""
    known = np.r_[False, ~np.isnan(values), False]
    bounds = np.flatnonzero(known[1:] != known[:-1])
    return [(int(begin), int(end)) for begin, end in bounds.reshape(-1, 2)]
