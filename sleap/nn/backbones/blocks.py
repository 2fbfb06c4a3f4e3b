"""Parts that backbones are made of, as Keras layers."""

from typing import Any

from attrs import frozen
from keras import layers


@frozen
class KerasParts:
    """Adds layers to Keras tensors (n, height, width, channels); see ``Parts``."""

    dtype: str = "float32"
    """Keras dtype policy of all layers."""

    def conv(self, x: Any, filters: int, kernel_size: int, name: str) -> Any:
        """Convolve, keeping the size, with a rectifier."""
        layer = layers.Conv2D(
            filters,
            kernel_size,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            name=name,
            dtype=self.dtype,
        )
        return layer(x)

    def halve(self, x: Any, name: str) -> Any:
        """Take the largest of each 2 x 2 cells."""
        return layers.MaxPooling2D(2, name=name, dtype=self.dtype)(x)

    def interpolate(self, x: Any, name: str, interp: str) -> Any:
        """Double the size by interpolation, "bilinear" or "nearest"."""
        return layers.UpSampling2D(2, interpolation=interp, name=name, dtype=self.dtype)(x)

    def transposed_conv(self, x: Any, filters: int, name: str) -> Any:
        """Double the size by a learned transposed convolution of 3 x 3 cells."""
        layer = layers.Conv2DTranspose(
            filters,
            3,
            strides=2,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            name=name,
            dtype=self.dtype,
        )
        return layer(x)

    def concatenate(self, x: Any, skip: Any, name: str) -> Any:
        """Join the channels of two tensors of one size."""
        return layers.Concatenate(name=name, dtype=self.dtype)([x, skip])
