from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QWidget

from sleap.gui import themes
from sleap.gui.forms.tones import ToneLabel, is_dark, tone


def _palette(window, text):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    return palette


LIGHT = ("#ffffff", "#000000")
DARK = ("#202124", "#ffffff")


def _contrast(first, second):
    def luminance(color):
        parts = [color.redF(), color.greenF(), color.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_tones_are_legible_on_light_and_dark(qtbot):
    for colors in (LIGHT, DARK):
        palette = _palette(*colors)
        for name in ("error", "warning", "good", "quiet"):
            assert _contrast(tone(name, palette), QColor(colors[0])) >= 4.5


def test_dark_is_told(qtbot):
    assert is_dark(_palette(*DARK))
    assert not is_dark(_palette(*LIGHT))


def test_a_label_follows_a_change_to_dark(qtbot, qapp):
    themes.apply(qapp, "light")
    window = QWidget()
    qtbot.addWidget(window)
    label = ToneLabel("Wrong.", "error", window)
    window.show()
    role = QPalette.ColorRole.WindowText
    light = label.palette().color(role)
    assert light == tone("error", window.palette())
    themes.apply(qapp, "dark")
    qapp.processEvents()
    assert label.palette().color(role) == tone("error", window.palette()) != light
    label.set_tone("good")
    assert label.palette().color(role) == tone("good", window.palette())
