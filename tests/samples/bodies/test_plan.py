"""Every body plan keeps the contract."""

import numpy as np
import pytest

from sleap.samples.bodies import BODIES
from sleap.samples.bodies.plan import ease, in_channels, wander
from sleap.samples.motion import simulate


@pytest.mark.parametrize("body", BODIES.names)
def test_plan_moves_poses_and_looks(body: str) -> None:
    plan = BODIES.get(body)()
    skeleton = plan.skeleton()
    rng = np.random.default_rng(0)
    motion = simulate(
        80, 2, (300, 300), np.array([60.0, 60.0]), rng, margin=plan.margin, pace=plan.pace
    )
    drive = plan.drive(motion, 1, 60.0, rng)
    points = plan.points(drive)
    assert points.shape == (80, skeleton.n_nodes, 2)
    assert np.isfinite(points).all()
    reach = np.linalg.norm(points - motion.position[:, 1, None], axis=-1)
    assert reach.max() < 2 * 60
    part = drive.part(slice(30, 31))
    assert np.allclose(plan.points(part), points[30:31], atol=1e-9)
    look = plan.look(rng, 60.0, 1)
    pose = plan.pose(part, look)
    assert look.skin.albedo.shape[2] == 1
    corners = pose.extent[0]
    assert (points[30] >= corners.min(axis=0) - 1).all()
    assert (points[30] <= corners.max(axis=0) + 1).all()
    assert plan.half_width(np.array([-1.0, 2.0])).max() == 0
    assert 0.05 < plan.half_width(np.array([0.5]))[0] < 0.3


@pytest.mark.parametrize("body", BODIES.names)
def test_skeleton_is_connected_and_symmetric(body: str) -> None:
    skeleton = BODIES.get(body)().skeleton()
    reached = {0}
    for _ in range(skeleton.n_nodes):
        reached |= {b for a, b in skeleton.edges if a in reached}
        reached |= {a for a, b in skeleton.edges if b in reached}
    assert len(reached) == skeleton.n_nodes
    assert len(skeleton.symmetries) >= 1


@pytest.mark.parametrize("body", BODIES.names)
def test_left_and_right_are_on_their_sides(body: str) -> None:
    plan = BODIES.get(body)()
    skeleton = plan.skeleton()
    rng = np.random.default_rng(0)
    motion = simulate(60, 1, (300, 300), np.array([60.0]), rng, margin=plan.margin, pace=plan.pace)
    drive = plan.drive(motion, 0, 60.0, rng)
    points = plan.points(drive)
    side = np.stack([np.sin(drive.heading), -np.cos(drive.heading)], axis=-1)
    for a, b in skeleton.symmetries:
        left, right = (a, b) if "left" in skeleton.node_names[a] else (b, a)
        across = ((points[:, left] - points[:, right]) * side).sum(axis=-1)
        assert np.median(across) > 0


def test_signals() -> None:
    rng = np.random.default_rng(0)
    noise = wander(rng, 4000, 10.0)
    assert 0.8 < noise.std() < 1.2
    assert np.abs(np.diff(noise)).max() < 0.5
    step = ease(np.repeat([0.0, 1.0], 50), 3.0)
    assert abs(step[0]) < 1e-6 and abs(step[-1] - 1) < 1e-6 and 0.3 < step[50] < 0.7
    assert in_channels((1, 1, 1), 1).shape == (1,)
    assert in_channels((1, 0, 1), 3).shape == (3,)
