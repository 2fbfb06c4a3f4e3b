"""Graphs out of and into Keras' JSON."""

import json
from typing import Any

import numpy as np
import pytest

from sleap.errors import ModelError
from sleap.nn.saved.graph import decode, encode

ONE = np.ones


def keras_2() -> dict[str, Any]:
    """A graph as Keras 2 writes it, its layers out of order."""

    def layer(class_name: str, name: str, inputs: list[str], **config: Any) -> dict[str, Any]:
        nodes = [[[source, 0, 0, {}] for source in inputs]] if inputs else []
        config |= {"name": name, "trainable": True, "dtype": "float32"}
        return {"class_name": class_name, "config": config, "name": name, "inbound_nodes": nodes}

    layers = [
        layer("InputLayer", "in", [], batch_input_shape=[None, 64, 32, 1], sparse=False),
        layer("Concatenate", "cat", ["up", "conv"], axis=-1),
        layer(
            "Conv2D",
            "conv",
            ["in"],
            filters=4,
            kernel_size=[3, 3],
            strides=[1, 1],
            padding="same",
            data_format="channels_last",
            dilation_rate=[1, 1],
            groups=1,
            activation="relu",
            use_bias=True,
            kernel_initializer={"class_name": "GlorotUniform", "config": {"seed": None}},
        ),
        layer("MaxPooling2D", "pool", ["conv"], pool_size=[2, 2], strides=[2, 2], padding="same"),
        layer(
            "Conv2DTranspose",
            "up",
            ["pool"],
            filters=2,
            kernel_size=[3, 3],
            strides=[2, 2],
            padding="same",
            groups=1,
            output_padding=None,
            activation="linear",
            use_bias=False,
        ),
    ]
    config = {"name": "net", "layers": layers, "input_layers": [["in", 0, 0]]}
    config["output_layers"] = [["cat", 0, 0], ["up", 0, 0]]
    return {"class_name": "Functional", "config": config}


def weights() -> dict[str, list[Any]]:
    return {"conv": [ONE((3, 3, 1, 4)), ONE(4)], "up": [ONE((3, 3, 2, 4))]}


def find(graph: dict[str, Any], name: str) -> dict[str, Any]:
    (item,) = [item for item in graph["config"]["layers"] if item["name"] == name]
    return item  # type: ignore[no-any-return]


def test_keras_2() -> None:
    network = decode(keras_2(), weights(), "it")
    assert [layer.name for layer in network.layers] == ["in", "conv", "pool", "up", "cat"]
    assert network.layers[-1].inputs == ["up", "conv"]
    assert network.outputs == ["cat", "up"]
    assert network.input_shape == (64, 32, 1)
    assert network.name == "net"
    up = network.layers[3]
    assert "groups" not in up.config
    assert "kernel_initializer" not in network.layers[1].config
    assert up.config["strides"] == [2, 2]


def test_keras_3() -> None:
    graph = keras_2()

    def tensor(name: str) -> dict[str, Any]:
        config = {"shape": [None], "dtype": "bfloat16", "keras_history": [name, 0, 0]}
        return {"class_name": "__keras_tensor__", "config": config}

    for item in graph["config"]["layers"]:
        sources = [node[0] for node in item["inbound_nodes"][0]] if item["inbound_nodes"] else []
        tensors: Any = [tensor(name) for name in sources]
        args = [tensors] if len(sources) > 1 else tensors
        item["inbound_nodes"] = [{"args": args, "kwargs": {}}] if sources else []
        policy = {"class_name": "DTypePolicy", "config": {"name": "mixed_bfloat16"}}
        item["config"]["dtype"] = policy
    start = find(graph, "in")["config"]
    start["batch_shape"] = start.pop("batch_input_shape")
    find(graph, "conv")["config"]["activation"] = {
        "class_name": "function",
        "config": "relu",
        "registered_name": "relu",
    }
    theirs, ours = decode(graph, weights(), "it"), decode(keras_2(), weights(), "it")
    assert theirs.layers == ours.layers
    assert (theirs.outputs, theirs.input_shape) == (ours.outputs, ours.input_shape)


def test_there_and_back() -> None:
    network = decode(keras_2(), weights(), "it")
    again = decode(json.loads(json.dumps(encode(network))), weights(), "it")
    assert again.layers == network.layers
    assert (again.outputs, again.input_shape) == (network.outputs, network.input_shape)


def test_code_in_a_file_is_refused() -> None:
    graph = keras_2()
    find(graph, "pool")["class_name"] = "Lambda"
    find(graph, "pool")["config"]["function"] = ["4wEAAAAAAAAA", None, None]
    with pytest.raises(ModelError, match="layer 'pool' is a Lambda, which cannot be used"):
        decode(graph, weights(), "it")


@pytest.mark.parametrize(
    ("name", "key", "value", "message"),
    [
        ("conv", "activation", "my_function", "activation 'my_function'"),
        ("conv", "activation", {"class_name": "X", "config": {}}, "activation None"),
        ("conv", "data_format", "channels_first", "channels first"),
        ("conv", "filters", {"class_name": "X"}, "settings of an unknown kind"),
        ("conv", "filters", 5, r"kernel of shape \(3, 3, 1, 4\)"),
    ],
)
def test_a_layer_that_cannot_be_used(name: str, key: str, value: Any, message: str) -> None:
    graph = keras_2()
    find(graph, name)["config"][key] = value
    with pytest.raises(ModelError, match=f"it: layer '{name}' has .*{message}"):
        decode(graph, weights(), "it")


def test_missing_weights() -> None:
    with pytest.raises(ModelError, match="'up' has 0 arrays of weights; expected 1"):
        decode(keras_2(), {"conv": weights()["conv"]}, "it")


@pytest.mark.parametrize("broken", [None, [], {}, {"class_name": "Functional", "config": 3}])
def test_not_a_graph(broken: Any) -> None:
    with pytest.raises(ModelError, match="does not describe a network as Keras writes it"):
        decode(broken, {}, "it")


def test_a_loop() -> None:
    graph = keras_2()
    find(graph, "conv")["inbound_nodes"] = [[["cat", 0, 0, {}]]]
    with pytest.raises(ModelError, match="nothing leads to the layers"):
        decode(graph, weights(), "it")
