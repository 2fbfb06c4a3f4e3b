"""The pixels of a frame, painted: smooth when shrunk, crisp when enlarged."""

from typing import Any

import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.gui.overlays.view import View

Image = npt.NDArray[np.uint8]

CRISP_FROM = 2.0
"""From so many pixels of the screen per pixel of the frame on, pixels are shown as squares."""

_FORMAT = QImage.Format.Format_RGB32


class Picture:
    """A frame with its brightness and contrast, and what the widget last showed of it.

    What was painted is kept as long as neither frame nor view change, so that a drag over it costs
    a copy.
    """

    def __init__(self) -> None:
        self.image: Image | None = None
        self._converted: QImage | None = None
        self._ground: QImage | None = None
        self._key: tuple[Any, ...] | None = None
        self._adjustment = (0.0, 1.0)

    def show(self, image: Image | None) -> None:
        """Take over a frame: (height, width), (height, width, 1 or 3) uint8; None for none."""
        self.image = image
        self._converted = self._ground = None

    def adjust(self, brightness: float, contrast: float) -> None:
        """Set what is added to pixels of 0 to 1, and how they are stretched about the middle."""
        if self._adjustment != (brightness, contrast):
            self._adjustment = brightness, contrast
            self._converted = self._ground = None

    def paint(self, painter: QPainter, view: View, backdrop: QColor) -> None:
        """Fill the widget: with the frame, and with ``backdrop`` around it."""
        key = view, backdrop.rgba()
        if self._ground is None or self._key != key:
            self._ground, self._key = self._render(view, backdrop), key
        painter.drawImage(0, 0, self._ground)

    def paint_part(self, painter: QPainter, view: View) -> None:
        """Paint the frame as ``view`` shows it, without keeping what was painted."""
        image = self._convert()
        if image is not None:
            _draw(painter, image, view, view.ratio)

    def _render(self, view: View, backdrop: QColor) -> QImage:
        ratio = view.ratio
        width, height = (max(1, round(side * ratio)) for side in view.size)
        ground = QImage(width, height, _FORMAT)
        ground.setDevicePixelRatio(ratio)
        ground.fill(backdrop)
        image = self._convert()
        if image is not None:
            painter = QPainter(ground)
            _draw(painter, image, view, ratio)
            painter.end()
        return ground

    def _convert(self) -> QImage | None:
        if self._converted is None and self.image is not None:
            self._converted = to_qimage(self.image, *self._adjustment)
        return self._converted


def to_qimage(image: Image, brightness: float = 0.0, contrast: float = 1.0) -> QImage:
    """Return a frame as an image of 32 bits that holds its own pixels."""
    pixels = image[..., 0] if image.ndim == 3 and image.shape[2] == 1 else image
    if (brightness, contrast) != (0.0, 1.0):
        pixels = _curve(brightness, contrast)[pixels]
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
    shared = QImage(pixels.data, width, height, pixels.strides[0], kind)
    return shared.convertToFormat(_FORMAT)


def _curve(brightness: float, contrast: float) -> Image:
    """Return (256,) what each value becomes."""
    values = (np.arange(256) / 255 - 0.5) * contrast + 0.5 + brightness
    return np.asarray(np.rint(np.clip(values, 0, 1) * 255), np.uint8)


def _draw(painter: QPainter, image: QImage, view: View, ratio: float) -> None:
    """Draw the part of the image that is seen.

    The part begins and ends at edges of pixels, so that which part is seen moves none.
    """
    scale, (left, top) = view.scale, view.origin
    first_x, first_y = (int(max(0, np.floor(-place / scale))) for place in (left, top))
    last_x, last_y = (
        int(min(length, np.ceil((room - place) / scale)))
        for length, room, place in zip(view.image_size, view.size, (left, top), strict=True)
    )
    last_x, last_y = min(last_x, image.width()), min(last_y, image.height())
    width, height = last_x - first_x, last_y - first_y
    if width <= 0 or height <= 0:
        return
    target = QRectF(left + first_x * scale, top + first_y * scale, width * scale, height * scale)
    on_screen = scale * ratio
    if on_screen < 0.999:
        part = (
            image
            if (width, height) == (image.width(), image.height())
            else image.copy(first_x, first_y, width, height)
        )
        small = part.scaled(
            max(1, round(width * on_screen)),
            max(1, round(height * on_screen)),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(target, small, QRectF(small.rect()))
        return
    is_whole = abs(on_screen - round(on_screen)) < 1e-6
    is_smooth = on_screen < CRISP_FROM and not is_whole
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
    painter.drawImage(target, image, QRectF(first_x, first_y, width, height))
