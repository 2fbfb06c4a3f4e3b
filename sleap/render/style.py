"""How instances are drawn, declared once for commands, windows and documentation."""

from attrs import field, frozen

from sleap.errors import OptionError, did_you_mean
from sleap.render.palette import PALETTES

COLOR_BY = ("track", "instance", "node", "edge", "none")
EDGES = ("line", "wedge", "none")
BACKGROUNDS = ("original", "black", "white", "grey")


@frozen
class Style:
    """How instances are drawn."""

    palette: str = field(
        default="standard",
        metadata={"help": "colours; names with + keep the last colour", "choices": (*PALETTES,)},
    )
    color_by: str = field(
        default="track",
        metadata={
            "help": "what has a colour of its own; none draws grey edges and yellow nodes",
            "choices": COLOR_BY,
        },
    )
    edges: str = field(
        default="line",
        metadata={
            "help": "draw edges as lines, or as wedges that narrow towards the destination",
            "choices": EDGES,
        },
    )
    marker_size: float = field(
        default=3.0, metadata={"help": "radius of the nodes, 0 for none", "unit": "px"}
    )
    line_width: float = field(
        default=1.6, metadata={"help": "width of edges and trails", "unit": "px"}
    )
    node_names: bool = field(default=False, metadata={"help": "write the names of the nodes"})
    track_names: bool = field(default=False, metadata={"help": "write the names of the tracks"})
    hidden_nodes: bool = field(
        default=True, metadata={"help": "draw nodes that are marked as not visible as rings"}
    )
    trail_length: int = field(
        default=0, metadata={"help": "show where each track was this many frames back"}
    )
    background: str = field(
        default="original",
        metadata={"help": "draw on the video, or on a plain colour", "choices": BACKGROUNDS},
    )
    scale: float = field(default=1.0, metadata={"help": "enlarge (or shrink) the picture"})
    crop: tuple[int, int] | None = field(
        default=None,
        metadata={"help": "width,height of a window that follows the instances", "unit": "px"},
    )

    def __attrs_post_init__(self) -> None:
        """Refuse values that cannot be drawn.

        Raises:
            OptionError: If a value is out of range.
        """
        for name, value, known in (
            ("palette", self.palette, tuple(PALETTES)),
            ("color_by", self.color_by, COLOR_BY),
            ("edges", self.edges, EDGES),
            ("background", self.background, BACKGROUNDS),
        ):
            if value not in known:
                raise OptionError(
                    f"{name} is '{value}'.{did_you_mean(value, known)} Known: {', '.join(known)}."
                )
        for name, number in (
            ("marker_size", self.marker_size),
            ("line_width", self.line_width),
            ("trail_length", self.trail_length),
        ):
            if number < 0:
                raise OptionError(f"{name} is {number:g}: expected 0 or more.")
        if self.scale <= 0:
            raise OptionError(f"scale is {self.scale:g}: expected more than 0.")
        if self.crop is not None and min(self.crop) < 1:
            raise OptionError(
                f"crop is {self.crop}: expected a width and a height of 1 px or more."
            )
