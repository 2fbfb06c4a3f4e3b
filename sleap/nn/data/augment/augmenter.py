"""All augmentations of a profile together."""

from typing import Self

import numpy as np
from attrs import frozen

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmentation import AUGMENTATIONS, Augmentation
from sleap.nn.data.example import Float32Array, FloatArray, UInt8Array
from sleap.nn.data.normalize import UNIT, to_unit


@frozen
class Augmenter:
    """Applies a list of augmentations in order; with an empty list it changes nothing."""

    steps: tuple[Augmentation, ...] = ()

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self:
        """Make the augmenter that a profile asks for."""
        made = (AUGMENTATIONS.get(name).from_config(trainer) for name in AUGMENTATIONS)
        return cls(tuple(step for step in made if step is not None))

    def linear(self, rng: np.random.Generator) -> FloatArray:
        """Draw what happens to places.

        Returns:
            (2, 2) matrix on (x, y); the identity if nothing happens.
        """
        total: FloatArray = np.eye(2)
        for step in self.steps:
            drawn = step.linear(rng)
            if drawn is not None:
                total = drawn @ total
        return total

    def values(self, image: UInt8Array, rng: np.random.Generator) -> Float32Array:
        """Turn levels into numbers, changing tone and adding noise on the way.

        Args:
            image: (height, width, channels) uint8.
            rng: Where all chance comes from.

        Returns:
            (height, width, channels) float32 in [0, 1].
        """
        curve = UNIT
        for step in self.steps:
            curve = step.tone(curve, rng)
        values = to_unit(image, np.clip(curve, 0, 1))
        for step in self.steps:
            step.noise(values, rng)
        return np.clip(values, 0, 1, out=values)
