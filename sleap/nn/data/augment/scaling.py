"""Making the image larger or smaller."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import FloatArray


@AUGMENTATIONS.register("scaling")
@frozen
class Scaling(Augmentation):
    """Scales by a factor that is uniform between ``low`` and ``high``."""

    low: float
    high: float

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Read ``augment_scale``, ``augment_scale_min`` and ``augment_scale_max``."""
        low, high = trainer.augment_scale_min, trainer.augment_scale_max
        return cls(low, high) if trainer.augment_scale and (low, high) != (1, 1) else None

    def linear(self, rng: np.random.Generator) -> FloatArray:
        """Draw a scaling."""
        return np.eye(2) * rng.uniform(self.low, self.high)
