"""What every augmentation, present and future, must satisfy."""

import numpy as np
import pytest

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.augment.augmenter import Augmenter

ON = {
    "rotation": {"augment_rotate": True},
    "scaling": {"augment_scale": True},
    "flip": {"augment_flip": True},
    "contrast": {"augment_contrast": True},
    "brightness": {"augment_brightness": True, "augment_brightness_val": 20},
    "uniform_noise": {"augment_uniform_noise": True},
    "gaussian_noise": {"augment_gaussian_noise": True},
}
"""The options that turn each augmentation on."""


@pytest.mark.parametrize("name", AUGMENTATIONS.names)
def test_is_off_unless_asked_for(name):
    assert AUGMENTATIONS.get(name).from_config(TrainerConfig(augment_rotate=False)) is None


@pytest.mark.parametrize("name", AUGMENTATIONS.names)
def test_changes_what_it_is_given_by_chance_alone(name):
    step = AUGMENTATIONS.get(name).from_config(TrainerConfig(**ON[name]))
    assert isinstance(step, Augmentation)
    image = np.full((16, 16, 1), 100, dtype=np.uint8)

    def effect(seed):
        rng = np.random.default_rng(seed)
        augmenter = Augmenter((step,))
        return augmenter.linear(rng).tolist(), augmenter.values(image, rng).tolist()

    effects = [effect(seed) for seed in range(8)]
    assert effects == [effect(seed) for seed in range(8)]
    assert any(one != effects[0] for one in effects)


def test_the_base_changes_nothing():
    base, rng = Augmentation(), np.random.default_rng(0)
    image = np.ones((2, 2, 1), dtype=np.float32)
    assert base.linear(rng) is None
    base.noise(image, rng)
    assert (base.tone(image, rng) == 1).all()
    with pytest.raises(NotImplementedError):
        Augmentation.from_config(TrainerConfig())
