"""Colours of forms and dialogs that no palette of Qt has, right on light and on dark ground."""

from qtpy.QtCore import QEvent
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QLabel, QWidget

_TONES = {  # name: (on light, on dark)
    "error": ("#b3261e", "#ff9b93"),
    "warning": ("#8a5300", "#ffc46b"),
    "good": ("#1b6e3c", "#7fd8a0"),
    "quiet": ("#5b6470", "#a3adb9"),
}


def is_dark(palette: QPalette) -> bool:
    """Tell whether a palette writes light on dark."""
    window = palette.color(QPalette.ColorRole.Window)
    return window.lightnessF() < palette.color(QPalette.ColorRole.WindowText).lightnessF()


def tone(name: str, palette: QPalette) -> QColor:
    """Return the colour of "error", "warning", "good" or "quiet" text on a palette's window."""
    return QColor(_TONES[name][is_dark(palette)])


_RECOLOURED = (
    QEvent.Type.PaletteChange,
    QEvent.Type.ParentChange,
    QEvent.Type.StyleChange,  # under a style sheet no other event tells of a new theme
)


class ToneLabel(QLabel):
    """Text in a tone, wrapped, that follows a change between light and dark.

    Args:
        text: What it says.
        tone: "error", "warning", "good" or "quiet"; "" for the colour of all text.
        parent: The parent.
    """

    def __init__(self, text: str = "", tone: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setWordWrap(True)
        self._paint()

    def set_tone(self, tone: str) -> None:
        """Choose another tone."""
        self._tone = tone
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette around."""
        super().changeEvent(event)
        if event.type() in _RECOLOURED:
            self._paint()

    def _paint(self) -> None:
        role = QPalette.ColorRole.WindowText
        if not self._tone:
            self.setPalette(QPalette())
            return
        color = tone(self._tone, self.palette() if self.parentWidget() is None else _around(self))
        palette = self.palette()
        if palette.color(role) != color:
            palette = QPalette()
            palette.setColor(role, color)
            self.setPalette(palette)


def _around(widget: QWidget) -> QPalette:
    parent = widget.parentWidget()
    return widget.palette() if parent is None else parent.palette()
