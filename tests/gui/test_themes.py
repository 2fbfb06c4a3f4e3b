import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton

from sleap.gui import themes
from sleap.gui.themes import DARK, LIGHT, Theme
from sleap.gui.timeline.colors import contrast, mix

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


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


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("role", "ground"),
    [
        (Role.WindowText, Role.Window),
        (Role.Text, Role.Base),
        (Role.ButtonText, Role.Button),
        (Role.PlaceholderText, Role.Base),
    ],
)
def test_what_cannot_be_used_is_quiet_and_still_read(
    theme: Theme, role: Role, ground: Role
) -> None:
    palette = themes.make_palette(theme)
    text, behind = palette.color(Group.Disabled, role), palette.color(ground)
    seen = mix(behind, text, text.alphaF())
    usable = contrast(palette.color(Group.Active, role), behind)
    assert 2.6 <= contrast(seen, behind) < usable


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_boxes_to_tick_stand_out_from_the_window(
    qtbot: QtBot, qapp: QApplication, name: str, kind: type[QAbstractButton]
) -> None:
    theme = themes.apply(qapp, name)
    box = kind("")
    qtbot.addWidget(box)
    box.show()
    image = box.grab().toImage()
    ground = QColor(theme.window)
    y = image.height() // 2
    most = max(contrast(image.pixelColor(x, y), ground) for x in range(min(20, image.width())))
    themes.apply(qapp, "light")
    assert most >= 3
