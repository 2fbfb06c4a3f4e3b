"""Small networks of the two classic shapes, saved as training saves them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.nn.saved.graph import Network


def conv(x: Any, n: int, size: int = 3) -> Any:
    import keras

    return keras.layers.Conv2D(n, size, padding="same", activation="relu")(x)


def build_unet(images: Any, n_outputs: int, *, is_transposed: bool) -> Any:
    """A small UNet: skips are joined to what is enlarged."""
    from keras import layers

    first = conv(images, 4, 5)
    second = conv(layers.MaxPooling2D(2)(first), 8, 5)
    x = conv(layers.MaxPooling2D(2)(second), 8, 5)
    for skip in (second, first):
        if is_transposed:
            x = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(x)
        else:
            x = layers.UpSampling2D(2, interpolation="bilinear")(x)
        x = conv(layers.Concatenate()([x, skip]), 8, 5)
    return layers.Conv2D(n_outputs, 3, padding="same")(x)


def build_leap(images: Any, n_outputs: int) -> Any:
    """A small LeapCNN: no skips, half the resolution."""
    from keras import layers

    x = images
    for n in (4, 8):
        x = layers.MaxPooling2D(2)(conv(conv(x, n), n))
    x = layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu")(conv(x, 8))
    return layers.Conv2D(n_outputs, 3, padding="same")(x)


BUILDERS: dict[str, Callable[..., Any]] = {
    "unet": lambda images, n: build_unet(images, n, is_transposed=False),
    "transposed unet": lambda images, n: build_unet(images, n, is_transposed=True),
    "leap": build_leap,
}


@pytest.fixture(scope="session", params=BUILDERS)
def saved_network(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Network:
    """A network with random weights, read from the file that Keras was saved to."""
    keras = pytest.importorskip("keras")
    from sleap.nn.saved.keras_h5 import read_network, save_network

    keras.utils.set_random_seed(1)
    images = keras.Input((None, None, 1))
    model = keras.Model(images, BUILDERS[request.param](images, 3))
    path: Path = tmp_path_factory.mktemp("network") / "best_model.h5"
    save_network(model, path)
    return read_network(path)


@pytest.fixture(scope="session")
def images() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (5, 32, 48, 1)).astype(np.uint8)
