"""The head of all networks that put out maps."""

from typing import Any

from keras import layers


def map_head(features: Any, n_outputs: int, name: str) -> Any:
    """Turn features into maps, by a linear convolution in float32.

    Args:
        features: Keras tensor (n, height, width, channels).
        n_outputs: Number of maps.
        name: Name of the layer.

    Returns:
        Keras tensor (n, height, width, n_outputs) float32.
    """
    return layers.Conv2D(n_outputs, 3, padding="same", name=name, dtype="float32")(features)
