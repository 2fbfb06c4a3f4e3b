"""The pixels of a frame, painted: smooth when shrunk, crisp when enlarged."""

import numpy as np
from attrs import evolve
from qtpy.QtCore import QPointF, QRectF
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.darkroom import Darkroom
from sleap.gui.overlays.view import View
from sleap.video.develop import Image as Image
from sleap.video.develop import Recipe, develop

CRISP_FROM = 2.0
"""From so many pixels of the screen per pixel of the frame on, pixels are shown as squares."""

_SHRUNK_BELOW = 0.999


class Picture:
    """A frame, painted as a darkroom developed it: a shrunk one then costs but a copy.

    Attributes:
        image: The frame: (height, width), (height, width, 1 or 3) uint8; None for none.
        darkroom: Develops it; may have done so already, in another thread.
    """

    def __init__(self) -> None:
        self.image: Image | None = None
        self.darkroom = Darkroom()
        self._adjustment = Recipe()
        self._developed: Image | None = None
        self._qimage: QImage | None = None
        self._whole: Image | None = None  # not shrunk, for the lens

    def show(self, image: Image | None) -> None:
        """Take over a frame; None for none."""
        self.image = image
        self._developed = self._qimage = self._whole = None

    def adjust(self, brightness: float, contrast: float) -> None:
        """Set what is added to pixels of 0 to 1, and how they are stretched about the middle."""
        self._adjustment = Recipe(brightness=brightness, contrast=contrast)
        self._whole = None

    def paint(self, painter: QPainter, view: View, backdrop: QColor) -> None:
        """Fill the widget: with the frame, and with ``backdrop`` around it."""
        widget = QRectF(0, 0, *view.size)
        frame = view.rectangle
        if self.image is None or not frame.contains(widget):
            painter.fillRect(widget, backdrop)
        on_screen = view.scale * view.ratio
        is_shrunk = on_screen < _SHRUNK_BELOW
        recipe = evolve(self._adjustment, scale=on_screen if is_shrunk else 1.0)
        image = self._develop(recipe)
        if image is None:
            return
        if is_shrunk:
            image.setDevicePixelRatio(view.ratio)
            painter.drawImage(QPointF(*view.origin), image)
        else:
            image.setDevicePixelRatio(1.0)
            _draw(painter, image, view)

    def paint_part(self, painter: QPainter, view: View) -> None:
        """Paint the frame enlarged as ``view`` shows it: what a lens shows."""
        if self.image is None:
            return
        if self._whole is None:
            self._whole = develop(self.image, self._adjustment)
        _draw(painter, as_qimage(self._whole), view)

    def _develop(self, recipe: Recipe) -> QImage | None:
        if self.image is None:
            return None
        if recipe != self.darkroom.recipe:
            self.darkroom.recipe = recipe
            self._qimage = None
        if self._qimage is None:
            self._developed = self.darkroom.develop(self.image)
            self._qimage = as_qimage(self._developed)
        return self._qimage


def as_qimage(developed: Image) -> QImage:
    """Return the image of a developed frame; it lies where the frame does, which must stay."""
    height, width = developed.shape[:2]
    return QImage(developed.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def _draw(painter: QPainter, image: QImage, view: View) -> None:
    """Draw the part of an image of the whole frame that is seen.

    The part begins and ends at edges of pixels, so that which part is seen moves none.
    """
    scale, (left, top) = view.scale, view.origin
    first_x, first_y = (int(max(0, np.floor(-place / scale))) for place in (left, top))
    last_x, last_y = (
        int(min(length, np.ceil((room - place) / scale)))
        for length, room, place in zip(
            (image.width(), image.height()), view.size, (left, top), strict=True
        )
    )
    width, height = last_x - first_x, last_y - first_y
    if width <= 0 or height <= 0:
        return
    target = QRectF(left + first_x * scale, top + first_y * scale, width * scale, height * scale)
    on_screen = scale * view.ratio
    is_whole = abs(on_screen - round(on_screen)) < 1e-6
    is_smooth = on_screen < CRISP_FROM and not is_whole
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
    painter.drawImage(target, image, QRectF(first_x, first_y, width, height))
