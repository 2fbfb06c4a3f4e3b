"""Short texts painted over images: drawn once with a dark rim, then copied."""

from collections import OrderedDict

from qtpy.QtCore import QPointF, QSizeF, Qt
from qtpy.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

RIM = QColor(0, 0, 0, 215)
_RIM_WIDTH = 3.0
_N_KEPT = 4096

Key = tuple[str, int, float, bool, float]


class Sprites:
    """Texts as small images, readable over any image. The ones used last are kept.

    Args:
        font: What to write with.
    """

    def __init__(self, font: QFont) -> None:
        self._font = QFont(font)
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._fonts: dict[tuple[float, bool], tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, float, bool], float] = {}

    def size(self, text: str, points: float, is_bold: bool = False) -> QSizeF:
        """Return how large a text is, its rim included, logical px."""
        metrics = self._metrics(points, is_bold)[1]
        key = text, points, is_bold
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > _N_KEPT:
                self._widths.clear()
            width = self._widths[key] = metrics.horizontalAdvance(text)
        return QSizeF(width + _RIM_WIDTH, metrics.ascent() + metrics.descent() * 0.6 + _RIM_WIDTH)

    def paint(
        self,
        painter: QPainter,
        at: QPointF,
        text: str,
        color: QColor,
        points: float,
        ratio: float,
        is_bold: bool = False,
    ) -> None:
        """Paint a text with its top left corner at a position of the widget."""
        painter.drawImage(at, self._get(text, color, points, ratio, is_bold))

    def _get(self, text: str, color: QColor, points: float, ratio: float, is_bold: bool) -> QImage:
        key = text, color.rgba(), points, is_bold, ratio
        image = self._kept.get(key)
        if image is not None:
            self._kept.move_to_end(key)
            return image
        image = self._kept[key] = self._draw(text, color, points, ratio, is_bold)
        if len(self._kept) > _N_KEPT:
            self._kept.popitem(last=False)
        return image

    def _draw(self, text: str, color: QColor, points: float, ratio: float, is_bold: bool) -> QImage:
        font, metrics = self._metrics(points, is_bold)
        size = self.size(text, points, is_bold)
        image = QImage(
            max(1, int(size.width() * ratio + 1)),
            max(1, int(size.height() * ratio + 1)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        base = QPointF(_RIM_WIDTH / 2, _RIM_WIDTH / 2 + metrics.ascent())
        outline = QPainterPath()
        outline.addText(base, font, text)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(RIM, _RIM_WIDTH)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(outline, pen)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(base, text)
        painter.end()
        return image

    def _metrics(self, points: float, is_bold: bool) -> tuple[QFont, QFontMetricsF]:
        key = points, is_bold
        if key not in self._fonts:
            font = QFont(self._font)
            font.setPixelSize(max(1, round(points)))
            font.setBold(is_bold)
            self._fonts[key] = font, QFontMetricsF(font)
        return self._fonts[key]
