"""Turning the image."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import FloatArray


@AUGMENTATIONS.register("rotation")
@frozen
class Rotation(Augmentation):
    """Turns by an angle that is uniform between ``-degrees`` and ``degrees``."""

    degrees: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_rotate`` and ``augment_rotation``."""
        is_wanted = trainer.augment_rotate and trainer.augment_rotation
        return cls(trainer.augment_rotation) if is_wanted else None

    def linear(self, rng: np.random.Generator) -> FloatArray:
        """Draw a rotation."""
        angle = np.deg2rad(rng.uniform(-self.degrees, self.degrees))
        return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
