import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from sleap.inference import engines
from sleap.inference.engine import ENGINES
from sleap.inference.timings import BusyClock
from sleap.nn.saved.graph import Layer, Network
from sleap.nn.saved.keras_h5 import write_network

pytest.importorskip("openvino")
assert engines


@pytest.fixture(scope="module")
def engine(saved_network: Any) -> Any:
    return ENGINES.get("openvino")(saved_network, "float32", BusyClock())


def test_it_computes_what_keras_computes(
    engine: Any, saved_network: Any, images: np.ndarray
) -> None:
    pytest.importorskip("keras")
    keras = ENGINES.get("keras")(saved_network, "float32", BusyClock())
    found, expected = engine.run(images), keras.run(images)
    keras.close()
    assert found.dtype == expected.dtype == np.float32
    assert found.shape == expected.shape
    assert np.abs(expected).max() > 1e-3
    assert np.abs(found - expected).max() < 1e-4


def test_batches_and_images_of_any_size(engine: Any, images: np.ndarray) -> None:
    whole = engine.run(images)
    np.testing.assert_allclose(engine.run(images[3:4]), whole[3:4], atol=1e-6)
    small = engine.run(np.ascontiguousarray(images[:, :16, :32]))
    assert small.shape[1:3] == (whole.shape[1] // 2, whole.shape[2] * 2 // 3)


def test_many_batches_under_way_give_their_own_results(engine: Any, images: np.ndarray) -> None:
    inputs = [np.roll(images, shift, axis=2) for shift in range(12)] * 3
    futures = [engine.submit(batch) for batch in inputs]
    for batch, future in zip(inputs, futures, strict=True):
        np.testing.assert_array_equal(future.result(), engine.run(batch))


def test_bfloat16_is_close(saved_network: Any, engine: Any, images: np.ndarray) -> None:
    rough = ENGINES.get("openvino")(saved_network, "bfloat16", BusyClock())
    exact = engine.run(images)
    assert rough.description == "openvino (CPU, bfloat16)"
    assert np.abs(rough.run(images) - exact).max() < 0.05 * np.abs(exact).max() + 1e-3


def test_the_clock_runs_while_it_computes(saved_network: Any, images: np.ndarray) -> None:
    clock = BusyClock()
    ENGINES.get("openvino")(saved_network, "float32", clock).run(images)
    assert clock.seconds > 0


def test_it_needs_no_tensorflow(tmp_path: Any) -> None:
    kernel = np.ones((1, 1, 1, 2), dtype=np.float32)
    settings = {"filters": 2, "kernel_size": [1, 1], "use_bias": False}
    layers = [Layer("in", "InputLayer", {}, []), Layer("out", "Conv2D", settings, ["in"])]
    path = tmp_path / "model.h5"
    write_network(Network(layers, ["out"], {"out": [kernel]}, (None, None, 1)), path)
    program = f"""
import sys, numpy as np
from sleap.inference import engines
from sleap.inference.engine import ENGINES
from sleap.inference.timings import BusyClock
from sleap.nn.saved.keras_h5 import read_network
engine = ENGINES.get("openvino")(read_network({str(path)!r}), "float32", BusyClock())
assert engine.run(np.full((1, 8, 8, 1), 255, np.uint8)).min() == 1
assert not {{"tensorflow", "keras", "jax", "torch"}} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
