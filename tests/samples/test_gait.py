"""Feet stand still on the ground while the body moves."""

import numpy as np

from sleap.samples.gait import foot_path, stride_phase


def test_foot_is_planted_then_swings() -> None:
    n = 200
    position = np.stack([np.arange(n) * 2.0, np.full(n, 50.0)], axis=-1)
    phase = stride_phase(np.full(n, 2.0), np.zeros(n), 30.0, 20.0)
    path = foot_path(position, np.zeros(n), phase, (5.0, 10.0), offset=0.25)
    step = np.linalg.norm(np.diff(path, axis=0), axis=-1)[20:-20]
    assert 0.45 < (step < 1e-9).mean() < 0.75
    assert step.max() > 2.0
    # Left of an animal that faces right is up: smaller y.
    assert np.allclose(path[:, 1], 40.0)
    assert abs((path[:, 0] - position[:, 0])[40:-40].mean() - 5.0) < 1.0


def test_standing_animal_does_not_move_its_feet() -> None:
    n = 50
    phase = stride_phase(np.zeros(n), np.zeros(n), 30.0, 20.0)
    assert (np.diff(phase) > 0).all()
    path = foot_path(np.full((n, 2), 9.0), np.zeros(n), phase, (3.0, 2.0), offset=0.0)
    assert np.allclose(path, (12.0, 7.0))
