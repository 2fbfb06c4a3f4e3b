import numpy as np
import pytest

from sleap.nn.data.augment import noise_bank


@pytest.mark.parametrize("draw", [noise_bank.normal, noise_bank.uniform])
def test_stretches_are_long_enough_random_and_repeatable(draw):
    one = draw(1000, np.random.default_rng(1))
    assert one.shape == (1000,)
    assert not one.flags.writeable
    np.testing.assert_array_equal(one, draw(1000, np.random.default_rng(1)))
    assert not np.array_equal(one, draw(1000, np.random.default_rng(2)))


@pytest.mark.parametrize("n", [1, 2, 1 << 16, (1 << 16) + 1])
def test_any_length(n):
    assert len(noise_bank.normal(n, np.random.default_rng(0))) == n


def test_distributions():
    rng = np.random.default_rng(0)
    normal, uniform = noise_bank.normal(100_000, rng), noise_bank.uniform(100_000, rng)
    assert abs(normal.mean()) < 0.02
    assert abs(normal.std() - 1) < 0.02
    assert uniform.min() >= 0
    assert uniform.max() < 1
    assert abs(uniform.mean() - 0.5) < 0.01
