import numpy as np

from sleap.nn.data.augment.brightness import Brightness
from sleap.nn.data.normalize import UNIT


def test_offset_is_in_gray_levels():
    rng = np.random.default_rng(0)
    offsets = [255 * float((Brightness(20).tone(UNIT, rng) - UNIT)[7]) for _ in range(400)]
    assert -20.01 < min(offsets) < -18
    assert 18 < max(offsets) < 20.01
