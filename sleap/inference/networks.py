"""What a network's graph tells about how to feed it, whatever architecture it is."""

from typing import Any

from sleap.errors import ModelError
from sleap.nn.saved.keras_h5 import Layer, Network

_SHRINKING = {"Conv2D", "DepthwiseConv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D"}


def input_channels(network: Network) -> int:
    """Tell how many channels the network's images have.

    Raises:
        ModelError: If neither 1 nor 3.
    """
    channels = network.input_shape[-1]
    if channels not in (1, 3):
        raise ModelError(f"The network takes images of {channels} channels; expected 1 or 3.")
    return int(channels)


def max_stride(network: Network) -> int:
    """Tell of what the height and the width of the input must be multiples."""
    strides: dict[str, float] = {}
    for layer in network.layers:
        stride = max((strides[name] for name in layer.inputs), default=1.0)
        strides[layer.name] = stride * _factor(layer)
    return max(1, round(max(strides.values(), default=1.0)))


def n_outputs(network: Network) -> int | None:
    """Tell how many channels the network puts out; None if its graph does not say."""
    layers = {layer.name: layer for layer in network.layers}
    name = network.outputs[0]
    while True:
        arrays = network.weights.get(name, [])
        if arrays and arrays[0].ndim in (2, 4) and layers[name].class_name in ("Conv2D", "Dense"):
            return int(arrays[0].shape[-1])
        if len(layers[name].inputs) != 1:
            return None
        name = layers[name].inputs[0]


def _factor(layer: Layer) -> float:
    """Tell by how much a layer shrinks images; below 1 where it enlarges them."""
    if layer.class_name in _SHRINKING:
        pool = layer.config.get("pool_size", 1)
        return _first(layer.config.get("strides") or pool)
    if layer.class_name == "Conv2DTranspose":
        return 1 / _first(layer.config.get("strides", 1))
    if layer.class_name == "UpSampling2D":
        return 1 / _first(layer.config.get("size", 2))
    return 1.0


def _first(value: Any) -> float:
    return float(value if isinstance(value, int) else value[0])
