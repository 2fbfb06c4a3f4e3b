"""Named lists of colours that tell instances, nodes or edges apart."""

from attrs import frozen

from sleap.errors import UnknownNameError, did_you_mean

Color = tuple[int, int, int]

EDGE_GREY: Color = (128, 128, 128)
NODE_YELLOW: Color = (250, 250, 10)


@frozen
class Palette:
    """A list of colours.

    Attributes:
        name: A trailing "+" says that indices past the end take the last colour; without it they
            begin again with the first.
        colors: (red, green, blue) each, 0 to 255.
    """

    name: str
    colors: tuple[Color, ...]

    def color(self, index: int) -> Color:
        """Return the colour of an index of 0 or more."""
        if self.name.endswith("+"):
            return self.colors[min(index, len(self.colors) - 1)]
        return self.colors[index % len(self.colors)]


def _palette(name: str, text: str) -> Palette:
    rows = (row.split(",") for row in text.split())
    return Palette(name, tuple((int(red), int(green), int(blue)) for red, green, blue in rows))


PALETTES: dict[str, Palette] = {
    palette.name: palette
    for palette in (
        _palette(
            "standard",
            "0,114,189 217,83,25 237,177,32 126,47,142 119,172,48 77,190,238 162,20,47",
        ),
        _palette("five+", "228,26,28 55,126,184 77,175,74 152,78,163 255,127,0"),
        _palette(
            "solarized",
            "181,137,0 203,75,22 220,50,47 211,54,130 108,113,196 38,139,210 42,161,152 133,153,0",
        ),
        _palette(
            "twelve",
            "31,120,180 51,160,44 227,26,28 255,127,0 106,61,154 177,89,40 "
            "166,206,227 178,223,138 251,154,153 253,191,111 202,178,214 255,255,153",
        ),
        _palette(
            "alphabet",
            "240,163,255 0,117,220 153,63,0 76,0,92 25,25,25 0,92,49 43,206,72 255,204,153 "
            "128,128,128 148,255,181 143,124,0 157,204,0 194,0,136 0,51,128 255,164,5 "
            "255,168,187 66,102,0 255,0,16 94,241,242 0,153,143 224,255,102 116,10,255 "
            "153,0,0 255,255,128 255,255,0 255,80,5",
        ),
    )
}


def get_palette(name: str) -> Palette:
    """Return a palette by name.

    Raises:
        UnknownNameError: If there is none of that name.
    """
    if name not in PALETTES:
        raise UnknownNameError(
            f"Unknown palette '{name}'.{did_you_mean(name, PALETTES)} Known: {', '.join(PALETTES)}."
        )
    return PALETTES[name]
