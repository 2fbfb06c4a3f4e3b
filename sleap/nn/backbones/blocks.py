"""Parts that backbones are made of."""

from typing import Any

from keras import layers


def conv(x: Any, filters: int, kernel_size: int, name: str, dtype: str) -> Any:
    """Convolve, keeping the size, with a rectifier."""
    layer = layers.Conv2D(
        filters,
        kernel_size,
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
        name=name,
        dtype=dtype,
    )
    return layer(x)


def halve(x: Any, name: str, dtype: str) -> Any:
    """Take the largest of each 2 x 2 cells."""
    return layers.MaxPooling2D(2, name=name, dtype=dtype)(x)


def double(
    x: Any, filters: int, name: str, dtype: str, *, upsampling_layers: bool, interp: str
) -> Any:
    """Double the size, by interpolation or by a learned transposed convolution.

    Args:
        x: Keras tensor (n, height, width, channels).
        filters: Channels of a transposed convolution; interpolation keeps those of ``x``.
        name: Name of the layer.
        dtype: Keras dtype policy.
        upsampling_layers: Whether to interpolate.
        interp: "bilinear" or "nearest".
    """
    if upsampling_layers:
        return layers.UpSampling2D(2, interpolation=interp, name=name, dtype=dtype)(x)
    layer = layers.Conv2DTranspose(
        filters,
        3,
        strides=2,
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
        name=name,
        dtype=dtype,
    )
    return layer(x)


def concatenate(x: Any, skip: Any, name: str, dtype: str) -> Any:
    """Join the channels of two tensors of one size."""
    return layers.Concatenate(name=name, dtype=dtype)([x, skip])
