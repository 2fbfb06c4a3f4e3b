import numpy as np

from sleap.nn.data.augment.gaussian_noise import GaussianNoise


def test_mean_and_deviation():
    image = np.zeros((100, 100, 3), dtype=np.float32)
    GaussianNoise(0.05, 0.1).noise(image, np.random.default_rng(0))
    assert abs(image.mean() - 0.05) < 0.003
    assert abs(image.std() - 0.1) < 0.003
