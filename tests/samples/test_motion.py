"""Animals move smoothly, within bounds, and do everything they can."""

import numpy as np

from sleap.samples.motion import simulate


def move(n_frames: int, n_animals: int, seed: int = 0) -> object:
    rng = np.random.default_rng(seed)
    lengths = np.full(n_animals, 50.0)
    return simulate(n_frames, n_animals, (300, 400), lengths, rng, margin=0.8, pace=0.05)


def test_paths_are_smooth_and_in_bounds() -> None:
    motion = move(1500, 3)
    assert (motion.position >= 40).all()
    assert (motion.position <= np.array([399, 299]) - 40).all()
    step = np.diff(motion.position, axis=0)
    assert np.linalg.norm(step, axis=-1).max() < 5
    assert np.linalg.norm(np.diff(step, axis=0), axis=-1).max() < 2.5
    assert np.abs(np.diff(motion.heading, axis=0)).max() < 0.35


def test_animals_walk_rest_groom_and_follow() -> None:
    motion = move(3000, 2)
    assert 0.1 < (motion.speed < 0.2).mean() < 0.7
    assert (motion.speed > 1.5).mean() > 0.2
    assert 0.02 < (motion.grooming > 0.8).mean() < 0.4
    assert (motion.courting > 0.6).mean() > 0.02


def test_animals_cross_each_other() -> None:
    motion = move(3000, 2, seed=1)
    gap = np.linalg.norm(motion.position[:, 0] - motion.position[:, 1], axis=-1)
    assert (gap < 25).any()
    assert (gap < 15).mean() < 0.1


def test_single_animal_and_tiny_arena() -> None:
    rng = np.random.default_rng(0)
    motion = simulate(50, 1, (40, 40), np.array([30.0]), rng, margin=0.8, pace=0.05)
    assert motion.position.shape == (50, 1, 2)
    assert (motion.courting == 0).all()
