"""Palettes."""

import pytest

from sleap.errors import UnknownNameError
from sleap.render.palette import PALETTES, get_palette


def test_known_palettes() -> None:
    sizes = {name: len(palette.colors) for name, palette in PALETTES.items()}
    assert sizes == {"standard": 7, "five+": 5, "solarized": 8, "twelve": 12, "alphabet": 26}
    assert get_palette("standard").color(1) == (217, 83, 25)
    assert get_palette("alphabet").color(25) == (255, 80, 5)
    for palette in PALETTES.values():
        assert all(0 <= value <= 255 for color in palette.colors for value in color)


def test_plus_keeps_the_last_color_others_cycle() -> None:
    five, standard = get_palette("five+"), get_palette("standard")
    assert five.color(4) == five.color(5) == five.color(99) == (255, 127, 0)
    assert standard.color(7) == standard.color(0)
    assert standard.color(9) == standard.color(2)


def test_unknown_palette_is_answered_with_the_known() -> None:
    with pytest.raises(UnknownNameError, match=r"'standart'. Did you mean 'standard'\? Known: "):
        get_palette("standart")
