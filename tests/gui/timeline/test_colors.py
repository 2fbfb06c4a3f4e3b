import numpy as np
import pytest
from qtpy.QtGui import QColor, QPalette

from sleap.gui.timeline.colors import LEAST_ON_LIGHT, Colors, contrast, luminance, mix
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
    assert contrast(getattr(colors, name), colors.lane) > 2.3


@pytest.mark.parametrize("colors", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", PALETTES)
def test_no_track_is_lost_on_its_ground(colors: Colors, name: str) -> None:
    n_colors = len(PALETTES[name].colors)
    for color in colors.of_tracks(np.arange(n_colors), PALETTES[name]):
        assert contrast(color, colors.lane) >= LEAST_ON_LIGHT


def test_other_tracks_keep_the_colors_they_have_on_the_canvas() -> None:
    palette = PALETTES["standard"]
    shown = [color.getRgb()[:3] for color in LIGHT.of_tracks(np.arange(7), palette)]
    assert shown == list(palette.colors)


def test_contrast_is_that_of_the_standard() -> None:
    black, white = QColor("black"), QColor("white")
    assert contrast(black, white) == contrast(white, black) == pytest.approx(21)
    assert contrast(QColor("#777777"), white) == pytest.approx(4.48, abs=0.01)


def test_mixing_goes_from_one_to_the_other() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert mix(black, white, 0) == black
    assert mix(black, white, 1) == white
