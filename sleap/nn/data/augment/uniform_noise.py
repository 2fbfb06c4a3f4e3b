"""Adding uniform noise to each pixel."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment import noise_bank
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import Float32Array


@AUGMENTATIONS.register("uniform_noise")
@frozen
class UniformNoise(Augmentation):
    """Adds to each value a number that is uniform between ``low`` and ``high``."""

    low: float
    high: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_uniform_noise``, ``_min_val`` and ``_max_val`` (fractions of 255)."""
        if not trainer.augment_uniform_noise:
            return None
        return cls(trainer.augment_uniform_noise_min_val, trainer.augment_uniform_noise_max_val)

    def noise(self, image: Float32Array, rng: np.random.Generator) -> None:
        """Add the noise."""
        numbers = noise_bank.uniform(image.size, rng).reshape(image.shape)
        image += numbers * np.float32(self.high - self.low)
        image += np.float32(self.low)
