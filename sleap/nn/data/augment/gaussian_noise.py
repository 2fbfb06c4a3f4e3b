"""Adding normal noise to each pixel."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment import noise_bank
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import Float32Array


@AUGMENTATIONS.register("gaussian_noise")
@frozen
class GaussianNoise(Augmentation):
    """Adds to each value a normal number of the given mean and standard deviation."""

    mean: float
    deviation: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_gaussian_noise``, ``_mean`` and ``_stddev`` (fractions of 255)."""
        if not trainer.augment_gaussian_noise:
            return None
        return cls(trainer.augment_gaussian_noise_mean, trainer.augment_gaussian_noise_stddev)

    def noise(self, image: Float32Array, rng: np.random.Generator) -> None:
        """Add the noise."""
        numbers = noise_bank.normal(image.size, rng).reshape(image.shape)
        image += numbers * np.float32(self.deviation)
        image += np.float32(self.mean)
