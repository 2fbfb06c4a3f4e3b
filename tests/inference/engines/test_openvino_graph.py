from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from sleap.errors import ModelError
from sleap.inference.engines.openvino_graph import build
from sleap.nn.saved.graph import LAYERS, Layer, Network

keras = pytest.importorskip("keras")
openvino = pytest.importorskip("openvino")
L = keras.layers

CORE = openvino.Core()

Body = Callable[[Any], Any]

BODIES: dict[str, Body] = {
    "conv": lambda x: L.Conv2D(5, 3, padding="same", activation="relu")(x),
    "conv valid": lambda x: L.Conv2D(5, (3, 5))(x),
    "conv strided": lambda x: L.Conv2D(5, 7, strides=2, padding="same", use_bias=False)(x),
    "conv dilated": lambda x: L.Conv2D(5, 3, dilation_rate=2, padding="same")(x),
    "conv grouped": lambda x: L.Conv2D(6, 3, groups=3, padding="same")(x),
    "depthwise": lambda x: L.DepthwiseConv2D(3, depth_multiplier=2, padding="same")(x),
    "depthwise strided": lambda x: L.DepthwiseConv2D(3, strides=2, padding="same")(x),
    "separable": lambda x: L.SeparableConv2D(4, 3, padding="same", activation="elu")(x),
    "transpose 3 by 2": lambda x: L.Conv2DTranspose(
        4, 3, strides=2, padding="same", activation="relu"
    )(x),
    "transpose 2 by 2": lambda x: L.Conv2DTranspose(4, 2, strides=2, padding="same")(x),
    "transpose 5 by 2": lambda x: L.Conv2DTranspose(4, 5, strides=2, padding="same")(x),
    "transpose 2 by 3": lambda x: L.Conv2DTranspose(4, 2, strides=3, padding="same")(x),
    "transpose valid": lambda x: L.Conv2DTranspose(4, 4, strides=2)(x),
    "max pool": lambda x: L.MaxPooling2D(2)(x),
    "max pool same": lambda x: L.MaxPooling2D(3, strides=2, padding="same")(x),
    "average pool": lambda x: L.AveragePooling2D(3, strides=2, padding="same")(x),
    "upsampling bilinear": lambda x: L.UpSampling2D(2, interpolation="bilinear")(x),
    "upsampling bilinear by 4": lambda x: L.UpSampling2D(4, interpolation="bilinear")(x),
    "upsampling nearest": lambda x: L.UpSampling2D(2)(x),
    "zero padding": lambda x: L.ZeroPadding2D(((1, 0), (2, 3)))(x),
    "cropping": lambda x: L.Cropping2D(((1, 0), (0, 2)))(x),
    "batch norm": lambda x: L.BatchNormalization()(x),
    "batch norm plain": lambda x: L.BatchNormalization(scale=False, center=False)(x),
    "concatenate": lambda x: L.Concatenate()([x, L.ReLU()(x)]),
    "concatenate rows": lambda x: L.Concatenate(axis=1)([x, L.ReLU()(x)]),
    "add": lambda x: L.Add()([x, L.ReLU()(x), L.Conv2D(3, 1)(x)]),
    "average": lambda x: L.Average()([x, L.Conv2D(3, 1)(x)]),
    "multiply": lambda x: L.Multiply()([x, L.Conv2D(3, 1)(x)]),
    "relu 6": lambda x: L.ReLU(max_value=0.4)(x),
    "relu with slope": lambda x: L.ReLU(negative_slope=0.1)(L.Conv2D(3, 1)(x)),
    "leaky relu": lambda x: L.LeakyReLU(negative_slope=0.2)(L.Conv2D(3, 1)(x)),
    "rescaling": lambda x: L.Rescaling(2.0, offset=-1.0)(x),
    "dropout": lambda x: L.GaussianNoise(0.5)(L.SpatialDropout2D(0.5)(L.Dropout(0.5)(x))),
    "sigmoid": lambda x: L.Activation("sigmoid")(x),
    "softmax": lambda x: L.Activation("softmax")(x),
    "others": lambda x: L.Activation("swish")(L.Activation("tanh")(L.Activation("relu6")(x))),
    "global max": lambda x: L.Dense(4, activation="softmax")(L.GlobalMaxPooling2D()(x)),
    "global average": lambda x: L.GlobalAveragePooling2D(keepdims=True)(x),
    "flatten": lambda x: L.Dense(4, activation="relu")(L.Flatten()(L.MaxPooling2D(8)(x))),
}


@lru_cache
def make_model(name: str) -> Any:
    """A Keras model with random weights."""
    images = keras.Input((16, 24, 3))
    model = keras.Model(images, BODIES[name](images))
    random = np.random.default_rng(5)
    for layer in model.layers:
        layer.set_weights([random.uniform(0.1, 0.9, a.shape) for a in layer.get_weights()])
    return model


def run(network: Network, images: np.ndarray) -> np.ndarray:
    """Run the graph in float32."""
    compiled = CORE.compile_model(build(network), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.asarray(compiled(images)[0])


@pytest.fixture(scope="module")
def images() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (2, 16, 24, 3)).astype(np.uint8)


@pytest.mark.parametrize("name", BODIES)
def test_each_layer_computes_what_keras_computes(name: str, images: np.ndarray) -> None:
    from sleap.nn.saved.keras_h5 import from_model

    model = make_model(name)
    expected = np.asarray(model(images.astype(np.float32) / 255, training=False))
    found = run(from_model(model), images)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)


def test_every_known_layer_is_tried() -> None:
    from sleap.nn.saved.keras_h5 import from_model

    tried = {layer.class_name for name in BODIES for layer in from_model(make_model(name)).layers}
    assert set(LAYERS) <= tried


def test_several_outputs_are_averaged(images: np.ndarray) -> None:
    kernels = [np.full((1, 1, 3, 2), value, dtype=np.float32) for value in (1.0, 3.0)]
    settings = {"filters": 2, "kernel_size": [1, 1], "use_bias": False}
    network = Network(
        [
            Layer("input", "InputLayer", {}, []),
            Layer("a", "Conv2D", settings, ["input"]),
            Layer("b", "Conv2D", settings, ["input"]),
        ],
        ["a", "b"],
        {"a": [kernels[0]], "b": [kernels[1]]},
        (None, None, 3),
    )
    expected = 2 * images.sum(axis=-1, keepdims=True) / 255
    np.testing.assert_allclose(run(network, images), np.repeat(expected, 2, axis=-1), rtol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        Layer("odd", "Lambda", {}, ["input"]),
        Layer("odd", "Activation", {"activation": "gelu"}, ["input"]),
        Layer("odd", "UpSampling2D", {"interpolation": "lanczos3"}, ["input"]),
        Layer("odd", "ReLU", {"threshold": 0.5}, ["input"]),
    ],
)
def test_what_is_not_known_is_refused(layer: Layer) -> None:
    network = Network([Layer("input", "InputLayer", {}, []), layer], ["odd"], {}, (None, None, 1))
    with pytest.raises(ModelError, match="Use --engine keras"):
        build(network)
