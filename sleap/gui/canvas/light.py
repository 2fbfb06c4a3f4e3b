"""A small panel for brightness and contrast, open beside the canvas while one works."""

from collections.abc import Callable
from math import log

from qtpy.QtCore import Qt
from qtpy.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QSlider,
    QWidget,
)

from sleap.gui.bridge import SessionSignals
from sleap.gui.session import Session

_STEPS = 100  # of a slider, from the middle to an end


class LightPanel(QDialog):
    """Two sliders over the look of a session; with their middles frames are as they were recorded.

    The contrast doubles with every third of the way.

    Args:
        session: Whose look is set.
        parent: The window.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self.setObjectName("light")
        self.setWindowTitle("Brightness and Contrast")
        self._session = session
        layout = QGridLayout(self)
        layout.setColumnMinimumWidth(2, 48)
        self.brightness, self._brightness_text = self._add(layout, 0, "&Brightness", self._brighten)
        self.contrast, self._contrast_text = self._add(layout, 1, "&Contrast", self._stretch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Reset)
        self.reset_button = buttons.button(QDialogButtonBox.StandardButton.Reset)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self.reset)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons, 2, 0, 1, 3)
        self.setMinimumWidth(340)
        SessionSignals(session, self).look_changed.connect(self.show_look)
        self.show_look()

    @classmethod
    def open_over(cls, session: Session, window: QWidget) -> "LightPanel":
        """Show the panel of a window; the one there is, if it is open already."""
        panel = window.findChild(cls) or cls(session, window)
        panel.show()
        panel.raise_()
        panel.activateWindow()
        return panel

    def reset(self) -> None:
        """Show frames as they were recorded."""
        self._session.set_look(brightness=0.0, contrast=1.0)

    def show_look(self) -> None:
        """Put the sliders where the look is."""
        look = self._session.look
        places = round(look.brightness * _STEPS), contrast_step(look.contrast)
        for slider, place in zip((self.brightness, self.contrast), places, strict=True):
            slider.blockSignals(True)
            slider.setValue(place)
            slider.blockSignals(False)
        self._brightness_text.setText(f"{look.brightness * 100:+.0f} %")
        self._contrast_text.setText(f"× {look.contrast:.2f}")
        self.reset_button.setEnabled((look.brightness, look.contrast) != (0.0, 1.0))

    def _add(
        self, layout: QGridLayout, row: int, title: str, follow: Callable[[int], None]
    ) -> tuple[QSlider, QLabel]:
        label, slider, text = QLabel(title), QSlider(Qt.Orientation.Horizontal), QLabel()
        label.setBuddy(slider)
        slider.setRange(-_STEPS, _STEPS)
        slider.setPageStep(10)
        slider.setAccessibleName(title.replace("&", ""))
        slider.valueChanged.connect(follow)
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, widget in enumerate((label, slider, text)):
            layout.addWidget(widget, row, column)
        return slider, text

    def _brighten(self, step: int) -> None:
        self._session.set_look(brightness=step / _STEPS)

    def _stretch(self, step: int) -> None:
        self._session.set_look(contrast=round(8.0 ** (step / _STEPS), 3))


def contrast_step(contrast: float) -> int:
    """Return where the slider stands for a contrast: from an eighth to eight times."""
    return round(_STEPS * log(min(max(contrast, 1 / 8), 8.0)) / log(8.0))
