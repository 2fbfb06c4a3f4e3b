import numpy as np

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.rotation import Rotation


def test_angles_fill_the_range():
    rng = np.random.default_rng(0)
    drawn = [Rotation(30.0).linear(rng) for _ in range(500)]
    angles = np.rad2deg([np.arctan2(m[1, 0], m[0, 0]) for m in drawn])
    assert np.abs(angles).max() <= 30
    assert angles.min() < -28
    assert angles.max() > 28
    for matrix in drawn[:5]:
        np.testing.assert_allclose(matrix @ matrix.T, np.eye(2), atol=1e-12)


def test_from_config():
    assert Rotation.from_config(TrainerConfig(augment_rotation=90)) == Rotation(90)
    assert Rotation.from_config(TrainerConfig(augment_rotation=0)) is None
