"""Keras: any device its backend knows, GPUs among them."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from sleap.inference.engine import ENGINES, Engine, Float32Array, UInt8Array, has_gpu
from sleap.inference.timings import BusyClock

if TYPE_CHECKING:
    from sleap.nn.saved.keras_h5 import Network

POLICIES = {"float32": "float32", "bfloat16": "mixed_bfloat16"}


@ENGINES.register("keras")
class KerasEngine(Engine):
    """Runs a network through Keras as one compiled graph.

    ``Model.predict`` is avoided: it costs 30 to 70 ms a call.
    """

    name = "keras"
    module = "keras"
    n_parallel = 2

    def __init__(self, network: "Network", precision: str, clock: BusyClock) -> None:
        super().__init__(network, precision, clock)
        self.on_gpu = has_gpu()
        self._model = _with_normalisation(network, POLICIES[precision])
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keras")

    def submit(self, images: UInt8Array) -> "Future[Float32Array]":
        """Start the network on a batch; see ``Engine.submit``."""
        return self._thread.submit(self._run, images)

    def close(self) -> None:
        """End the thread of the engine."""
        self._thread.shutdown()

    def _run(self, images: UInt8Array) -> Float32Array:
        self.clock.start()
        try:
            return np.asarray(self._model.predict_on_batch(images), dtype=np.float32)
        finally:
            self.clock.stop()


def _with_normalisation(network: "Network", policy: str) -> Any:
    """Rebuild the network behind a uint8 input, with several outputs averaged into one."""
    from sleap.nn.backend import load_keras
    from sleap.nn.saved.keras_h5 import rebuild

    keras = load_keras()
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        model = rebuild(network)
        images = keras.Input((None, None, network.input_shape[-1]), dtype="uint8")
        outputs = model(keras.layers.Rescaling(1 / 255, dtype="float32")(images))
        if isinstance(outputs, list | tuple):
            outputs = outputs[0] if len(outputs) == 1 else keras.layers.Average()(list(outputs))
        outputs = keras.layers.Activation("linear", dtype="float32")(outputs)
    finally:
        keras.config.set_dtype_policy(before)
    inference = keras.Model(images, outputs)
    inference.compile(jit_compile=False)
    return inference
