"""What an augmentation can change, and the table of all of them."""

from typing import Self

import numpy as np

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.example import Float32Array, FloatArray
from sleap.registry import Registry


class Augmentation:
    """One kind of random change.

    A subclass overrides one of three methods, by what it changes: where things are (``linear``),
    how bright a level is (``tone``), or each pixel by itself (``noise``). All geometry is done by
    one warp and all tones by one table, whatever the number of augmentations.
    """

    @classmethod
    def from_config(cls, trainer: TrainerConfig) -> Self | None:
        """Make the augmentation a profile asks for; None if it asks for none."""
        raise NotImplementedError

    def linear(self, rng: np.random.Generator) -> FloatArray | None:
        """Draw a (2, 2) matrix on (x, y); a negative determinant swaps symmetric nodes."""
        return None

    def tone(self, curve: Float32Array, rng: np.random.Generator) -> Float32Array:
        """Draw a change of the (256,) table of brightness in [0, 1]."""
        return curve

    def noise(self, image: Float32Array, rng: np.random.Generator) -> None:
        """Change pixels of the image, (height, width, channels) in [0, 1], in place."""


AUGMENTATIONS: Registry[type[Augmentation]] = Registry("augmentation")
