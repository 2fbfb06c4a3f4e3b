"""What every body plan offers."""

from abc import ABC, abstractmethod

import cv2
import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from sleap.core.skeleton import Skeleton
from sleap.registry import Registry
from sleap.samples.animal import Pose
from sleap.samples.motion import Motion
from sleap.samples.texture import LUMINANCE, Sprite

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]

BODIES: Registry[type["BodyPlan"]] = Registry("body plan")


@frozen
class Drive:
    """All that moves in one animal, one row per frame.

    Attributes:
        position: (n_frames, 2) px, the pivot.
        heading: (n_frames,) radians.
        head_bend: (n_frames,) radians.
        rear_bend: (n_frames,) radians.
        feet: (n_frames, n_feet, 2) px.
        joints: (n_frames, n_joints) radians; what they mean is up to the plan.
        length: Body length, px.
    """

    position: FloatArray
    heading: FloatArray
    head_bend: FloatArray
    rear_bend: FloatArray
    feet: FloatArray
    joints: FloatArray
    length: float

    def part(self, frames: slice) -> "Drive":
        """Return the rows of some frames."""
        names = ("position", "heading", "head_bend", "rear_bend", "feet", "joints")
        return evolve(self, **{name: getattr(self, name)[frames] for name in names})


@frozen
class Look:
    """What one individual looks like.

    Attributes:
        skin: The sprite of the trunk, in body coordinates.
        sheets: Sprites of the flat parts.
        colours: Named colours, (channels,) each, 0 to 1.
    """

    skin: Sprite
    sheets: list[Sprite]
    colours: dict[str, Float32Array]


class BodyPlan(ABC):
    """One kind of animal.

    Attributes:
        arena: The kind of arena it is usually filmed in.
        margin: How far the pivot keeps from the border, in body lengths.
        pace: Walking speed, body lengths per frame.
        share: Body length as a share of the shorter side of the picture, for two animals.
    """

    arena: str
    margin: float
    pace: float
    share: float

    @abstractmethod
    def skeleton(self) -> Skeleton:
        """Return the nodes, edges and symmetries."""

    @abstractmethod
    def look(self, rng: np.random.Generator, length: float, channels: int) -> Look:
        """Make the looks of one individual.

        Args:
            rng: Where all chance comes from.
            length: Body length, px.
            channels: 1 for gray, 3 for colour.
        """

    @abstractmethod
    def drive(self, motion: Motion, animal: int, length: float, rng: np.random.Generator) -> Drive:
        """Move all parts of one animal through a whole recording."""

    @abstractmethod
    def pose(self, drive: Drive, look: Look) -> Pose:
        """Place everything that is drawn."""

    @abstractmethod
    def points(self, drive: Drive) -> FloatArray:
        """Return where the nodes are; (n_frames, n_nodes, 2) px."""

    @abstractmethod
    def half_width(self, s: FloatArray) -> FloatArray:
        """Return how wide the trunk is on either side of its axis at each ``s``, body lengths."""


def ease(values: FloatArray, frames: float) -> FloatArray:
    """Smooth a signal over time; ``values`` is (n_frames,)."""
    padded = cv2.GaussianBlur(
        values.astype(np.float64).reshape(-1, 1),
        (0, 0),
        sigmaX=0.01,
        sigmaY=frames,
        borderType=cv2.BORDER_REPLICATE,
    )
    return np.asarray(padded[:, 0])


def wander(rng: np.random.Generator, n_frames: int, frames: float) -> FloatArray:
    """Return smooth noise with standard deviation about 1 that changes within ``frames``."""
    pad = int(4 * frames) + 1
    noise = rng.standard_normal(n_frames + 2 * pad)
    smooth = ease(noise, frames)[pad : pad + n_frames]
    return np.asarray(smooth * np.sqrt(2 * frames * np.sqrt(np.pi)))


def in_channels(colour: npt.ArrayLike, channels: int) -> Float32Array:
    """Return a colour for gray or colour pictures; (channels,)."""
    rgb = np.asarray(colour, np.float32)
    return rgb if channels == 3 else np.array([rgb @ LUMINANCE], np.float32)
