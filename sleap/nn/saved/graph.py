"""A network's graph as plain data, out of and into the JSON that Keras keeps in its files.

Two dialects are read, that of Keras 2 (which the original wrote) and that of Keras 3; that of
Keras 2 is written, which both understand. Only layers that merely compute are known: nothing in a
file can make the reader run code.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.errors import ModelError

Json = dict[str, Any]

_CONV = ("kernel_size", "strides", "padding", "dilation_rate", "use_bias", "activation")
_POOL = ("pool_size", "strides", "padding")

LAYERS: dict[str, tuple[str, ...]] = {
    "InputLayer": (),
    "Conv2D": ("filters", *_CONV, "groups"),
    "Conv2DTranspose": ("filters", *_CONV, "output_padding"),
    "SeparableConv2D": ("filters", *_CONV, "depth_multiplier"),
    "DepthwiseConv2D": (*_CONV, "depth_multiplier"),
    "Dense": ("units", "use_bias", "activation"),
    "MaxPooling2D": _POOL,
    "AveragePooling2D": _POOL,
    "GlobalMaxPooling2D": ("keepdims",),
    "GlobalAveragePooling2D": ("keepdims",),
    "UpSampling2D": ("size", "interpolation"),
    "ZeroPadding2D": ("padding",),
    "Cropping2D": ("cropping",),
    "BatchNormalization": ("axis", "epsilon", "center", "scale"),
    "Concatenate": ("axis",),
    "Add": (),
    "Average": (),
    "Multiply": (),
    "Activation": ("activation",),
    "ReLU": ("max_value", "negative_slope", "threshold"),
    "LeakyReLU": ("negative_slope",),
    "Rescaling": ("scale", "offset"),
    "Flatten": (),
    "Dropout": ("rate",),
    "SpatialDropout2D": ("rate",),
    "GaussianNoise": ("stddev",),
}
"""The known layers, with the keys of their configuration that matter."""

ACTIVATIONS = ("linear", "relu", "relu6", "sigmoid", "softmax", "tanh", "elu", "swish", "silu")

_RENAMED = {"alpha": "negative_slope"}


@frozen
class Layer:
    """One layer.

    Attributes:
        name: Its name, unique in the network.
        class_name: Its Keras class, one of ``LAYERS``.
        config: What the class needs, in JSON types.
        inputs: Names of the layers it takes its inputs from, in order.
    """

    name: str
    class_name: str
    config: Json
    inputs: list[str]


@frozen
class Network:
    """A network as plain data.

    Attributes:
        layers: In an order in which each follows those it depends on; the first is the input.
        outputs: Names of the layers that are outputs, in order.
        weights: Arrays of each layer that has any, float32, in the order of Keras.
        input_shape: (height, width, channels); height and width None if they may vary.
        name: Name of the network.
    """

    layers: list[Layer]
    outputs: list[str]
    weights: dict[str, list[npt.NDArray[np.float32]]]
    input_shape: tuple[int | None, int | None, int]
    name: str = "network"


def decode(
    model_config: Any, weights: dict[str, list[npt.NDArray[np.float32]]], source: str
) -> Network:
    """Read a graph.

    Args:
        model_config: Keras' JSON object of a functional model.
        weights: Arrays by name of the layer.
        source: Where it comes from, for messages.

    Raises:
        ModelError: If it is no graph of known layers with one image input, or the weights do not
            fit it.
    """
    try:
        config = model_config["config"]
        if model_config["class_name"] not in ("Functional", "Model"):
            kind = model_config["class_name"]
            raise ModelError(f"{source} holds a {kind} model; expected a functional one.")
        layers = _in_order([_decode_layer(item, source) for item in config["layers"]], source)
        inputs = [item for item in config["layers"] if item["class_name"] == "InputLayer"]
        outputs = list(_layer_names(config["output_layers"]))
        if len(inputs) != 1 or not outputs:
            raise ModelError(f"{source} has {len(inputs)} inputs; expected one, and an output.")
        shape = inputs[0]["config"].get("batch_input_shape") or inputs[0]["config"]["batch_shape"]
        height, width, channels = (None if n is None else int(n) for n in shape[1:])
        name = str(config.get("name", "network"))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ModelError(
            f"{source} does not describe a network as Keras writes it ({error!r})."
        ) from error
    if channels is None:
        raise ModelError(f"{source} does not say how many channels its images have.")
    network = Network(layers, outputs, weights, (height, width, channels), name)
    _check_weights(network, source)
    return network


def encode(network: Network) -> Json:
    """Write a graph in the dialect of Keras 2, all layers in float32."""
    layers = []
    for layer in network.layers:
        config = {"name": layer.name, "trainable": True, "dtype": "float32"} | layer.config
        if layer.class_name == "InputLayer":
            shape = [None, *network.input_shape]
            config = {"name": layer.name, "dtype": "float32", "batch_input_shape": shape}
            config |= {"sparse": False, "ragged": False}
        item = {"class_name": layer.class_name, "config": config, "name": layer.name}
        nodes = [[[name, 0, 0, {}] for name in layer.inputs]] if layer.inputs else []
        layers.append(item | {"inbound_nodes": nodes})
    outputs = [[name, 0, 0] for name in network.outputs]
    config = {
        "name": network.name,
        "layers": layers,
        # Not a list of one: Keras 3 would then give a list of one array.
        "input_layers": [network.layers[0].name, 0, 0],
        "output_layers": outputs if len(outputs) > 1 else outputs[0],
    }
    return {"class_name": "Functional", "config": config}


def _decode_layer(item: Json, source: str) -> Layer:
    class_name, config = item["class_name"], item["config"]
    name = str(item.get("name") or config["name"])
    if class_name not in LAYERS:
        raise ModelError(
            f"{source}: layer '{name}' is a {class_name}, which cannot be used. "
            f"Known layers: {', '.join(LAYERS)}."
        )
    if config.get("data_format", "channels_last") not in ("channels_last", None):
        raise ModelError(f"{source}: layer '{name}' has its channels first; expected them last.")
    config = {_RENAMED.get(key, key): value for key, value in config.items()}
    kept = {key: config[key] for key in LAYERS[class_name] if config.get(key) is not None}
    if "activation" in kept:
        kept["activation"] = _activation(kept["activation"], name, source)
    if not all(_is_plain(value) for value in kept.values()):
        raise ModelError(f"{source}: layer '{name}' has settings of an unknown kind.")
    nodes = item.get("inbound_nodes") or []
    if len(nodes) > 1:
        raise ModelError(f"{source}: layer '{name}' is used {len(nodes)} times; expected once.")
    return Layer(name, class_name, kept, list(_layer_names(nodes)))


def _activation(value: Any, name: str, source: str) -> str:
    """Return the name of an activation, which Keras 3 may wrap in an object."""
    if isinstance(value, dict):
        value = value.get("config", value.get("class_name"))
        value = value.get("name") if isinstance(value, dict) else value
    if value not in ACTIVATIONS:
        raise ModelError(
            f"{source}: layer '{name}' has the activation {value!r}, which cannot be used. "
            f"Known: {', '.join(ACTIVATIONS)}."
        )
    return str(value)


def _is_plain(value: Any) -> bool:
    """Tell whether a value is a number, a word, or nested lists of them."""
    if isinstance(value, list | tuple):
        return all(_is_plain(part) for part in value)
    return isinstance(value, bool | int | float | str)


def _layer_names(value: Any) -> Iterator[str]:
    """Find the layers that a reference to tensors names, in order, in either dialect."""
    if isinstance(value, dict):
        history = value.get("config", {}).get("keras_history")
        if value.get("class_name") == "__keras_tensor__" and history:
            yield str(history[0])
        else:
            for part in (value.get("args", []), *value.get("kwargs", {}).values()):
                yield from _layer_names(part)
    elif isinstance(value, list | tuple):
        if len(value) >= 3 and isinstance(value[0], str) and isinstance(value[1], int):
            yield value[0]
        else:
            for part in value:
                yield from _layer_names(part)


def _in_order(layers: list[Layer], source: str) -> list[Layer]:
    """Sort layers so that each follows those it depends on."""
    by_name = {layer.name: layer for layer in layers}
    if len(by_name) < len(layers):
        raise ModelError(f"{source} has two layers of one name.")
    done: dict[str, Layer] = {}
    waiting = layers
    while waiting:
        ready = [layer for layer in waiting if all(name in done for name in layer.inputs)]
        if not ready:
            names = ", ".join(layer.name for layer in waiting)
            raise ModelError(f"{source}: nothing leads to the layers {names}.")
        done |= {layer.name: layer for layer in ready}
        waiting = [layer for layer in waiting if layer.name not in done]
    return list(done.values())


_N_ARRAYS = {
    "Conv2D": 1,
    "Conv2DTranspose": 1,
    "DepthwiseConv2D": 1,
    "SeparableConv2D": 2,
    "Dense": 1,
    "BatchNormalization": 2,
}


def _check_weights(network: Network, source: str) -> None:
    """Check that each layer has its arrays, and convolutions kernels of their size."""
    for layer in network.layers:
        arrays = network.weights.get(layer.name, [])
        expected = _N_ARRAYS.get(layer.class_name, 0)
        if layer.class_name == "BatchNormalization":
            expected += sum(bool(layer.config.get(key, True)) for key in ("center", "scale"))
        elif expected:
            expected += bool(layer.config.get("use_bias", True))
        if len(arrays) != expected:
            raise ModelError(
                f"{source}: layer '{layer.name}' has {len(arrays)} arrays of weights; "
                f"expected {expected}. The file is incomplete."
            )
        at = {"Conv2D": 3, "Conv2DTranspose": 2}.get(layer.class_name)
        if at is not None and arrays[0].shape[at : at + 1] != (layer.config["filters"],):
            raise ModelError(
                f"{source}: layer '{layer.name}' has a kernel of shape {arrays[0].shape}, which "
                f"does not fit its {layer.config['filters']} filters."
            )
