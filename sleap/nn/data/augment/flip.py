"""Mirroring the image."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import FloatArray


@AUGMENTATIONS.register("flip")
@frozen
class Flip(Augmentation):
    """Mirrors left and right in every second example; symmetric nodes change names."""

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_flip``."""
        return cls() if trainer.augment_flip else None

    def linear(self, rng: np.random.Generator) -> FloatArray | None:
        """Draw a mirroring or none."""
        return np.diag([-1.0, 1.0]) if rng.random() < 0.5 else None
