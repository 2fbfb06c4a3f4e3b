"""Which labeled frames a network learns from, and which it is judged by."""

from collections.abc import Sequence

import numpy as np

SPLIT_STREAM = 1
"""Keeps the random numbers of the split apart from all others made from the same seed."""


def split(n_frames: int, val_size: float, seed: int) -> tuple[list[int], list[int]]:
    """Divide frames at random.

    Args:
        n_frames: How many there are.
        val_size: Fraction to judge by, in [0, 1); 0: none.
        seed: The same seed divides the same number of frames the same way.

    Returns:
        Rows to learn from and rows to judge by, each in ascending order. Where ``val_size`` is
        above 0 and there are two frames or more, neither is empty.

    Raises:
        ValueError: If ``val_size`` is outside [0, 1).
    """
    if not 0 <= val_size < 1:
        raise ValueError(f"val_size is {val_size}, expected at least 0 and below 1")
    n_val = round(n_frames * val_size)
    if val_size > 0:
        n_val = min(max(n_val, 1), max(n_frames - 1, 0))
    order = np.random.default_rng([seed, SPLIT_STREAM]).permutation(n_frames)
    return _ascending(order[n_val:].tolist()), _ascending(order[:n_val].tolist())


def _ascending(rows: Sequence[int]) -> list[int]:
    return sorted(int(row) for row in rows)
