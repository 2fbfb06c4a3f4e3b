"""A round lens over the frame, under the cursor."""

from collections.abc import Callable

from attrs import evolve
from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPainterPath, QPen

from sleap.gui.overlays.marks import paint_crosshair
from sleap.gui.overlays.picture import Picture
from sleap.gui.overlays.view import View

RADIUS = 96
POWER = 4.0
"""How much larger than around it."""


def paint_magnifier(
    painter: QPainter,
    at: QPointF,
    view: View,
    picture: Picture,
    paint_over: Callable[[QPainter, View], None],
) -> None:
    """Paint what lies under the cursor, enlarged, in a circle about it.

    Args:
        painter: Of the widget.
        at: The cursor, logical px of the widget; its point of the frame stays under it.
        view: How the widget shows the frame.
        picture: The frame.
        paint_over: Paints the instances, given a painter and a view.
    """
    x, y = view.unplace(at)
    scale = view.scale * POWER
    middle = view.size[0] / 2, view.size[1] / 2
    centre = x + (middle[0] - at.x()) / scale, y + (middle[1] - at.y()) / scale
    lens = evolve(view, zoom=view.zoom * POWER, centre=centre)
    circle = QPainterPath()
    circle.addEllipse(at, RADIUS, RADIUS)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setClipPath(circle)
    painter.fillRect(
        QRectF(at.x() - RADIUS, at.y() - RADIUS, 2 * RADIUS, 2 * RADIUS), QColor(0, 0, 0)
    )
    picture.paint_part(painter, lens)
    paint_over(painter, lens)
    paint_crosshair(painter, at, QColor(255, 255, 255))
    painter.restore()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color, width in ((QColor(0, 0, 0, 170), 5.0), (QColor(255, 255, 255), 2.0)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(at, RADIUS, RADIUS)
