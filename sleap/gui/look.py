"""How labels are drawn: what the View menu sets."""

from attrs import field, frozen, validators

PALETTES = ("standard", "five+", "solarized", "twelve", "alphabet")
COLOR_BY = ("instance", "track", "node", "edge")
EDGE_STYLES = ("line", "wedge")
TRAIL_LENGTHS = (0, 10, 20, 50, 100, 250, 500)
TRAIL_SHADES = ("dark", "normal", "light")
MARKER_SIZES = (1, 2, 3, 4, 6, 8, 12)
LABEL_SIZES = (6, 9, 12, 15, 18, 24, 36)


@frozen(kw_only=True)
class Look:
    """How labels are drawn. Fields are checked, so that what a file holds can be trusted."""

    palette: str = field(default="standard", validator=validators.instance_of(str))
    """Name of a palette, built in or of ``colors.yaml``."""
    color_by: str = field(default="instance", validator=validators.in_(COLOR_BY))
    """What has a colour of its own; an instance with a track takes that of the track."""
    color_predicted: bool = field(default=False, validator=validators.instance_of(bool))
    """Whether predicted instances are coloured, and can be selected."""
    show_instances: bool = field(default=True, validator=validators.instance_of(bool))
    show_node_names: bool = field(default=True, validator=validators.instance_of(bool))
    show_edges: bool = field(default=True, validator=validators.instance_of(bool))
    show_non_visible: bool = field(default=True, validator=validators.instance_of(bool))
    """Whether nodes marked as not visible are drawn."""
    edge_style: str = field(default="line", validator=validators.in_(EDGE_STYLES))
    bold_lines: bool = field(default=False, validator=validators.instance_of(bool))
    marker_size: int = field(
        default=4, validator=[validators.instance_of(int), validators.ge(1), validators.le(64)]
    )
    """Radius of a node, pixels of the screen."""
    label_size: int = field(
        default=12, validator=[validators.instance_of(int), validators.ge(4), validators.le(72)]
    )
    """Height of the name of a node, logical pixels of the screen: as large on any."""
    trail_length: int = field(
        default=0, validator=[validators.instance_of(int), validators.ge(0), validators.le(100_000)]
    )
    """How many labeled frames a trail goes back; 0: no trails."""
    trail_shade: str = field(default="normal", validator=validators.in_(TRAIL_SHADES))
    trail_width: float = field(
        default=4.0, converter=float, validator=[validators.gt(0), validators.le(64)]
    )
    """Pixels of the screen."""
    trail_node_count: int = field(
        default=1, validator=[validators.instance_of(int), validators.ge(1), validators.le(1000)]
    )
    """How many nodes of an instance leave a trail."""
    brightness: float = field(
        default=0.0, converter=float, validator=[validators.ge(-1), validators.le(1)]
    )
    """Added to pixels of 0 to 1; -1 to 1."""
    contrast: float = field(
        default=1.0, converter=float, validator=[validators.ge(0), validators.le(10)]
    )
    """Pixels are multiplied by it about middle grey."""
    header_statistic: str = field(default="", validator=validators.instance_of(str))
    """Name of the statistic drawn above the timeline; "" for none."""
    header_node: str = field(default="", validator=validators.instance_of(str))
    """Name of the node whose displacement is drawn there; "" for the first."""
