import numpy as np

from sleap.nn.data.augment.uniform_noise import UniformNoise


def test_noise_fills_the_range():
    image = np.zeros((100, 100, 1), dtype=np.float32)
    UniformNoise(0.1, 0.3).noise(image, np.random.default_rng(0))
    assert 0.1 <= image.min() < 0.101
    assert 0.299 < image.max() <= 0.3
    assert abs(image.mean() - 0.2) < 0.002
