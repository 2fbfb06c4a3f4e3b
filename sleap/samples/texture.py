"""Surfaces: clouds, fur, and small sculptures that become sprites.

A sprite is a patch of an animal in its own coordinates: colour, coverage and the direction in
which the surface faces, so that the light can stay where it is when the animal turns.
"""

import cv2
import numpy as np
import numpy.typing as npt
from attrs import frozen

Float32Array = npt.NDArray[np.float32]

LUMINANCE = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def clouds(
    rng: np.random.Generator, shape: tuple[int, int], grain: float, n_octaves: int = 4
) -> Float32Array:
    """Make soft random clouds.

    Args:
        rng: Where all chance comes from.
        shape: (height, width) px.
        grain: Size of the largest structures, px.
        n_octaves: How many halvings of the grain are added.

    Returns:
        ``shape`` float32 with mean about 0 and standard deviation 1.
    """
    height, width = shape
    total = np.zeros(shape, np.float32)
    for octave in range(n_octaves):
        cell = max(grain / 2**octave, 1.0)
        rows, columns = int(np.ceil(height / cell)) + 3, int(np.ceil(width / cell)) + 3
        seeds = rng.standard_normal((rows, columns)).astype(np.float32)
        large = (max(int(columns * cell), width), max(int(rows * cell), height))
        smooth = cv2.resize(seeds, large, interpolation=cv2.INTER_CUBIC)
        total += smooth[:height, :width] / 2**octave
    return np.asarray((total - total.mean()) / max(float(total.std()), 1e-6), np.float32)


def fur(rng: np.random.Generator, shape: tuple[int, int], hair: float) -> Float32Array:
    """Make hairs that lie along the columns; mean 0, standard deviation 1.

    Args:
        rng: Where all chance comes from.
        shape: (height, width) px.
        hair: Length of a hair, px.
    """
    field = rng.standard_normal(shape).astype(np.float32)
    combed = cv2.GaussianBlur(field, (0, 0), sigmaX=max(hair / 2, 0.5), sigmaY=0.8)
    return np.asarray((combed - combed.mean()) / max(float(combed.std()), 1e-6), np.float32)


@frozen
class Sprite:
    """A patch of an animal in its own coordinates.

    Attributes:
        albedo: (rows, columns, channels) float32, 0 to 1.
        form: (rows, columns, 4) float32: coverage, and the surface normal along s, t and upwards.
        origin: (s, t) of the first pixel.
        resolution: Pixels per unit of s and t.
    """

    albedo: Float32Array
    form: Float32Array
    origin: tuple[float, float]
    resolution: float


class Sculpture:
    """A relief that is built of ellipsoids and then turned into a sprite.

    Args:
        box: (s0, s1, t0, t1) that the sprite covers.
        resolution: Pixels per unit.
    """

    def __init__(self, box: tuple[float, float, float, float], resolution: float) -> None:
        s0, s1, t0, t1 = box
        self.resolution = resolution
        self.origin = (s0, t0)
        columns = np.arange(int(np.ceil((s1 - s0) * resolution)) + 1, dtype=np.float32)
        rows = np.arange(int(np.ceil((t1 - t0) * resolution)) + 1, dtype=np.float32)
        self.s, self.t = np.meshgrid(columns / resolution + s0, rows / resolution + t0)
        self.shape = (len(rows), len(columns))
        self.height = np.full(self.shape, -1.0, np.float32)
        self.cover = np.zeros(self.shape, np.float32)
        self.albedo = np.zeros((*self.shape, 3), np.float32)

    def ellipsoid(
        self,
        centre: tuple[float, float],
        radii: tuple[float, float],
        colour: npt.ArrayLike,
        *,
        rise: float = 1.0,
        base: float = 0.0,
        taper: float = 0.0,
        rough: Float32Array | None = None,
    ) -> Float32Array:
        """Add an ellipsoid, and return where it is seen (coverage 0 to 1).

        Args:
            centre: (s, t).
            radii: Along s and t.
            colour: RGB 0 to 1, or an image of them.
            rise: Height relative to the smaller radius.
            base: Height of its equator, in units.
            taper: How much narrower the rear is (0 to 1).
            rough: Raggedness of the outline, same shape as the sprite; None for none.
        """
        u = (self.s - centre[0]) / radii[0]
        v = (self.t - centre[1]) / (radii[1] * (1 - taper * np.clip(u * 0.5 + 0.5, 0, 1)))
        return self.solid(
            1 - np.sqrt(u * u + v * v), min(radii), colour, rise=rise, base=base, rough=rough
        )

    def solid(
        self,
        depth: Float32Array,
        radius: float,
        colour: npt.ArrayLike,
        *,
        rise: float = 1.0,
        base: float = 0.0,
        rough: Float32Array | None = None,
    ) -> Float32Array:
        """Add a round body; ``depth`` is 0 on its outline, 1 on its ridge. See ``ellipsoid``."""
        edge = depth if rough is None else depth + rough
        cover = np.clip(edge * radius * self.resolution / 1.6 + 0.5, 0, 1)
        inside = np.clip(depth, 0, 1)
        dome = base + rise * radius * np.sqrt(inside * (2 - inside))
        seen = cover * np.clip((dome - self.height) * self.resolution / 2 + 0.5, 0, 1)
        seen = np.where(self.cover < 0.02, cover, seen).astype(np.float32)
        paint = np.asarray(colour, np.float32)
        self.albedo += seen[..., None] * (paint - self.albedo)
        self.height = np.where(cover > 0.02, np.maximum(self.height, dome), self.height)
        self.cover = np.maximum(self.cover, cover).astype(np.float32)
        return np.asarray(seen)

    def sprite(self, channels: int, *, soften: float = 0.012) -> Sprite:
        """Return the finished sprite.

        Args:
            channels: 1 for gray, 3 for colour.
            soften: How far the relief is smoothed, in units.
        """
        relief = np.maximum(self.height, 0) * self.resolution
        smooth = cv2.GaussianBlur(relief.astype(np.float32), (0, 0), soften * self.resolution)
        slope_t, slope_s = np.gradient(np.asarray(smooth, np.float32))
        up = 1 / np.sqrt(1 + slope_s**2 + slope_t**2)
        form = np.stack([self.cover, -slope_s * up, -slope_t * up, up], axis=-1)
        albedo = np.clip(self.albedo, 0, 1)
        if channels == 1:
            albedo = (albedo @ LUMINANCE)[..., None]
        return Sprite(
            np.ascontiguousarray(albedo, np.float32),
            np.ascontiguousarray(form, np.float32),
            self.origin,
            self.resolution,
        )
