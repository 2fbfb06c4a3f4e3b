"""Making the image brighter or darker."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import Float32Array


@AUGMENTATIONS.register("brightness")
@frozen
class Brightness(Augmentation):
    """Adds a number of gray levels (of 255) that is uniform within ``levels`` of 0."""

    levels: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_brightness`` and ``augment_brightness_val``."""
        is_wanted = trainer.augment_brightness and trainer.augment_brightness_val
        return cls(trainer.augment_brightness_val) if is_wanted else None

    def tone(self, curve: Float32Array, rng: np.random.Generator) -> Float32Array:
        """Draw an offset."""
        return curve + np.float32(rng.uniform(-self.levels, self.levels) / 255)
