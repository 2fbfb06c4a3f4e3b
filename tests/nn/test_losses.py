"""Losses."""

import numpy as np

from sleap.nn.losses import mse


def test_mse_is_one_number_per_example() -> None:
    rng = np.random.default_rng(0)
    target, output = rng.normal(size=(2, 3, 4, 5, 2)).astype(np.float32)
    expected = ((target - output) ** 2).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(np.asarray(mse(target, output)), expected, rtol=1e-6)
