"""Which colour an instance, its nodes and its edges have."""

from collections.abc import Mapping

from attrs import frozen
from qtpy.QtGui import QColor

from sleap.gui.look import Look
from sleap.gui.overlays.poses import Pose
from sleap.render.palette import EDGE_GREY, NODE_YELLOW, PALETTES, Color, Palette

COMPLETE = QColor(98, 222, 109)
INCOMPLETE = QColor(255, 104, 96)
"""Of names of nodes the user confirmed, and of the others."""

SHADES = {"dark": 0.6, "normal": 1.0, "light": 1.25}


@frozen
class Colors:
    """The colours of one instance.

    Attributes:
        own: That of the instance as a whole: of its tag and its trail.
        nodes: One for each node.
        edges: One for each edge.
    """

    own: QColor
    nodes: list[QColor]
    edges: list[QColor]


def find_palette(name: str, others: Mapping[str, Palette] | None = None) -> Palette:
    """Return a palette by name, of the user's or built in; the standard one if there is none."""
    found = (others or {}).get(name) or PALETTES.get(name)
    return found or PALETTES["standard"]


def color_pose(pose: Pose, look: Look, palette: Palette) -> Colors:
    """Return the colours of an instance.

    Predictions are grey with yellow nodes unless they are coloured. A node of an instance that is
    coloured by edge takes the colour of the edge that leads to it.
    """
    n_nodes, edges = len(pose.points), pose.skeleton.edges
    own = QColor(*palette.color(pose.track if pose.track >= 0 else pose.rank))
    if pose.is_predicted and not look.color_predicted:
        grey, yellow = QColor(*EDGE_GREY), QColor(*NODE_YELLOW)
        return Colors(grey, [yellow] * n_nodes, [grey] * len(edges))
    if look.color_by == "node":
        nodes = [QColor(*palette.color(node)) for node in range(n_nodes)]
        return Colors(own, nodes, [nodes[source] for source, _ in edges])
    if look.color_by == "edge":
        by_edge = [QColor(*palette.color(number)) for number in range(len(edges))]
        nodes = [QColor(*palette.color(0))] * n_nodes
        for number, (_, destination) in enumerate(edges):
            nodes[destination] = by_edge[number]
        return Colors(own, nodes, by_edge)
    return Colors(own, [own] * n_nodes, [own] * len(edges))


def shade(color: Color, name: str) -> QColor:
    """Return a colour darker or lighter, by the name of a shade."""
    factor = SHADES.get(name, 1.0)
    return QColor(*(min(255, round(value * factor)) for value in color))


def is_light(color: QColor) -> bool:
    """Tell whether dark text is read best on a colour."""
    red, green, blue = color.red(), color.green(), color.blue()
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150
