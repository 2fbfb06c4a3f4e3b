"""Tags: small plates beside instances that say whose they are, and how sure the network was."""

from functools import lru_cache
from math import ceil

import numpy as np
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QFontMetrics, QGuiApplication, QImage, QPainter, QPen

from sleap.gui.look import Look
from sleap.gui.overlays.colors import Colors, is_light
from sleap.gui.overlays.poses import Pose
from sleap.gui.overlays.room import Room
from sleap.gui.overlays.view import View

_WIDEST = 180


def tag_text(pose: Pose) -> str:
    """Return what the tag of an instance says: its track, and the score of a prediction."""
    parts = [pose.track_name] if pose.track >= 0 else []
    if pose.is_predicted and np.isfinite(pose.score):
        parts.append(f"{pose.score:.2f}")
    return "  ".join(parts)


def paint_tag(
    painter: QPainter,
    pose: Pose,
    view: View,
    look: Look,
    colors: Colors,
    room: Room,
    *,
    is_selected: bool = False,
) -> None:
    """Paint a plate above an instance, or where there is more room, in its colour."""
    text = tag_text(pose)
    shown = pose.shown(look.show_non_visible)
    if not text or not shown.any():
        return
    places = view.place(pose.points)[shown]
    low, high = places.min(axis=0), places.max(axis=0)
    if (high < 0).any() or (low > np.array(view.size)).any():
        return
    image = _tag(text, colors.own.rgb(), max(9, min(look.label_size, 13)), is_selected, view.ratio)
    width, height = image.width() / view.ratio, image.height() / view.ratio
    pad = look.marker_size + (12 if is_selected else 6)
    around = QRectF(*low, *(high - low)).adjusted(-pad, -pad, pad, pad)
    box = _best_place(around, width, height, view, room)
    room.take(box)
    painter.drawImage(box.topLeft(), image)


@lru_cache(maxsize=1024)
def _tag(text: str, rgb: int, size: int, is_selected: bool, ratio: float) -> QImage:
    """Return the image of a tag; a long text is cut."""
    font = QGuiApplication.font()
    font.setPixelSize(size)
    font.setBold(is_selected)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST)
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 4
    image = QImage(
        ceil(width * ratio), ceil(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    box = QRectF(1, 1, width - 2, height - 2)
    fill = QColor.fromRgb(rgb)
    fill.setAlpha(235 if is_selected else 205)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(255, 255, 255), 1.4) if is_selected else Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(20, 20, 20) if is_light(fill) else QColor(255, 255, 255))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return image


def _best_place(around: QRectF, width: float, height: float, view: View, room: Room) -> QRectF:
    """Return the freest of some boxes around an instance that lies in the widget."""
    centre, middle = around.center().x() - width / 2, around.center().y() - height / 2
    above, below = around.top() - height, around.bottom()
    best, least = QRectF(), np.inf
    for left, top in (
        (centre, above),
        (centre, above - height - 2),
        (around.left(), above),
        (around.right() - width, above),
        (centre, below),
        (around.right(), middle),
        (around.left() - width, middle),
        (centre, below + height + 2),
    ):
        inside_x = min(max(left, 2.0), max(2.0, view.size[0] - width - 2.0))
        inside_y = min(max(top, 2.0), max(2.0, view.size[1] - height - 2.0))
        box = QRectF(round(inside_x), round(inside_y), width, height)
        # One that had to be pushed into the widget lies over the instance.
        pushed = 4 * (abs(inside_x - left) + abs(inside_y - top))
        cost = room.overlap(inside_x, inside_y, width, height) * width * height + pushed
        if cost < least:
            best, least = box, cost
            if not cost:
                break
    return best
