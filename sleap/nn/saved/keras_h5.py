"""Keras' .h5 files, read and written without Keras.

The attribute ``model_config`` holds the graph as JSON, the group ``model_weights`` the arrays of
each layer, in the order of its attribute ``weight_names``. What is written is read by Keras 2 and
Keras 3 alike; it is float32 whatever precision the network was trained in.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
import numpy.typing as npt

from sleap.errors import FileError, FormatError, ModelError
from sleap.hdf5.files import open_checked
from sleap.io.atomic import replacing
from sleap.nn.backend import load_keras
from sleap.nn.saved import graph
from sleap.nn.saved.graph import Layer as Layer
from sleap.nn.saved.graph import Network as Network

if TYPE_CHECKING:
    import keras

Weights = dict[str, list[npt.NDArray[np.float32]]]

_BROKEN = (
    *(FormatError, OSError, RuntimeError, MemoryError, RecursionError),
    *(KeyError, IndexError, AttributeError, ValueError, TypeError),
)

DIALECT = "2.4.0"
"""Version of Keras whose dialect is written."""


def read_network(path: str | Path) -> Network:
    """Read a network as plain data.

    Args:
        path: An .h5 file that Keras 2 or 3 wrote, with graph and weights.

    Raises:
        FileError: If the file is not there or cannot be opened.
        ModelError: If it holds no network, or one with layers that cannot be used.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError(f"No model file '{path}'.")
    source = f"The model '{path}'"
    try:
        with open_checked(path) as file:
            if "model_config" not in file.attrs or "model_weights" not in file:
                raise ModelError(
                    f"{source} holds no whole network (no model_config and model_weights). "
                    f"Expected a model that Keras saved as .h5, not its weights alone."
                )
            config = json.loads(_text(file.attrs["model_config"]))
            weights = _read_weights(file["model_weights"])
    except PermissionError as error:
        raise FileError(f"Cannot open the model '{path}': permission denied.") from error
    except _BROKEN as error:
        raise ModelError(
            f"{source} cannot be read ({error}). Expected a Keras .h5 file; it may be damaged."
        ) from error
    return graph.decode(config, weights, source)


def write_network(network: Network, path: str | Path) -> None:
    """Write a network; an existing file is replaced only when all is written.

    Raises:
        FileError: If the file cannot be written.
    """
    text = json.dumps(graph.encode(network))
    with replacing(Path(path)) as temporary, h5py.File(temporary, "w") as file:
        file.attrs["keras_version"] = DIALECT.encode()
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = np.bytes_(text.encode())
        group = file.create_group("model_weights")
        group.attrs["keras_version"] = DIALECT.encode()
        group.attrs["backend"] = b"tensorflow"
        group.attrs["layer_names"] = _names([layer.name for layer in network.layers])
        for layer in network.layers:
            _write_layer(group, layer, network.weights.get(layer.name, []))


def from_model(model: "keras.Model") -> Network:
    """Take the graph and the weights out of a Keras model.

    Raises:
        ModelError: If it is no functional model of known layers.
    """
    weights = {
        layer.name: [np.asarray(array, dtype=np.float32) for array in layer.get_weights()]
        for layer in model.layers
    }
    return graph.decode(json.loads(model.to_json()), weights, f"The network '{model.name}'")


def save_network(model: "keras.Model", path: str | Path) -> None:
    """Save a Keras model: graph and weights in float32, no state of the optimizer.

    Raises:
        FileError: If the file cannot be written.
        ModelError: If it is no functional model of known layers.
    """
    write_network(from_model(model), path)


def rebuild(network: Network) -> "keras.Model":
    """Build the Keras model of a network.

    Its layers compute in Keras' global dtype policy, the outputs always in float32. Height and
    width of the input may vary, unless a layer depends on them.
    """
    keras = load_keras()
    height, width, channels = network.input_shape
    if not any(layer.class_name == "Flatten" for layer in network.layers):
        height = width = None
    tensors: dict[str, Any] = {}
    made: dict[str, Any] = {}
    for layer in network.layers:
        if layer.class_name == "InputLayer":
            tensors[layer.name] = keras.Input((height, width, channels), name=layer.name)
            continue
        settings = dict(layer.config)
        if layer.name in network.outputs:
            settings["dtype"] = "float32"
        made[layer.name] = getattr(keras.layers, layer.class_name)(name=layer.name, **settings)
        inputs = [tensors[name] for name in layer.inputs]
        tensors[layer.name] = made[layer.name](inputs if len(inputs) > 1 else inputs[0])
    outputs = [tensors[name] for name in network.outputs]
    first = tensors[network.layers[0].name]
    model = keras.Model(first, outputs if len(outputs) > 1 else outputs[0], name=network.name)
    for name, layer in made.items():
        if name in network.weights:
            layer.set_weights(network.weights[name])
    return model


def _read_weights(group: h5py.Group) -> Weights:
    weights: Weights = {}
    for layer_name, layer in group.items():
        names = [_text(name) for name in layer.attrs.get("weight_names", [])]
        if names:
            weights[layer_name] = [np.asarray(layer[name], dtype=np.float32) for name in names]
    return weights


def _write_layer(group: h5py.Group, layer: Layer, arrays: list[npt.NDArray[np.float32]]) -> None:
    names = [f"{layer.name}/{name}:0" for name in _array_names(layer, len(arrays))]
    inner = group.create_group(layer.name)
    inner.attrs["weight_names"] = _names(names)
    for name, array in zip(names, arrays, strict=True):
        inner.create_dataset(name, data=np.asarray(array, dtype=np.float32))


def _array_names(layer: Layer, n_arrays: int) -> list[str]:
    """Return Keras' names of a layer's arrays."""
    if layer.class_name == "BatchNormalization":
        first = [
            name
            for key, name in (("scale", "gamma"), ("center", "beta"))
            if layer.config.get(key, True)
        ]
        return [*first, "moving_mean", "moving_variance"]
    kernels = {
        "SeparableConv2D": ["depthwise_kernel", "pointwise_kernel"],
        "DepthwiseConv2D": ["depthwise_kernel"],
    }.get(layer.class_name, ["kernel"])
    return [*kernels, "bias"][:n_arrays]


def _names(names: list[str]) -> npt.NDArray[np.bytes_]:
    return np.array([name.encode() for name in names], dtype="S" if names else "S1")


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
