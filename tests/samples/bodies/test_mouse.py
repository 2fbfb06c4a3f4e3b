"""The mouse's own behaviour."""

import numpy as np

from sleap.samples.bodies.mouse import Mouse
from sleap.samples.motion import simulate


def test_trunk_bends_and_tail_keeps_its_length() -> None:
    mouse, rng = Mouse(), np.random.default_rng(3)
    motion = simulate(
        600, 1, (400, 400), np.array([80.0]), rng, margin=mouse.margin, pace=mouse.pace
    )
    drive = mouse.drive(motion, 0, 80.0, rng)
    assert drive.head_bend.std() > 0.1 and drive.rear_bend.std() > 0.05
    points = mouse.points(drive)
    names = mouse.skeleton().node_names
    base, middle, tip = (points[:, names.index(f"tail_{part}")] for part in ("base", "mid", "tip"))
    half = np.linalg.norm(middle - base, axis=-1)
    assert (half <= 0.43 * 80).all() and half.min() > 0.3 * 80
    straight = np.linalg.norm(tip - base, axis=-1) / (0.85 * 80)
    assert straight.min() > 0.4 and straight.std() > 0.01
