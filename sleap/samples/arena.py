"""What the animals walk on: floors with texture, edges, debris and stains."""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from sleap.registry import Registry
from sleap.samples.texture import LUMINANCE, clouds

Float32Array = npt.NDArray[np.float32]
Painter = Callable[[np.random.Generator, tuple[int, int], float], Float32Array]

ARENAS: Registry[Painter] = Registry("arena")


def paint_arena(
    kind: str, rng: np.random.Generator, size: tuple[int, int], length: float, channels: int
) -> Float32Array:
    """Paint the empty arena.

    Args:
        kind: A name in ``ARENAS``.
        rng: Where all chance comes from.
        size: (height, width) px.
        length: Body length of the animals, px: the scale of what lies about.
        channels: 1 for gray, 3 for colour.

    Returns:
        (height, width, channels) float32, 0 to 1.
    """
    picture = ARENAS.get(kind)(rng, size, length) * _vignette(size)[..., None]
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.5), np.float32)
    if channels == 1:
        picture = (picture @ LUMINANCE)[..., None]
    return np.ascontiguousarray(np.clip(picture, 0, 1), np.float32)


@ARENAS.register("plate")
def _plate(rng: np.random.Generator, size: tuple[int, int], length: float) -> Float32Array:
    """Paint a dark plastic plate with fields of wells, scratches and dust."""
    height, width = size
    tone = 0.115 + 0.016 * clouds(rng, size, length * 2) + 0.006 * clouds(rng, size, 4, 2)
    pitch = max(length * 0.17, 4.0)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    wells = np.cos(2 * np.pi * x / pitch) + np.cos(2 * np.pi * y / pitch)
    ring = np.exp(-(((wells - 0.75) / 0.3) ** 2))
    block = (np.sin(x / length * 1.3 + 1) > -0.15) & (np.sin(y / length * 1.3 + 2) > -0.15)
    area = cv2.GaussianBlur(block.astype(np.float32), (0, 0), 1.5)
    tone += area * ring * (0.06 + 0.012 * clouds(rng, size, length))
    colour = np.array([1.0, 0.97, 0.88], np.float32)
    picture = np.maximum(tone, 0.02)[..., None] * colour
    centre = (width / 2, height / 2)
    radius = 0.5 * float(np.hypot(width, height)) * 0.86
    away = np.hypot(x - centre[0], y - centre[1]) - radius
    wall = np.clip(away / (0.05 * radius), 0, 1)[..., None]
    picture = picture * (1 - 0.6 * wall)
    for shift, glow in ((0.0, 0.16), (0.02 * radius, 0.07)):
        picture += glow * np.exp(-(((away - shift) / (0.006 * radius + 0.8)) ** 2))[..., None]
    area_in_bodies = height * width / length**2
    _scratches(picture, rng, max(2, int(area_in_bodies * 0.5)), length, 0.16)
    _specks(picture, rng, max(5, int(area_in_bodies * 3.0)), length, (0.03, 0.35))
    _crumbs(picture, rng, max(2, int(area_in_bodies * 0.25)), length, (0.5, 0.47, 0.4))
    return np.asarray(picture, np.float32)


@ARENAS.register("box")
def _box(rng: np.random.Generator, size: tuple[int, int], length: float) -> Float32Array:
    """Paint a light box: floor with stains, walls, bedding."""
    height, width = size
    y, x = np.mgrid[:height, :width].astype(np.float32)
    tone = 0.70 + 0.022 * clouds(rng, size, length * 2.5) + 0.010 * clouds(rng, size, 5, 3)
    wall = max(0.07 * min(size), 3.0)
    edge = np.minimum.reduce([x, y, width - 1 - x, height - 1 - y])
    edge = edge + 0.02 * wall * clouds(rng, size, length * 3, 2)
    # The walls: the one towards the light is in the shade; at their foot there is a dark joint.
    towards = np.minimum(x, y) < np.minimum(width - 1 - x, height - 1 - y)
    lit = np.where(towards, 0.42, 0.62) + 0.18 * edge / wall
    tone = tone * np.where(edge < wall, lit, 1.0)
    tone -= 0.22 * np.exp(-(((edge - wall) / (0.03 * wall + 0.6)) ** 2))
    tone -= 0.12 * np.exp(-np.clip(edge - wall, 0, None) / (0.6 * wall)) * (edge >= wall)
    tone += 0.12 * np.exp(-(((edge - 0.12 * wall) / (0.02 * wall + 0.6)) ** 2))
    picture = tone[..., None] * np.array([1.0, 0.975, 0.93], np.float32)
    area_in_bodies = height * width / length**2
    for _ in range(max(1, int(area_in_bodies * 0.12))):
        _stain(picture, rng, length)
    _scratches(picture, rng, max(2, int(area_in_bodies * 0.3)), length, -0.12)
    # Bedding gathers in heaps.
    for _ in range(2):
        heap = rng.uniform(0.08, 0.92, 2) * (width, height)
        spread = length * rng.uniform(0.4, 0.9)
        _chips(picture, rng, max(10, int(area_in_bodies * 1.5)), length, heap, spread)
    _chips(picture, rng, max(6, int(area_in_bodies * 1.2)), length, None, 0.0)
    _crumbs(picture, rng, max(2, int(area_in_bodies * 0.3)), length, (0.16, 0.13, 0.1))
    return picture


def _vignette(size: tuple[int, int]) -> Float32Array:
    """Return how the lens darkens the corners."""
    height, width = size
    y, x = np.mgrid[:height, :width].astype(np.float32)
    across = np.hypot((x - width / 2) / width, (y - height / 2) / height)
    return np.asarray(1 - 0.55 * across**2 * 1.2, np.float32)


def _scratches(
    picture: Float32Array, rng: np.random.Generator, n: int, length: float, gain: float
) -> None:
    """Add thin curved scratches, brighter (gain > 0) or darker than the floor."""
    layer = np.zeros(picture.shape[:2], np.float32)
    for _ in range(n):
        angle = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.15, 12))
        step = length * rng.uniform(0.02, 0.12)
        start = rng.uniform(0, 1, 2) * picture.shape[1::-1]
        path = start + np.cumsum(step * np.stack([np.cos(angle), np.sin(angle)], -1), axis=0)
        one = np.zeros(picture.shape[:2], np.uint8)
        cv2.polylines(one, [np.rint(path * 16).astype(np.int32)], False, 255, 1, cv2.LINE_AA, 4)
        layer += one * np.float32(rng.uniform(0.2, 1.0) / 255)
    picture += gain * np.clip(layer, 0, 1.5)[..., None]


def _specks(
    picture: Float32Array,
    rng: np.random.Generator,
    n: int,
    length: float,
    strength: tuple[float, float],
) -> None:
    """Add bright dust, each speck a soft dot."""
    height, width = picture.shape[:2]
    for _ in range(n):
        sigma = max(length * rng.uniform(0.004, 0.02), 0.5)
        reach = int(3 * sigma) + 1
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        x0, x1 = max(int(x) - reach, 0), min(int(x) + reach + 1, width)
        y0, y1 = max(int(y) - reach, 0), min(int(y) + reach + 1, height)
        rows, columns = np.mgrid[y0:y1, x0:x1]
        dot = np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * sigma**2))
        low, high = strength
        picture[y0:y1, x0:x1] += (low + (high - low) * rng.random() ** 3) * dot[..., None]


def _crumbs(
    picture: Float32Array,
    rng: np.random.Generator,
    n: int,
    length: float,
    colour: tuple[float, float, float],
) -> None:
    """Add oblong crumbs of about the size of a foot or a head."""
    for _ in range(n):
        spot = rng.uniform(0, 1, 2) * picture.shape[1::-1]
        axes = length * rng.uniform(0.015, 0.06, 2)
        tint = np.asarray(colour) * rng.uniform(0.5, 1.2)
        _blot(picture, spot, axes, rng.uniform(0, 180), tint, 0.85)


def _chips(
    picture: Float32Array,
    rng: np.random.Generator,
    n: int,
    length: float,
    heap: npt.NDArray[np.float64] | None,
    spread: float,
) -> None:
    """Add chips of bedding, light and dark, in a heap or all over."""
    for _ in range(n):
        spot = rng.uniform(0, 1, 2) * picture.shape[1::-1]
        if heap is not None:
            spot = heap + spread * rng.standard_normal(2)
        axes = length * np.array([rng.uniform(0.012, 0.05), rng.uniform(0.008, 0.02)])
        tone = rng.choice([0.25, 0.4, 0.6, 0.85]) * rng.uniform(0.8, 1.15)
        angle = rng.uniform(0, 180)
        _blot(picture, spot + 0.012 * length, axes, angle, np.full(3, 0.3), 0.4)
        _blot(picture, spot, axes, angle, tone * np.array([1.0, 0.9, 0.72]), 0.9)


def _stain(picture: Float32Array, rng: np.random.Generator, length: float) -> None:
    """Darken a large soft spot a little."""
    spot = rng.uniform(0, 1, 2) * picture.shape[1::-1]
    layer = np.zeros(picture.shape[:2], np.float32)
    axes = np.maximum(length * rng.uniform(0.15, 0.6, 2), 1).astype(int)
    centre = (int(spot[0]), int(spot[1]))
    cv2.ellipse(layer, centre, (int(axes[0]), int(axes[1])), rng.uniform(0, 180), 0, 360, 1.0, -1)
    soft = np.asarray(cv2.GaussianBlur(layer, (0, 0), max(length * 0.06, 1)), np.float32)
    picture *= 1 - rng.uniform(0.02, 0.09) * soft[..., None]


def _blot(
    picture: Float32Array,
    spot: npt.NDArray[np.float64],
    axes: npt.NDArray[np.float64],
    angle: float,
    colour: npt.NDArray[np.float64],
    opacity: float,
) -> None:
    """Paint one antialiased ellipse."""
    reach = int(axes.max()) + 3
    x0, y0 = int(spot[0]) - reach, int(spot[1]) - reach
    mask = np.zeros((2 * reach, 2 * reach), np.uint8)
    inside = (round(float(spot[0] - x0) * 16), round(float(spot[1] - y0) * 16))
    half = (max(round(float(axes[0]) * 16), 8), max(round(float(axes[1]) * 16), 8))
    cv2.ellipse(mask, inside, half, float(angle), 0, 360, 255, -1, cv2.LINE_AA, 4)
    top, left = max(-y0, 0), max(-x0, 0)
    window = picture[max(y0, 0) : max(y0 + 2 * reach, 0), max(x0, 0) : max(x0 + 2 * reach, 0)]
    cover = mask[top : top + window.shape[0], left : left + window.shape[1], None] / np.float32(255)
    window += (opacity * cover * (colour - window)).astype(np.float32)
