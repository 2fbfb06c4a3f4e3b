import numpy as np
import pytest
from qtpy.QtGui import QColor, QPalette

from sleap.gui.timeline.colors import N_CONTRAST, Colors, luminance, mix
from sleap.render.palette import PALETTES


def make(base: str, text: str) -> Colors:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(base))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    return Colors.of(palette)


LIGHT, DARK = make("#f4f4f4", "#111111"), make("#202225", "#eeeeee")


def test_light_and_dark_are_told_apart() -> None:
    assert DARK.is_dark and not LIGHT.is_dark
    assert luminance(LIGHT.lane) < luminance(LIGHT.base)
    assert luminance(DARK.lane) > luminance(DARK.base)


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "name", ["text", "faint", "graph", "user", "negative", "suggested", "predicted_edge", "chosen"]
)
def test_all_stands_out(colors: Colors, name: str) -> None:
    assert abs(luminance(getattr(colors, name)) - luminance(colors.lane)) > 50


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", PALETTES)
def test_no_track_is_lost_on_its_ground(colors: Colors, name: str) -> None:
    n_colors = len(PALETTES[name].colors)
    for color in colors.of_tracks(np.arange(n_colors), PALETTES[name]):
        assert abs(luminance(color) - luminance(colors.lane)) >= N_CONTRAST / 2


def test_other_tracks_keep_the_colors_they_have_on_the_canvas() -> None:
    blue = PALETTES["standard"].colors[0]
    assert LIGHT.of_tracks(np.array([0]), PALETTES["standard"]) == [QColor(*blue)]


def test_mixing_goes_from_one_to_the_other() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert mix(black, white, 0) == black
    assert mix(black, white, 1) == white
