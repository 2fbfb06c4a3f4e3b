import pytest
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QApplication

from sleap.gui import themes
from sleap.gui.themes import DARK, LIGHT, Theme

Role = QPalette.ColorRole


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2.1, 1 to 21."""

    def luminance(color: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        (Role.WindowText, Role.Window, 7.0),
        (Role.Text, Role.Base, 7.0),
        (Role.ButtonText, Role.Button, 7.0),
        (Role.HighlightedText, Role.Highlight, 4.5),
        (Role.PlaceholderText, Role.Base, 4.5),
        (Role.PlaceholderText, Role.Window, 4.5),
        (Role.Link, Role.Base, 4.5),
        (Role.ToolTipText, Role.ToolTipBase, 7.0),
    ],
)
def test_text_can_be_read(theme: Theme, text: Role, ground: Role, least: float) -> None:
    palette = themes.make_palette(theme)
    assert contrast(palette.color(text), palette.color(ground)) >= least


def test_themes_are_chosen_by_name(qapp: QApplication) -> None:
    assert themes.choose("light") is LIGHT
    assert themes.choose("dark") is DARK
    assert themes.choose("system") in (LIGHT, DARK)
    assert themes.apply(qapp, "dark") is DARK
    assert qapp.palette().color(Role.Window) == QColor(DARK.window)
    themes.apply(qapp, "light")
    assert qapp.palette().color(Role.Window) == QColor(LIGHT.window)
