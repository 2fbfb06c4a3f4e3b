"""The bent axis of a body: from body coordinates to pixels and back.

Body coordinates are (s, t): s runs from the front of the head (0) to the end of the trunk (1), t to
the animal's left, both in body lengths.
"""

import numpy as np
import numpy.typing as npt
from attrs import frozen

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]

_BEFORE, _AFTER = -0.25, 1.4


@frozen
class Spine:
    """One axis for every frame.

    Attributes:
        places: (n_samples,) the s of each sample, evenly spaced.
        points: (n_frames, n_samples, 2) px.
        angles: (n_frames, n_samples) radians, the direction of the head at each sample.
        length: Body length, px.
    """

    places: FloatArray
    points: FloatArray
    angles: FloatArray
    length: float

    def locate(self, s: float, t: float) -> FloatArray:
        """Return the pixels of a body coordinate; (n_frames, 2)."""
        step = self.places[1] - self.places[0]
        left = int(np.clip((s - self.places[0]) / step, 0, len(self.places) - 2))
        share = (s - self.places[left]) / step
        point = (1 - share) * self.points[:, left] + share * self.points[:, left + 1]
        angle = (1 - share) * self.angles[:, left] + share * self.angles[:, left + 1]
        side = np.stack([np.sin(angle), -np.cos(angle)], axis=-1)
        return np.asarray(point + (t * self.length) * side)

    def unbend(
        self, frame: int, origin: tuple[int, int], shape: tuple[int, int]
    ) -> tuple[Float32Array, Float32Array, npt.NDArray[np.intp]]:
        """Return the body coordinates of the pixels of a window.

        Args:
            frame: Which frame.
            origin: (x, y) of the window's first pixel.
            shape: (height, width) of the window.

        Returns:
            s, t and the index of the nearest sample; (height, width) each.
        """
        height, width = shape
        x = np.arange(origin[0], origin[0] + width, dtype=np.float32)
        y = np.arange(origin[1], origin[1] + height, dtype=np.float32)
        points = self.points[frame].astype(np.float32)
        angles = self.angles[frame]
        # Looked up for blocks of 2 x 2 pixels: a neighbour of the nearest sample does as well.
        gap = (points[:, :1] - (x[::2] + 0.5))[:, None, :] ** 2
        gap = gap + ((points[:, 1:] - (y[::2] + 0.5)) ** 2)[:, :, None]
        coarse = np.argmin(gap, axis=0)
        nearest = coarse.repeat(2, axis=0).repeat(2, axis=1)[:height, :width]
        bend = np.gradient(angles, self.places) / self.length
        table = np.stack([points[:, 0], points[:, 1], np.cos(angles), np.sin(angles), bend], axis=1)
        table = table.astype(np.float32)
        step = np.float32((self.places[1] - self.places[0]) * self.length)
        index = nearest.astype(np.float32)
        row, column = np.meshgrid(y, x, indexing="ij")
        # Newton's method, from the nearest sample, for the foot of the perpendicular.
        here = table[nearest]
        for _ in range(2):
            dx, dy = column - here[..., 0], row - here[..., 1]
            along = -(dx * here[..., 2] + dy * here[..., 3])
            across = dx * here[..., 3] - dy * here[..., 2]
            index = index + along / (step * np.maximum(1 - here[..., 4] * across, 0.3))
            index = np.clip(index, 0, len(table) - 1.001)
            left = index.astype(np.intp)
            share = (index - left.astype(np.float32))[..., None]
            here = table[left] + share * (table[left + 1] - table[left])
        dx, dy = column - here[..., 0], row - here[..., 1]
        across = (dx * here[..., 3] - dy * here[..., 2]) / np.float32(self.length)
        s = np.float32(self.places[0]) + index * (step / np.float32(self.length))
        return s, across, nearest


def build(
    position: FloatArray,
    heading: FloatArray,
    head_bend: FloatArray,
    rear_bend: FloatArray,
    length: float,
    *,
    pivot: float,
    neck: float,
) -> Spine:
    """Bend an axis through a pivot.

    Args:
        position: (n_frames, 2) px, where the pivot lies.
        heading: (n_frames,) radians at the pivot.
        head_bend: (n_frames,) radians that the head is turned by.
        rear_bend: (n_frames,) radians that the rear is turned by.
        length: Body length, px.
        pivot: The s of the pivot.
        neck: The s behind which the head's turn has no effect.

    Returns:
        The spine; its samples reach before the head and behind the trunk.
    """
    n_samples = int(np.clip(length / 2.5, 34, 120))
    places = np.linspace(_BEFORE, _AFTER, n_samples)
    head = 1 - _smooth(places, 0.1 * neck, neck * 1.25)
    rear = _smooth(places, pivot, 1.0)
    angles = heading[:, None] + head_bend[:, None] * head + rear_bend[:, None] * rear
    middle = (angles[:, 1:] + angles[:, :-1]) / 2
    step = (places[1] - places[0]) * length
    points = np.zeros((len(heading), n_samples, 2))
    points[:, 1:, 0] = np.cumsum(-np.cos(middle) * step, axis=1)
    points[:, 1:, 1] = np.cumsum(-np.sin(middle) * step, axis=1)
    loose = Spine(places, points, angles, length)
    points += (position - loose.locate(pivot, 0.0))[:, None]
    return loose


def _smooth(x: FloatArray, low: float, high: float) -> FloatArray:
    """Rise smoothly from 0 at ``low`` to 1 at ``high``."""
    u = np.clip((x - low) / (high - low), 0.0, 1.0)
    return u * u * (3 - 2 * u)
