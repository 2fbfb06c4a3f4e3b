"""Palettes: those built in, and the user's own of ``colors.yaml``.

The file has a name on a line, and below it the colours as "red,green,blue", 0 to 255. A name that
ends in "+" says that the last colour is used for all beyond it.
"""

from typing import Any

from sleap.gui import settings_file
from sleap.render.palette import PALETTES, Color, Palette

FILENAME = "colors.yaml"


def load() -> tuple[dict[str, Palette], list[str]]:
    """Return all palettes by name, and what was wrong with the file, for the user."""
    settings = settings_file.read(FILENAME)
    problems = [settings.problem] if settings.problem else []
    palettes = dict(PALETTES)
    for name, rows in settings.values.items():
        try:
            palettes[name] = Palette(name, _colors(rows))
        except (ValueError, TypeError):
            problems.append(
                f"{FILENAME}: the palette '{name}' is left out; it takes a list of colours "
                "written '255,128,0'."
            )
    return palettes, problems


def _colors(rows: Any) -> tuple[Color, ...]:
    if not isinstance(rows, list) or not rows:
        raise ValueError("no list of colours")
    return tuple(_color(row) for row in rows)


def _color(row: Any) -> Color:
    parts = row.split(",") if isinstance(row, str) else row
    red, green, blue = (int(part) for part in parts)
    if not all(0 <= part <= 255 for part in (red, green, blue)):
        raise ValueError(f"{row} is no colour")
    return red, green, blue
