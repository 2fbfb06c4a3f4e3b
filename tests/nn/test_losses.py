"""Losses."""

import numpy as np

from sleap.nn.losses import FOREGROUND, make_mse


def test_mse_is_one_number_per_example() -> None:
    rng = np.random.default_rng(0)
    target, output = rng.normal(size=(2, 3, 4, 5, 2)).astype(np.float32)
    expected = ((target - output) ** 2).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(np.asarray(make_mse()(target, output)), expected, rtol=1e-6)


def test_the_foreground_weighs_more() -> None:
    target = np.array([[1.0, 0.0, -0.5, FOREGROUND / 2]], np.float32)
    output = target + 1
    loss = np.asarray(make_mse(foreground_weight=9.0)(target, output))
    np.testing.assert_allclose(loss, [(10 + 1 + 10 + 1) / 4], rtol=1e-6)
