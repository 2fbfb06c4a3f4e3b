"""The fly's own behaviour."""

import numpy as np

from sleap.samples.bodies.fly import Fly
from sleap.samples.motion import Motion


def still_motion(n: int, **changes: np.ndarray) -> Motion:
    zeros = np.zeros((n, 1))
    values = {"heading": zeros, "speed": zeros, "turn": zeros, "grooming": zeros, "courting": zeros}
    return Motion(np.full((n, 1, 2), 100.0), **(values | changes))


def test_grooming_brings_the_forelegs_together() -> None:
    fly, rng = Fly(), np.random.default_rng(0)
    names = fly.skeleton().node_names
    pair = [names.index(f"fore_leg_{side}") for side in ("left", "right")]
    gaps = []
    for grooming in (0.0, 1.0):
        motion = still_motion(40, grooming=np.full((40, 1), grooming))
        points = fly.points(fly.drive(motion, 0, 80.0, rng))
        gaps.append(np.linalg.norm(points[:, pair[0]] - points[:, pair[1]], axis=-1).mean())
    assert gaps[1] < 0.5 * gaps[0]


def test_courting_extends_one_wing() -> None:
    fly = Fly()
    spread = []
    for courting in (0.0, 1.0):
        motion = still_motion(400, courting=np.full((400, 1), courting))
        drive = fly.drive(motion, 0, 80.0, np.random.default_rng(1))
        spread.append(drive.joints.max())
    assert spread[0] < 0.5 < 0.7 < spread[1]


def test_feet_stand_while_the_fly_walks() -> None:
    n = 120
    position = np.stack([100 + 2.0 * np.arange(n), np.full(n, 100.0)], axis=-1)[:, None]
    base = still_motion(n)
    speed = np.full((n, 1), 2.0)
    motion = Motion(position, base.heading, speed, base.turn, base.grooming, base.courting)
    feet = Fly().drive(motion, 0, 80.0, np.random.default_rng(0)).feet
    step = np.linalg.norm(np.diff(feet, axis=0), axis=-1)
    assert 0.4 < (step < 1e-6).mean() < 0.8
