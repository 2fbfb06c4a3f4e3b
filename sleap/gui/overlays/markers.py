"""Nodes as small images: drawn once for each look, then copied, at a quarter of a pixel exactly."""

from functools import lru_cache

from qtpy.QtCore import QPointF, Qt
from qtpy.QtGui import QBrush, QColor, QImage, QPainter, QPen

RIM = QColor(16, 18, 22)
PALE = QColor(206, 210, 216)
"""Rims of nodes; pale ones of those that are dark themselves."""

SELECTED = QColor(255, 255, 255)

_PHASES = 4
_SEE_THROUGH = 110
_DARK = 50  # of 255


def paint_marker(
    painter: QPainter,
    x: float,
    y: float,
    color: int,
    radius: float,
    kind: str,
    is_selected: bool,
    ratio: float,
) -> None:
    """Paint a node.

    Args:
        painter: Of the widget, in logical pixels.
        x: Its place, logical px.
        y: Its place, logical px.
        color: As ``QColor.rgba()``.
        radius: Logical px.
        kind: "full": confirmed or predicted; "open": placed by a rule, so that the pixels under it
            are seen; "hidden": a ring.
        is_selected: Whether its instance is selected.
        ratio: Pixels of the screen per logical pixel.
    """
    step = _PHASES * ratio
    column, row = round(x * step), round(y * step)
    image, half = _marker(color, radius, kind, is_selected, ratio, column % _PHASES, row % _PHASES)
    left, top = (column // _PHASES) / ratio - half, (row // _PHASES) / ratio - half
    painter.drawImage(QPointF(left, top), image)


@lru_cache(maxsize=4096)
def _marker(
    rgba: int, radius: float, kind: str, is_selected: bool, ratio: float, column: int, row: int
) -> tuple[QImage, float]:
    """Return the image of a marker, and how far its middle lies from its corner, logical px."""
    on_screen = int((radius + 3) * ratio) + 1
    half = on_screen / ratio
    side = 2 * on_screen + 1
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    at = QPointF(half + column / (_PHASES * ratio), half + row / (_PHASES * ratio))
    color = QColor.fromRgba(rgba)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    around = PALE if color.lightness() < _DARK else RIM
    rim = QPen(SELECTED if is_selected else around, 1.4 if is_selected else 1.2)
    if kind == "hidden":
        painter.setPen(QPen(rim.color(), 3.4))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(color, 1.6))
        painter.drawEllipse(at, radius, radius)
    else:
        fill = QColor(color)
        if kind == "open":
            fill.setAlpha(_SEE_THROUGH)
        painter.setPen(rim)
        painter.setBrush(QBrush(fill))
        painter.drawEllipse(at, radius, radius)
        if kind == "open" and radius >= 3:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color, 1.4))
            painter.drawEllipse(at, radius - 1.2, radius - 1.2)
    painter.end()
    return image, half
