"""Draw instances over a picture.

Everything is drawn antialiased, at sub-pixel places, with a thin dark rim so that it can be told
from any background.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from sleap.core.skeleton import Skeleton
from sleap.render.palette import EDGE_GREY, NODE_YELLOW, Color, get_palette
from sleap.render.style import Style

Image = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float64]

_SHIFT = 4  # sub-pixel bits
_RIM: Color = (12, 12, 12)
_FONT = cv2.FONT_HERSHEY_SIMPLEX
_PLAIN: dict[str, Color] = {"black": (0, 0, 0), "white": (255, 255, 255), "grey": (127, 127, 127)}


@frozen
class Shape:
    """One instance as it is drawn.

    Attributes:
        points: (n_nodes, 2) px of the full frame; NaN if missing.
        skeleton: Its nodes and edges.
        rank: Its place on the frame, from 0.
        track: Index of its track; -1 for none.
        visible: (n_nodes,) False where a node was marked as hidden; None if all are visible.
        name: Name of its track, or "".
    """

    points: FloatArray
    skeleton: Skeleton
    rank: int = 0
    track: int = -1
    visible: npt.NDArray[np.bool_] | None = None
    name: str = ""


@frozen
class View:
    """Which part of a frame is shown, and how large.

    Attributes:
        origin: (x, y) of the first pixel shown, px of the full frame.
        size: (width, height) shown, px of the full frame.
        scale: Pixels of the picture per pixel of the frame.
    """

    origin: tuple[int, int]
    size: tuple[int, int]
    scale: float = 1.0
    shape: tuple[int, int] = field(init=False)

    @shape.default
    def _shape(self) -> tuple[int, int]:
        width, height = self.size
        return _even(height * self.scale), _even(width * self.scale)

    def place(self, points: FloatArray) -> FloatArray:
        """Map (..., 2) px of the full frame to the picture."""
        return np.asarray((points - self.origin + 0.5) * self.scale - 0.5)

    def cut(self, image: Image, background: str = "original") -> Image:
        """Return the part of a frame that is shown, enlarged; (height, width, 3) RGB, a copy."""
        if background != "original":
            return np.full((*self.shape, 3), _PLAIN[background], np.uint8)
        x, y = self.origin
        window = image[y : y + self.size[1], x : x + self.size[0]]
        if window.ndim == 3 and window.shape[2] == 1:
            window = window[..., 0]
        if window.shape[:2] != self.shape:
            large = (self.shape[1], self.shape[0])
            kind = cv2.INTER_AREA if self.scale < 1 else cv2.INTER_CUBIC
            window = np.asarray(cv2.resize(window, large, interpolation=kind), np.uint8)
        if window.ndim == 2:
            return np.repeat(window[..., None], 3, axis=2)
        return np.ascontiguousarray(window).copy()


def _even(side: float) -> int:
    """Round to an even number of pixels: most encoders ask for that."""
    return max(2, round(side / 2) * 2)


def draw(
    image: Image,
    shapes: Sequence[Shape],
    style: Style | None = None,
    *,
    view: View | None = None,
    trails: dict[int, FloatArray] | None = None,
) -> Image:
    """Draw instances over one frame.

    Args:
        image: (height, width), (height, width, 1) or (height, width, 3) uint8.
        shapes: What to draw, the last on top.
        style: How; None for the defaults.
        view: What part is shown; None for all of it at the style's scale.
        trails: By track index: (n, 2) px, where it was, oldest first, NaN for gaps.

    Returns:
        (height, width, 3) uint8 RGB, a new array.
    """
    style = style or Style()
    view = view or View((0, 0), (image.shape[1], image.shape[0]), style.scale)
    canvas = view.cut(image, style.background)
    for track, path in (trails or {}).items():
        _trail(canvas, view.place(path), get_palette(style.palette).color(track), style)
    for shape in shapes:
        _instance(canvas, shape, view.place(shape.points), style)
    return canvas


def _instance(canvas: Image, shape: Shape, points: FloatArray, style: Style) -> None:
    """Draw edges, nodes and names of one instance at ``points`` of the canvas."""
    present = np.asarray(np.isfinite(points).all(axis=1))
    marked = present if shape.visible is None else shape.visible
    visible = np.asarray(present & marked)
    shown = present if style.hidden_nodes else visible
    edge_colors, node_colors = _colors(shape, style)
    if style.edges != "none":
        kept = [k for k, (a, b) in enumerate(shape.skeleton.edges) if shown[a] and shown[b]]
        # All rims first, so that no rim lies over another edge.
        for rim in (True, False):
            for k in kept:
                ends = points[list(shape.skeleton.edges[k])]
                _edge(canvas, ends, _RIM if rim else edge_colors[k], style, rim)
    radius = style.marker_size
    for node in np.flatnonzero(shown) if radius > 0 else ():
        if visible[node]:
            _dot(canvas, points[node], radius + 0.9, _RIM, -1)
            _dot(canvas, points[node], radius, node_colors[node], -1)
        else:
            _dot(canvas, points[node], radius, node_colors[node], 1)
    if style.node_names:
        for node in np.flatnonzero(shown):
            where = points[node] + (radius + 3, -radius - 1)
            _text(canvas, shape.skeleton.node_names[node], where, (255, 255, 255), 0.34)
    if style.track_names and shape.name and shown.any():
        top = points[shown]
        where = np.array([top[:, 0].mean(), top[:, 1].min() - radius - 7])
        _text(canvas, shape.name, where, node_colors[0], 0.45, centred=True)


def _colors(shape: Shape, style: Style) -> tuple[list[Color], list[Color]]:
    """Return a colour for each edge and each node."""
    palette = get_palette(style.palette)
    n_nodes, edges = shape.skeleton.n_nodes, shape.skeleton.edges
    if style.color_by == "none":
        return [EDGE_GREY] * len(edges), [NODE_YELLOW] * n_nodes
    if style.color_by == "node":
        nodes = [palette.color(node) for node in range(n_nodes)]
        return [nodes[source] for source, _ in edges], nodes
    if style.color_by == "edge":
        # A node takes the colour of the edge that leads to it.
        nodes = [palette.color(0)] * n_nodes
        for k, (_, destination) in enumerate(edges):
            nodes[destination] = palette.color(k)
        return [palette.color(k) for k in range(len(edges))], nodes
    by_track = style.color_by == "track" and shape.track >= 0
    color = palette.color(shape.track if by_track else shape.rank)
    return [color] * len(edges), [color] * n_nodes


def _edge(canvas: Image, ends: FloatArray, color: Color, style: Style, rim: bool) -> None:
    """Draw one edge between two (2, 2) points."""
    if style.edges == "line":
        _bar(canvas, ends, style.line_width + (1.6 if rim else 0.0), color)
        return
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    if length < 0.5:
        return
    side = np.array([-along[1], along[0]]) / length
    half = max(style.marker_size, style.line_width) * 0.9 + (0.8 if rim else 0.0)
    _fill(canvas, np.array([ends[0] + half * side, ends[1], ends[0] - half * side]), color)


def _bar(canvas: Image, ends: FloatArray, width: float, color: Color) -> None:
    """Draw a straight bar of any width, antialiased."""
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    if length < 1e-3:
        return
    # cv2's antialiasing widens a polygon by about half a pixel on each side.
    side = np.array([-along[1], along[0]]) / length * max(width / 2 - 0.4, 0.05)
    _fill(canvas, np.array([ends[0] + side, ends[1] + side, ends[1] - side, ends[0] - side]), color)


def _fill(canvas: Image, corners: FloatArray, color: Color) -> None:
    """Fill a convex polygon."""
    if np.abs(corners).max() < 2**15:
        dots = np.rint(corners * 2**_SHIFT).astype(np.int32)
        cv2.fillConvexPoly(canvas, dots, color, cv2.LINE_AA, _SHIFT)


def _dot(canvas: Image, centre: FloatArray, radius: float, color: Color, width: int) -> None:
    """Draw a disk (width -1) or a ring."""
    if np.abs(centre).max() < 2**15:
        x, y = (round(float(value) * 2**_SHIFT) for value in centre)
        cv2.circle(canvas, (x, y), round(radius * 2**_SHIFT), color, width, cv2.LINE_AA, _SHIFT)


def _trail(canvas: Image, path: FloatArray, color: Color, style: Style) -> None:
    """Draw a trail that fades towards its beginning."""
    layer = canvas.copy()
    n = len(path)
    for k in range(n - 1):
        ends = path[k : k + 2]
        if np.isfinite(ends).all():
            strength = (k + 1) / n
            under = canvas[_pixel(canvas, ends[1])].astype(float)
            red, green, blue = (strength * np.array(color) + (1 - strength) * under).astype(int)
            faded = (int(red), int(green), int(blue))
            _bar(layer, ends, style.line_width * (0.5 + 0.5 * strength), faded)
    canvas[:] = layer


def _pixel(canvas: Image, point: FloatArray) -> tuple[int, int]:
    """Return the (row, column) of the canvas nearest to a point."""
    row = int(np.clip(round(float(point[1])), 0, canvas.shape[0] - 1))
    return row, int(np.clip(round(float(point[0])), 0, canvas.shape[1] - 1))


def _text(
    canvas: Image, text: str, where: FloatArray, color: Color, size: float, centred: bool = False
) -> None:
    """Write a text with a dark rim, its left or middle lower end at ``where``."""
    (width, height), _ = cv2.getTextSize(text, _FONT, size, 1)
    x = float(where[0]) - (width / 2 if centred else 0)
    x = min(max(x, 1), max(canvas.shape[1] - width - 2, 1))
    y = min(max(float(where[1]), height + 2), canvas.shape[0] - 3)
    corner = (round(x), round(y))
    for dx, dy in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        rim = (corner[0] + dx, corner[1] + dy)
        cv2.putText(canvas, text, rim, _FONT, size, _RIM, 1, cv2.LINE_AA)
    cv2.putText(canvas, text, corner, _FONT, size, color, 1, cv2.LINE_AA)
