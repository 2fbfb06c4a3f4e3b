from typing import Any

import numpy as np
import pytest

from sleap.inference import engines
from sleap.inference.engine import ENGINES
from sleap.inference.timings import BusyClock
from sleap.nn.saved.graph import Layer, Network

keras = pytest.importorskip("keras")
assert engines


def test_images_are_scaled_to_one_inside_the_network() -> None:
    network = Network(
        [
            Layer("input", "InputLayer", {}, []),
            Layer("a", "Activation", {"activation": "linear"}, ["input"]),
            Layer("b", "Rescaling", {"scale": 3.0, "offset": 0.0}, ["input"]),
        ],
        ["a", "b"],
        {},
        (None, None, 1),
    )
    clock = BusyClock()
    engine = ENGINES.get("keras")(network, "float32", clock)
    images = np.arange(256, dtype=np.uint8).reshape(1, 16, 16, 1)
    np.testing.assert_allclose(engine.run(images), 2 * images.astype(float) / 255, rtol=1e-6)
    assert clock.seconds > 0
    engine.close()


def test_bfloat16_is_close_and_leaves_the_policy_alone(
    saved_network: Any, images: np.ndarray
) -> None:
    policy = keras.config.dtype_policy()
    exact = ENGINES.get("keras")(saved_network, "float32", BusyClock())
    rough = ENGINES.get("keras")(saved_network, "bfloat16", BusyClock())
    assert keras.config.dtype_policy() == policy
    expected, found = exact.run(images), rough.run(images)
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() < 0.05 * np.abs(expected).max() + 1e-3
    for engine in (exact, rough):
        engine.close()


def test_several_batches_under_way(saved_network: Any, images: np.ndarray) -> None:
    engine = ENGINES.get("keras")(saved_network, "float32", BusyClock())
    futures = [engine.submit(np.roll(images, shift, axis=2)) for shift in range(4)]
    for shift, future in enumerate(futures):
        expected = engine.run(np.roll(images, shift, axis=2))
        np.testing.assert_allclose(future.result(), expected, atol=1e-6)
    engine.close()
