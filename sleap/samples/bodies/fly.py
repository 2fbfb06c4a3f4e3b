"""A fly: head with eyes, thorax, striped abdomen, six jointed legs, two wings."""

import cv2
import numpy as np

from sleap.core.skeleton import Skeleton
from sleap.samples.animal import Limb, Pose, Sheet
from sleap.samples.bodies.plan import (
    BODIES,
    BodyPlan,
    Drive,
    FloatArray,
    Look,
    ease,
    in_channels,
    wander,
)
from sleap.samples.gait import foot_path, stride_phase
from sleap.samples.motion import Motion
from sleap.samples.spine import Spine, build
from sleap.samples.texture import Sculpture, Sprite, clouds

_PIVOT, _NECK = 0.34, 0.2
_HINGE = (0.36, 0.085)  # of the left wing
_WING = 0.72  # its length
# Where each left leg joins the body (s, t), and its foot at rest (forward of the pivot, left).
_HIPS = ((0.23, 0.07), (0.35, 0.09), (0.46, 0.07))
_FEET = ((0.36, 0.25), (-0.03, 0.43), (-0.42, 0.31))
_TRIPOD = (0.0, 0.5, 0.0, 0.5, 0.0, 0.5)  # left 1, left 2, left 3, right 1, right 2, right 3
_LEGS = ("fore_leg", "mid_leg", "hind_leg")


@BODIES.register("fly")
class Fly(BodyPlan):
    """A fly on a dark plate, lit from the side, seen from above."""

    arena = "plate"
    margin = 0.95
    pace = 0.048
    share = 0.25

    def skeleton(self) -> Skeleton:
        """Return 11 nodes: the body axis, the wing tips and the feet."""
        legs = [f"{leg}_{side}" for side in ("left", "right") for leg in _LEGS]
        nodes = ["head", "thorax", "abdomen", "wing_left", "wing_right", *legs]
        edges = [("thorax", node) for node in nodes if node != "thorax"]
        symmetries = [(f"{part}_left", f"{part}_right") for part in ("wing", *_LEGS)]
        return Skeleton(nodes, edges, symmetries, name="fly")

    def drive(self, motion: Motion, animal: int, length: float, rng: np.random.Generator) -> Drive:
        """Walk on six legs, groom with the forelegs, sing with a wing."""
        position, heading = motion.position[:, animal], motion.heading[:, animal]
        speed, turn = motion.speed[:, animal], motion.turn[:, animal]
        grooming, courting = motion.grooming[:, animal], motion.courting[:, animal]
        n_frames = len(heading)
        phase = stride_phase(speed, turn, 0.3 * length, 0.4 * length)
        feet = np.empty((n_frames, 6, 2))
        for foot, offset in enumerate(_TRIPOD):
            forward, left = _FEET[foot % 3]
            rest = (forward * length, (left if foot < 3 else -left) * length)
            feet[:, foot] = foot_path(position, heading, phase, rest, offset=offset)
        rub = np.cumsum(np.full(n_frames, 0.9 + 0.2 * rng.random()))
        cos, sin = np.cos(heading), np.sin(heading)
        for foot, side in ((0, 1.0), (3, -1.0)):
            ahead = (0.43 + 0.035 * np.sin(rub + side)) * length
            aside = side * (0.045 + 0.03 * np.cos(rub * 0.7)) * length
            cleaning = position + np.stack(
                [ahead * cos + aside * sin, ahead * sin - aside * cos], axis=-1
            )
            feet[:, foot] += grooming[:, None] * (cleaning - feet[:, foot])
        song = np.maximum(wander(rng, n_frames, 18.0), 0) * courting
        leading = np.sign(wander(rng, n_frames, 120.0))
        flutter = 0.03 * wander(rng, n_frames, 8.0)
        rest_angle = 0.13 + 0.03 * float(rng.standard_normal())
        left_wing = rest_angle + flutter + ease(0.85 * song * (leading > 0), 3.0)
        right_wing = rest_angle - flutter + ease(0.85 * song * (leading < 0), 3.0)
        head = ease(np.clip(2.0 * turn, -0.2, 0.2), 3.0) + 0.04 * wander(rng, n_frames, 10.0)
        rear = ease(np.clip(-1.5 * turn, -0.15, 0.15), 5.0) + 0.03 * wander(rng, n_frames, 15.0)
        joints = np.stack([left_wing, right_wing], axis=-1)
        return Drive(position, heading, head, rear, feet, joints, length)

    def _spine(self, drive: Drive) -> Spine:
        return build(
            *(drive.position, drive.heading, drive.head_bend, drive.rear_bend, drive.length),
            pivot=_PIVOT,
            neck=_NECK,
        )

    def _wings(self, drive: Drive, spine: Spine) -> tuple[list[FloatArray], list[FloatArray]]:
        """Return hinges (n_frames, 2) and directions (n_frames,) of the left and right wing."""
        hinges = [spine.locate(_HINGE[0], side * _HINGE[1]) for side in (1.0, -1.0)]
        back = drive.heading + np.pi
        return hinges, [back + drive.joints[:, 0], back - drive.joints[:, 1]]

    def points(self, drive: Drive) -> FloatArray:
        """Return where the nodes are; (n_frames, 11, 2) px."""
        spine = self._spine(drive)
        hinges, angles = self._wings(drive, spine)
        reach = _WING * drive.length
        tips = [
            hinge + reach * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
            for hinge, angle in zip(hinges, angles, strict=True)
        ]
        axis = [spine.locate(s, 0.0) for s in (0.07, _PIVOT, 0.97)]
        return np.stack([*axis, *tips, *np.moveaxis(drive.feet, 1, 0)], axis=1)

    def pose(self, drive: Drive, look: Look) -> Pose:
        """Place trunk, legs, antennae and wings."""
        spine, length = self._spine(drive), drive.length
        limbs = []
        radii = np.array([0.021, 0.02, 0.014, 0.008]) * length
        for foot in range(6):
            side = 1.0 if foot < 3 else -1.0
            hip = spine.locate(_HIPS[foot % 3][0], side * _HIPS[foot % 3][1])
            path = _leg(hip, drive.feet[:, foot], side, foot % 3)
            limbs.append(Limb(path, np.maximum(radii, 0.42), look.colours["leg"]))
        for side in (1.0, -1.0):
            feeler = [spine.locate(s, side * t) for s, t in ((0.04, 0.03), (-0.035, 0.05))]
            thin = np.maximum(np.array([0.012, 0.007]) * length, 0.4)
            limbs.append(Limb(np.stack(feeler, axis=1), thin, look.colours["leg"]))
        hinges, angles = self._wings(drive, spine)
        sheets = [
            Sheet(hinge, angle, length, sprite)
            for hinge, angle, sprite in zip(hinges, angles, look.sheets, strict=True)
        ]
        corners = [spine.locate(s, t) for s in (-0.06, 1.06) for t in (-0.2, 0.2)]
        extent = np.concatenate([np.stack(corners, axis=1), self.points(drive)], axis=1)
        return Pose(spine, look.skin, limbs, sheets, 0.35, extent)

    def half_width(self, s: FloatArray) -> FloatArray:
        """Return the half width of head, thorax and abdomen at each ``s``."""
        width = np.zeros_like(s)
        for centre, along, across in ((0.1, 0.1, 0.13), (0.33, 0.18, 0.14), (0.7, 0.3, 0.15)):
            inside = np.maximum(1 - ((s - centre) / along) ** 2, 0)
            width = np.maximum(width, across * np.sqrt(inside))
        return width

    def look(self, rng: np.random.Generator, length: float, channels: int) -> Look:
        """Paint one fly; individuals differ a little in hue, stripes and build."""
        tint = 1 + 0.06 * rng.standard_normal(3)
        tan = np.clip(np.array([0.80, 0.64, 0.42]) * tint, 0, 1)
        resolution = float(np.clip(length * 1.6, 60, 400))
        model = Sculpture((-0.06, 1.12, -0.24, 0.24), resolution)
        mottle = clouds(rng, model.shape, resolution * 0.12)[..., None]
        band = (model.s - 0.42) / (0.105 + 0.008 * rng.standard_normal())
        dark = np.clip((band % 1.0 - 0.5) * 3, 0, 1) * (0.34 + 0.15 * rng.random())
        dark = np.maximum(dark, 0.55 * np.clip((model.s - 0.86) * 9, 0, 1))
        belly = (tan * 1.08) * (1 - dark[..., None]) + np.array([0.2, 0.14, 0.09]) * dark[..., None]
        belly = belly * (1 + 0.05 * mottle)
        fat = 1 + 0.06 * rng.standard_normal()
        model.ellipsoid((0.70, 0.0), (0.30, 0.15 * fat), belly, rise=0.9, taper=0.28)
        ridge = np.exp(-(((np.abs(model.t) - 0.05) / 0.018) ** 2))[..., None]
        back = tan * (1 - 0.22 * ridge) * (1 + 0.05 * mottle)
        model.ellipsoid((0.33, 0.0), (0.175, 0.135), back, rise=1.15)
        model.ellipsoid((0.485, 0.0), (0.05, 0.06), tan * 0.8, rise=0.8, base=0.1)
        model.ellipsoid((0.19, 0.0), (0.05, 0.05), tan * 0.7, rise=0.8)
        model.ellipsoid((0.10, 0.0), (0.085, 0.125), tan * 0.92 * (1 + 0.04 * mottle), rise=0.9)
        red = np.array([0.50, 0.16, 0.10]) * (1 + 0.08 * rng.standard_normal())
        for side in (1.0, -1.0):
            model.ellipsoid((0.095, side * 0.098), (0.062, 0.042), red, rise=1.1, base=0.055)
        return Look(
            model.sprite(channels),
            [_wing(rng, resolution, channels, side) for side in (1.0, -1.0)],
            {"leg": in_channels(tan * 0.85, channels)},
        )


def _leg(hip: FloatArray, foot: FloatArray, side: float, pair: int) -> FloatArray:
    """Bend a leg between hip and foot; (n_frames, 4, 2) px."""
    along = foot - hip
    # The knee points away from the middle leg: forelegs bend forwards, hind legs backwards.
    across = np.stack([along[:, 1], -along[:, 0]], axis=-1) * side * (-0.22, 0.12, 0.25)[pair]
    knee = hip + 0.42 * along + across
    ankle = hip + 0.76 * along + 0.45 * across
    return np.stack([hip, knee, ankle, foot], axis=1)


def _wing(rng: np.random.Generator, resolution: float, channels: int, side: float) -> Sprite:
    """Paint a wing: a thin, veined, slightly milky sheet from its hinge backwards.

    Seen along its own axis (towards the rear) the body's left wing has its outer edge at t < 0.
    """
    model = Sculpture((-0.04, _WING + 0.05, -0.19, 0.19), resolution)
    t = model.t * -side
    middle = 0.035 * np.sin(np.clip(model.s / _WING, 0, 1) * np.pi)
    u = np.clip(model.s / _WING, 0, 1)
    half = 0.135 * np.sqrt(np.clip(u * (1 - u) * 3.2, 0, None)) * (0.55 + 0.55 * u) + 1e-3
    depth = 1 - np.abs(t - middle) / half
    depth = np.where((model.s < 0) | (model.s > _WING), -1.0, depth).astype(np.float32)
    milk = np.array([0.72, 0.70, 0.62]) * (1 + 0.06 * clouds(rng, model.shape, 30))[..., None]
    model.solid(depth, 0.1, milk, rise=0.12)
    veins = np.zeros(model.shape, np.uint8)
    for start, end in ((0.01, 0.13), (0.0, 0.07), (-0.005, 0.0), (-0.01, -0.05)):
        s = np.linspace(0, _WING * 0.97, 24)
        line = (start + (end - start) * np.sin(s / _WING * 2.2)) * -side
        pixels = np.stack([(s - model.origin[0]), line - model.origin[1]], axis=-1) * resolution
        dots = np.rint(pixels * 16).astype(np.int32)
        cv2.polylines(veins, [dots], False, 255, 1, cv2.LINE_AA, 4)
    vein = (veins.astype(np.float32) / 255) * (model.cover > 0.5)
    model.albedo *= (1 - 0.55 * vein)[..., None]
    rim = np.exp(-((np.clip(depth, 0, 1) / 0.08) ** 2)) * (depth > -0.1)
    model.cover *= np.clip(0.26 + 0.3 * vein + 0.25 * rim, 0, 1).astype(np.float32)
    return model.sprite(channels)
