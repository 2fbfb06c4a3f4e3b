"""A synthetic recording: any frame at any time, and the truth about all of them."""

from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from sleap.core.skeleton import Skeleton
from sleap.errors import OptionError
from sleap.samples.animal import Patch, paint
from sleap.samples.arena import paint_arena
from sleap.samples.bodies import BODIES
from sleap.samples.bodies.plan import Drive, Look
from sleap.samples.camera import Camera
from sleap.samples.motion import simulate

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]

_MARGIN = 6  # px around a painted animal, room for blur
_CHUNK = 500  # frames whose geometry is worked out at a time


class Recording:
    """Animals that walk about in an arena, filmed from above.

    Two recordings with the same arguments are the same, byte for byte. Frames can be asked for in
    any order.

    Args:
        n_animals: How many animals.
        n_frames: How many frames.
        size: (height, width) px, or one number for a square.
        seed: What all chance follows from.
        body: A body plan: "fly" or "mouse".
        color: True for RGB, False for gray.
        body_length: Length of a body, px; None to fit the size and the number of animals.
        noise: Standard deviation of the sensor noise, as a share of full scale.
        blur: Standard deviation of the optics' blur, px.
        drift: How much the light changes over time; 0 for steady light.
        exposure: Share of the time between two frames that the shutter is open: motion blur.

    Attributes:
        skeleton: Nodes, edges and symmetries of the animals.
        points: (n_frames, n_animals, n_nodes, 2) px, exact; also where a node is out of sight.

    Raises:
        OptionError: If an argument is out of range.
    """

    def __init__(
        self,
        n_animals: int = 2,
        n_frames: int = 300,
        size: int | tuple[int, int] = 384,
        seed: int = 0,
        *,
        body: str = "fly",
        color: bool = False,
        body_length: float | None = None,
        noise: float = 0.014,
        blur: float = 0.6,
        drift: float = 1.0,
        exposure: float = 0.0,
    ) -> None:
        _check("n_animals", n_animals, 1)
        _check("n_frames", n_frames, 1)
        self.size = (size, size) if isinstance(size, int) else (int(size[0]), int(size[1]))
        _check("size", min(self.size), 32)
        self.n_animals, self.n_frames, self.seed, self.body = n_animals, n_frames, seed, body
        self.channels = 3 if color else 1
        self.exposure = exposure
        self.plan = BODIES.get(body)()
        crowd = np.sqrt(2 / max(n_animals, 2))
        self.body_length = body_length or max(min(self.size) * self.plan.share * crowd, 10.0)
        _check("body_length", self.body_length, 8)
        self.skeleton: Skeleton = self.plan.skeleton()
        rng = np.random.default_rng((seed, 1))
        build = 1 + 0.05 * rng.standard_normal(n_animals)
        self.lengths = self.body_length * np.clip(build, 0.8, 1.2)
        self.motion = simulate(
            *(n_frames, n_animals, self.size, self.lengths, np.random.default_rng((seed, 2))),
            margin=self.plan.margin,
            pace=self.plan.pace,
        )
        self._drives = [
            self.plan.drive(self.motion, k, float(self.lengths[k]), self._chance(3, k))
            for k in range(n_animals)
        ]
        self.points: FloatArray = np.empty((n_frames, n_animals, self.skeleton.n_nodes, 2))
        for start in range(0, n_frames, _CHUNK):
            part = slice(start, start + _CHUNK)
            for k, drive in enumerate(self._drives):
                self.points[part, k] = self.plan.points(drive.part(part))
        self.camera = Camera(
            *(self.size, self._chance(5), (seed, 6)), noise=noise, blur=blur, drift=drift
        )

    def __len__(self) -> int:
        """Count the frames."""
        return self.n_frames

    def _chance(self, *purpose: int) -> np.random.Generator:
        """Return a source of chance of its own for one purpose."""
        return np.random.default_rng((self.seed, *purpose))

    @cached_property
    def arena(self) -> Float32Array:
        """The empty arena; (height, width, channels) float32."""
        return paint_arena(
            self.plan.arena, self._chance(4), self.size, self.body_length, self.channels
        )

    @cached_property
    def looks(self) -> list[Look]:
        """What each animal looks like."""
        return [
            self.plan.look(self._chance(7, k), float(self.lengths[k]), self.channels)
            for k in range(self.n_animals)
        ]

    def frame(self, index: int) -> npt.NDArray[np.uint8]:
        """Paint one frame.

        Args:
            index: Which frame, from 0.

        Returns:
            (height, width) uint8, or (height, width, 3) RGB.

        Raises:
            IndexError: If there is no such frame.
        """
        if not 0 <= index < self.n_frames:
            raise IndexError(f"frame {index} of a recording of {self.n_frames} frames")
        scene = self.arena.copy()
        for animal in range(self.n_animals):
            drive: Drive = self._drives[animal].part(slice(index, index + 1))
            pose = self.plan.pose(drive, self.looks[animal])
            patch = paint(pose, 0, self.size, _MARGIN)
            if patch is not None:
                patch = self._smear(patch, index, animal)
                _cast_shadow(scene, patch, 0.035 * self.body_length)
                _lay(scene, patch)
        return self.camera.expose(scene, index)

    @cached_property
    def visible(self) -> npt.NDArray[np.bool_]:
        """Which nodes are in sight; (n_frames, n_animals, n_nodes).

        False where the trunk of an animal further up covers the node, and outside of the picture.
        """
        height, width = self.size
        x, y = self.points[..., 0], self.points[..., 1]
        seen = (x > -0.5) & (y > -0.5) & (x < width - 0.5) & (y < height - 0.5)
        for upper in range(1, self.n_animals):
            for start in range(0, self.n_frames, _CHUNK):
                part = slice(start, start + _CHUNK)
                below = self.points[part, :upper]
                covered = self._covers(upper, part, below.reshape(len(below), -1, 2))
                seen[part, :upper] &= ~covered.reshape(below.shape[:-1])
        return seen

    def _covers(self, animal: int, part: slice, points: FloatArray) -> npt.NDArray[np.bool_]:
        """Tell which points (n_frames, n, 2) lie under the trunk of an animal."""
        spine = self.plan.pose(self._drives[animal].part(part), self.looks[animal]).spine
        gap = points[:, :, None] - spine.points[:, None]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        room = self.plan.half_width(spine.places) * spine.length
        return np.asarray((distance < room).any(axis=-1))

    def _smear(self, patch: Patch, index: int, animal: int) -> Patch:
        """Blur a patch along its way during the exposure."""
        way = self.exposure * float(self.motion.speed[index, animal])
        if way < 0.5:
            return patch
        heading = float(self.motion.heading[index, animal])
        half = int(np.ceil(way / 2)) + 1
        y, x = np.mgrid[-half : half + 1, -half : half + 1]
        along = np.abs(x * np.cos(heading) + y * np.sin(heading))
        across = np.abs(-x * np.sin(heading) + y * np.cos(heading))
        kernel = np.clip(way / 2 + 0.5 - along, 0, 1) * np.clip(1 - across, 0, 1)
        kernel /= kernel.sum()
        colour = np.asarray(cv2.filter2D(patch.colour, -1, kernel), np.float32)
        cover = np.asarray(cv2.filter2D(patch.cover, -1, kernel), np.float32)
        return Patch(patch.origin, colour.reshape(patch.colour.shape), cover)


def _window(
    scene: Float32Array, origin: tuple[int, int], shape: tuple[int, int]
) -> tuple[Float32Array, tuple[slice, slice]]:
    """Return the view of the scene that a patch lies on, and the part of the patch on it."""
    x, y = origin
    left, top = max(-x, 0), max(-y, 0)
    view = scene[max(y, 0) : max(y + shape[0], 0), max(x, 0) : max(x + shape[1], 0)]
    return view, (slice(top, top + view.shape[0]), slice(left, left + view.shape[1]))


def _lay(scene: Float32Array, patch: Patch) -> None:
    """Lay a patch over the scene."""
    view, part = _window(scene, patch.origin, patch.cover.shape[:2])
    view *= 1 - patch.cover[part][..., None]
    view += patch.colour[part]


def _cast_shadow(scene: Float32Array, patch: Patch, reach: float) -> None:
    """Darken the ground away from the light."""
    step = max(round(reach), 1)
    origin = (patch.origin[0] + step, patch.origin[1] + step)
    view, part = _window(scene, origin, patch.cover.shape[:2])
    shade = cv2.GaussianBlur(patch.cover, (0, 0), max(reach, 1.0))
    view *= 1 - 0.45 * shade[part][..., None]


def _check(name: str, value: float, least: float) -> None:
    """Refuse a value that is too small."""
    if value < least:
        raise OptionError(f"{name} is {value:g}: expected {least:g} or more.")
