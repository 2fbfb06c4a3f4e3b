"""The head of all networks that put out maps."""

from typing import Any

from keras import initializers, layers

START = 1e-3
"""Variance of the first outputs, relative to that of the features. Targets are almost everywhere 0:
starting near 0 spares the network the steps in which it would only learn to be silent."""


def map_head(features: Any, n_outputs: int, name: str) -> Any:
    """Turn features into maps, by a linear convolution in float32.

    Args:
        features: Keras tensor (n, height, width, channels).
        n_outputs: Number of maps.
        name: Name of the layer.

    Returns:
        Keras tensor (n, height, width, n_outputs) float32.
    """
    layer = layers.Conv2D(
        n_outputs,
        3,
        padding="same",
        kernel_initializer=initializers.VarianceScaling(START),
        name=name,
        dtype="float32",
    )
    return layer(features)
