"""A mouse: pointed head with ears, a furred trunk that bends, a long tail."""

import numpy as np

from sleap.core.skeleton import Skeleton
from sleap.samples.animal import Limb, Pose
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
from sleap.samples.texture import Sculpture, clouds, fur

_PIVOT, _NECK = 0.42, 0.34
_TAIL = 0.85  # length
_TAIL_JOINTS = 15
_EAR = (0.215, 0.10)
# The outline of the trunk: half width at each s.
_PLACES = (0.0, 0.03, 0.08, 0.15, 0.22, 0.30, 0.42, 0.58, 0.74, 0.87, 0.95, 1.0)
_WIDTHS = (0.014, 0.036, 0.062, 0.092, 0.110, 0.118, 0.150, 0.190, 0.200, 0.150, 0.070, 0.0)
_FEET = ((0.16, 0.12), (0.16, -0.12), (-0.34, 0.17), (-0.34, -0.17))
_TROT = (0.0, 0.5, 0.5, 0.0)
_NODES = ("nose", "ear_left", "ear_right", "neck", "trunk", "tail_base", "tail_mid", "tail_tip")


@BODIES.register("mouse")
class Mouse(BodyPlan):
    """A dark mouse on a light floor, seen from above."""

    arena = "box"
    margin = 0.62
    pace = 0.040
    share = 0.28

    def skeleton(self) -> Skeleton:
        """Return 8 nodes: nose, ears, the body axis and three on the tail."""
        edges = [
            *(("neck", "nose"), ("nose", "ear_left"), ("nose", "ear_right"), ("neck", "trunk")),
            *(("trunk", "tail_base"), ("tail_base", "tail_mid"), ("tail_mid", "tail_tip")),
        ]
        return Skeleton(_NODES, edges, [("ear_left", "ear_right")], name="mouse")

    def drive(self, motion: Motion, animal: int, length: float, rng: np.random.Generator) -> Drive:
        """Walk on four legs, look around, drag the tail."""
        position, heading = motion.position[:, animal], motion.heading[:, animal]
        speed, turn = motion.speed[:, animal], motion.turn[:, animal]
        grooming = motion.grooming[:, animal]
        n_frames = len(heading)
        phase = stride_phase(speed, turn, 0.36 * length, 0.3 * length)
        feet = np.empty((n_frames, 4, 2))
        for foot, offset in enumerate(_TROT):
            rest = (_FEET[foot][0] * length, _FEET[foot][1] * length)
            feet[:, foot] = foot_path(position, heading, phase, rest, offset=offset)
        lick = grooming * (0.55 * np.sign(wander(rng, n_frames, 60.0)))
        lick = ease(lick, 4.0) + 0.12 * grooming * np.sin(np.arange(n_frames) * 1.1)
        sniff = 0.14 * wander(rng, n_frames, 9.0)
        head = np.clip(ease(np.clip(6.0 * turn, -0.6, 0.6), 3.0) + sniff + lick, -0.9, 0.9)
        behind = np.concatenate([np.zeros(9), ease(turn, 4.0)])[:n_frames]
        rear = np.clip(-7.0 * behind + 0.06 * wander(rng, n_frames, 25.0), -0.7, 0.7)
        wave = 0.35 * np.sin(2 * np.pi * phase) * np.minimum(speed / (0.04 * length), 1)
        root = np.clip(rear * 1.2 + 0.45 * wander(rng, n_frames, 28.0) + 0.4 * wave, -1.3, 1.3)
        tip = np.clip(0.8 * wander(rng, n_frames, 22.0) - 0.5 * root - wave, -1.8, 1.8)
        joints = np.stack([root, tip], axis=-1)
        return Drive(position, heading, head, rear, feet, joints, length)

    def _spine(self, drive: Drive) -> Spine:
        return build(
            *(drive.position, drive.heading, drive.head_bend, drive.rear_bend, drive.length),
            pivot=_PIVOT,
            neck=_NECK,
        )

    def _tail(self, drive: Drive, spine: Spine) -> FloatArray:
        """Return the joints of the tail; (n_frames, n_joints, 2) px."""
        base = spine.locate(0.985, 0.0)
        along = np.linspace(0, 1, _TAIL_JOINTS)
        middle = (along[1:] + along[:-1]) / 2
        back = drive.heading + drive.rear_bend + np.pi
        bend = drive.joints[:, :1] * middle + drive.joints[:, 1:] * middle**2
        angle = back[:, None] + bend
        step = _TAIL * drive.length / (_TAIL_JOINTS - 1)
        path = np.zeros((len(base), _TAIL_JOINTS, 2))
        path[:, 1:, 0] = np.cumsum(np.cos(angle) * step, axis=1)
        path[:, 1:, 1] = np.cumsum(np.sin(angle) * step, axis=1)
        return path + base[:, None]

    def points(self, drive: Drive) -> FloatArray:
        """Return where the nodes are; (n_frames, 8, 2) px."""
        spine = self._spine(drive)
        tail = self._tail(drive, spine)
        ears = [spine.locate(_EAR[0], side * _EAR[1]) for side in (1.0, -1.0)]
        axis = [spine.locate(s, 0.0) for s in (_NECK, 0.62, 0.985)]
        half = _TAIL_JOINTS // 2
        return np.stack([spine.locate(0.01, 0.0), *ears, *axis, tail[:, half], tail[:, -1]], axis=1)

    def pose(self, drive: Drive, look: Look) -> Pose:
        """Place tail, paws and trunk."""
        spine, length = self._spine(drive), drive.length
        tail = self._tail(drive, spine)
        radii = np.maximum(np.linspace(0.028, 0.009, _TAIL_JOINTS) * length, 0.45)
        limbs = [Limb(tail, radii, look.colours["tail"])]
        for foot in range(4):
            hip = spine.locate(0.28 if foot < 2 else 0.74, (0.06, -0.06)[foot % 2])
            path = np.stack([hip, drive.feet[:, foot]], axis=1)
            thick = np.maximum(np.array([0.05, 0.026]) * length, 0.5)
            limbs.append(Limb(path, thick, look.colours["paw"]))
        corners = [spine.locate(s, t) for s in (-0.06, 0.5, 1.04) for t in (-0.22, 0.22)]
        extent = np.concatenate([np.stack(corners, axis=1), tail, drive.feet], axis=1)
        return Pose(spine, look.skin, limbs, [], 0.06, extent)

    def half_width(self, s: FloatArray) -> FloatArray:
        """Return the half width of the trunk at each ``s``."""
        return np.interp(s, _PLACES, _WIDTHS, left=0.0, right=0.0)

    def look(self, rng: np.random.Generator, length: float, channels: int) -> Look:
        """Paint one mouse; individuals differ a little in colour, build and coat."""
        shade = 1 + 0.10 * rng.standard_normal()
        coat = np.clip(np.array([0.22, 0.19, 0.165]) * shade, 0.03, 1)
        resolution = float(np.clip(length * 1.5, 70, 400))
        model = Sculpture((-0.05, 1.06, -0.26, 0.26), resolution)
        hairs = fur(rng, model.shape, resolution * 0.035)
        patches = clouds(rng, model.shape, resolution * 0.35)
        fine = np.linspace(0, 1, 240)
        smooth = ease(np.interp(fine, _PLACES, _WIDTHS), 4.0)
        build_up = 1 + 0.05 * rng.standard_normal()
        half = np.interp(model.s, fine, smooth * build_up, left=1e-3, right=1e-3)
        depth = 1 - np.abs(model.t) / np.maximum(half, 1e-3)
        depth = np.where((model.s < 0.0) | (model.s > 1.0), -1.0, depth).astype(np.float32)
        tufts = 0.035 * fur(rng, model.shape, resolution * 0.025)
        flank = np.clip(1 - np.abs(model.t) / np.maximum(half, 1e-3), 0, 1)[..., None]
        pelt = coat * (1.35 - 0.45 * np.sqrt(flank))
        pelt = pelt * (1 + 0.10 * hairs + 0.09 * patches)[..., None]
        model.solid(depth, 0.12, pelt, rise=0.9, rough=tufts)
        skin = np.array([0.46, 0.34, 0.31]) * (1 + 0.05 * rng.standard_normal())
        for side in (1.0, -1.0):
            ear = (_EAR[0], side * _EAR[1])
            model.ellipsoid(ear, (0.050, 0.053), coat * 1.25, rise=0.25, base=0.115)
            inner = (ear[0] - 0.008, ear[1])
            model.ellipsoid(inner, (0.034, 0.037), skin * 0.85, rise=0.1, base=0.13)
            eye = (0.115, side * 0.058)
            model.ellipsoid(eye, (0.014, 0.012), (0.02, 0.02, 0.02), rise=1.0, base=0.08)
        model.ellipsoid((0.012, 0.0), (0.016, 0.014), skin * 0.9, rise=0.8, base=0.01)
        colours = {
            "tail": in_channels(skin * 0.92, channels),
            "paw": in_channels(skin * 1.05, channels),
        }
        return Look(model.sprite(channels), [], colours)
