import numpy as np

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.scaling import Scaling


def test_factors_fill_the_range():
    rng = np.random.default_rng(0)
    factors = [Scaling(0.8, 1.3).linear(rng)[0, 0] for _ in range(500)]
    assert 0.8 <= min(factors) < 0.81
    assert 1.29 < max(factors) <= 1.3


def test_a_range_of_one_is_nothing_to_do():
    trainer = TrainerConfig(augment_scale=True, augment_scale_min=1, augment_scale_max=1)
    assert Scaling.from_config(trainer) is None
