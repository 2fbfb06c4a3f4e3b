import numpy as np
import pytest

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmenter import Augmenter


@pytest.fixture
def image():
    return np.random.default_rng(0).integers(0, 256, (40, 50, 1), dtype=np.uint8)


def test_no_augmentation_changes_nothing(image):
    augmenter = Augmenter()
    rng = np.random.default_rng(0)
    np.testing.assert_array_equal(augmenter.linear(rng), np.eye(2))
    np.testing.assert_allclose(augmenter.values(image, rng), image / np.float32(255), rtol=1e-6)


def test_profile_without_augmentation_gives_no_steps():
    assert Augmenter.from_config(TrainerConfig(augment_rotate=False)).steps == ()


def test_values_stay_in_range(image):
    trainer = TrainerConfig(
        augment_contrast=True,
        augment_brightness=True,
        augment_brightness_val=80,
        augment_uniform_noise=True,
        augment_gaussian_noise=True,
        augment_gaussian_noise_stddev=0.5,
    )
    augmenter = Augmenter.from_config(trainer)
    assert len(augmenter.steps) == 5
    for seed in range(5):
        values = augmenter.values(image, np.random.default_rng(seed))
        assert values.dtype == np.float32
        assert values.min() >= 0
        assert values.max() <= 1
        assert np.isfinite(values).all()


def test_same_chance_same_result(image):
    trainer = TrainerConfig(augment_contrast=True, augment_gaussian_noise=True)
    augmenter = Augmenter.from_config(trainer)
    one, same, other = (augmenter.values(image, np.random.default_rng(s)) for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
