import numpy as np
import pytest

from sleap.errors import ModelError
from sleap.inference.networks import input_channels, max_stride, n_outputs
from sleap.nn.saved.graph import Layer, Network


def make_network(channels: int = 1) -> Network:
    """Down by 8, up by 4."""
    layers = [
        Layer("in", "InputLayer", {}, []),
        Layer("stem", "Conv2D", {"filters": 4, "strides": [2, 2]}, ["in"]),
        Layer("pool", "MaxPooling2D", {"pool_size": [2, 2]}, ["stem"]),
        Layer("pool2", "MaxPooling2D", {"pool_size": [3, 3], "strides": [2, 2]}, ["pool"]),
        Layer("up", "Conv2DTranspose", {"filters": 4, "strides": [2, 2]}, ["pool2"]),
        Layer("skip", "Concatenate", {}, ["pool", "up"]),
        Layer("up2", "UpSampling2D", {"size": [2, 2]}, ["skip"]),
        Layer("head", "Conv2D", {"filters": 7}, ["up2"]),
        Layer("out", "Activation", {"activation": "linear"}, ["head"]),
    ]
    weights = {"head": [np.zeros((1, 1, 8, 7), np.float32), np.zeros(7, np.float32)]}
    return Network(layers, ["out"], weights, (None, None, channels))


def test_the_largest_stride_is_found_in_the_graph() -> None:
    assert max_stride(make_network()) == 8


def test_the_outputs_are_counted() -> None:
    assert n_outputs(make_network()) == 7
    network = make_network()
    odd = Network(network.layers, ["skip"], network.weights, network.input_shape)
    assert n_outputs(odd) is None


def test_images_are_gray_or_rgb() -> None:
    assert input_channels(make_network(3)) == 3
    with pytest.raises(ModelError, match="2 channels"):
        input_channels(make_network(2))
