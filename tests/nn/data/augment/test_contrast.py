import numpy as np

from sleap.nn.data.augment.contrast import Contrast
from sleap.nn.data.normalize import UNIT


def test_black_and_white_stay_and_order_is_kept():
    for seed in range(10):
        curve = Contrast(0.5, 2.0).tone(UNIT, np.random.default_rng(seed))
        assert curve[0] == 0
        assert curve[-1] == 1
        assert (np.diff(curve) > 0).all()


def test_gamma_of_two():
    curve = Contrast(2.0, 2.0).tone(UNIT, np.random.default_rng(0))
    np.testing.assert_allclose(curve, UNIT**2, rtol=1e-5)
