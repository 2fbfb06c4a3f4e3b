"""The ruler of a timeline: numbers of frames, and what part of the video is visible."""

import math

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QFont, QFontMetricsF, QPainter

from sleap.gui.timeline.colors import Colors, mix
from sleap.gui.timeline.lanes import Lane
from sleap.gui.timeline.span import Span

APART = 28.0
"""Least room between two numbers, pixels of the widget."""

SCROLL = 3.0
"""Height of the bar that shows which part of the video is visible, while it is zoomed."""

TICK = 3.0


def number(frame_idx: int) -> str:
    """Return what a frame is called on screen: counted from 1, in groups of three digits."""
    return f"{frame_idx + 1:,}"


def step_of(least: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50 ... that is not smaller."""
    if least <= 1:
        return 1
    power = 10 ** math.floor(math.log10(least))
    return int(next(power * one for one in (1, 2, 5, 10) if power * one >= least * (1 - 1e-9)))


def ticks(span: Span, room: float) -> list[int]:
    """Return the frames that get a number.

    Args:
        span: The visible frames.
        room: Pixels of the widget from one number to the next, at least.
    """
    step = step_of(room / span.scale)
    first = int(span.first) // step
    numbers = [max(step * place, 1) for place in range(first, int(span.last) // step + 2)]
    shown = sorted({one - 1 for one in numbers})
    return [one for one in shown if span.first <= one + 0.5 <= span.last and one < span.n_frames]


def numbers(span: Span, lane: Lane, font: QFont) -> list[tuple[int, QRectF]]:
    """Return the frames that get a number, and where it is written."""
    metrics = QFontMetricsF(font)
    digit, comma = metrics.horizontalAdvance("0"), metrics.horizontalAdvance(",")
    found = []
    end = -math.inf
    for frame_idx in ticks(span, metrics.horizontalAdvance(number(span.n_frames)) + APART):
        text = number(frame_idx)
        width = len(text) * digit - text.count(",") * (digit - comma)
        left = span.x(frame_idx + 0.5) - width / 2
        left = min(max(left, span.left - 8), span.left + span.width + 8 - width)
        if left >= end:
            area = QRectF(left, lane.y + TICK, width + 1, lane.height - TICK - 2)
            found.append((frame_idx, area))
            end = left + width + 10
    return found


def draw(painter: QPainter, span: Span, lane: Lane, colors: Colors, font: QFont) -> None:
    """Draw the ruler."""
    painter.setFont(font)
    line = mix(colors.base, colors.faint, 0.6)
    painter.setPen(line)
    painter.drawLine(
        QPointF(span.left, lane.y + 0.5), QPointF(span.left + span.width, lane.y + 0.5)
    )
    for frame_idx, area in numbers(span, lane, font):
        x = span.x(frame_idx + 0.5)
        painter.setPen(line)
        painter.drawLine(QPointF(x, lane.y + 1), QPointF(x, lane.y + TICK))
        painter.setPen(colors.faint)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, number(frame_idx))
    if span.is_zoomed:
        bar = scroll_bar(span, lane)
        painter.fillRect(QRectF(span.left, bar.y(), span.width, SCROLL), colors.lane)
        painter.fillRect(bar, colors.faint)


def scroll_bar(span: Span, lane: Lane) -> QRectF:
    """Return where the visible part of the video is drawn on a line that stands for all of it."""
    scale = span.width / span.n_frames
    width = max((span.last - span.first) * scale, 12.0)
    left = span.left + min(span.first * scale, span.width - width)
    return QRectF(left, lane.bottom - SCROLL, width, SCROLL)
