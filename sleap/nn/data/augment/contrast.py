"""Changing contrast by a gamma curve."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import Float32Array


@AUGMENTATIONS.register("contrast")
@frozen
class Contrast(Augmentation):
    """Raises brightness to a power that is uniform between ``low`` and ``high``."""

    low: float
    high: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_contrast``, ``_min_gamma`` and ``_max_gamma``."""
        if not trainer.augment_contrast:
            return None
        return cls(trainer.augment_contrast_min_gamma, trainer.augment_contrast_max_gamma)

    def tone(self, curve: Float32Array, rng: np.random.Generator) -> Float32Array:
        """Draw a gamma."""
        gamma = np.float32(rng.uniform(self.low, self.high))
        return np.power(np.clip(curve, 0, 1), gamma, dtype=np.float32)
