"""Colours of a timeline, light and dark, made to fit those of the window."""

from attrs import frozen
from qtpy.QtGui import QColor, QPalette

from sleap.core.tables import IntArray
from sleap.render.palette import Palette

LEAST_ON_LIGHT, LEAST_ON_DARK = 1.4, 1.8
"""Least contrast of a track with what lies behind it."""


@frozen
class Colors:
    """What is drawn in which colour.

    Attributes:
        base: Behind everything.
        lane: Behind marks and tracks.
        text: The handle, and ticks.
        faint: Numbers of frames and lines of the ruler.
        graph: The line of the graph.
        user: Frames labeled by the user.
        negative: Frames without an animal.
        suggested: Suggestions.
        predicted: Suggestions that have predictions only; ``predicted_edge`` around them.
        predicted_edge: Around ``predicted``.
        chosen: The selected range.
        is_dark: Whether it is light on dark.
    """

    base: QColor
    lane: QColor
    text: QColor
    faint: QColor
    graph: QColor
    user: QColor
    negative: QColor
    suggested: QColor
    predicted: QColor
    predicted_edge: QColor
    chosen: QColor
    is_dark: bool

    @classmethod
    def of(cls, palette: QPalette) -> "Colors":
        """Choose what is legible in a window of these colours."""
        base = palette.color(QPalette.ColorRole.Window)
        text = palette.color(QPalette.ColorRole.WindowText)
        is_dark = base.lightness() < text.lightness()
        names = _DARK if is_dark else _LIGHT
        return cls(
            base=base,
            lane=mix(base, text, 0.09 if is_dark else 0.06),
            text=mix(base, text, 0.92),
            faint=mix(base, text, 0.62),
            **{name: QColor(color) for name, color in names.items()},
            is_dark=is_dark,
        )

    def of_tracks(self, tracks: IntArray, palette: Palette) -> list[QColor]:
        """Return the colour of each of some tracks.

        Colours that would be lost on what lies behind them are made lighter or darker.

        Args:
            tracks: (n,) numbers of tracks.
            palette: What colours them.
        """
        return [self._visible(QColor(*palette.color(track))) for track in tracks.tolist()]

    def _visible(self, color: QColor) -> QColor:
        least = LEAST_ON_DARK if self.is_dark else LEAST_ON_LIGHT
        goal = QColor("white") if self.is_dark else QColor("black")
        for share in (0.0, 0.15, 0.3, 0.45):
            shown = mix(color, goal, share)
            if contrast(shown, self.lane) >= least:
                break
        return shown


_LIGHT = {
    "graph": "#5b6770",
    "user": "#16884a",
    "negative": "#d1383d",
    "suggested": "#1c6fd1",
    "predicted": "#ffd43b",
    "predicted_edge": "#b98900",
    "chosen": "#7048e8",
}
_DARK = {
    "graph": "#a9b4bd",
    "user": "#4fc985",
    "negative": "#ff7b7b",
    "suggested": "#5ba8ff",
    "predicted": "#ffd43b",
    "predicted_edge": "#ffd43b",
    "chosen": "#a48bff",
}


def mix(a: QColor, b: QColor, share: float) -> QColor:
    """Return a colour between two: the second one's share is 0 to 1."""
    parts = zip((a.red(), a.green(), a.blue()), (b.red(), b.green(), b.blue()), strict=True)
    return QColor(*(round(one + (other - one) * share) for one, other in parts))


def contrast(a: QColor, b: QColor) -> float:
    """Return the contrast of two colours, 1 (none) to 21 (WCAG 2, contrast ratio)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: QColor) -> float:
    """Return how much light a colour gives, 0 to 1 (WCAG 2, relative luminance)."""
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
