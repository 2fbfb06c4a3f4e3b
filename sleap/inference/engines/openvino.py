"""OpenVINO: fast on a CPU, starts in half a second, and needs no TensorFlow."""

from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np

from sleap.errors import ModelError
from sleap.inference.engine import (
    ENGINES,
    Engine,
    Float32Array,
    UInt8Array,
    UnsupportedNetworkError,
)
from sleap.inference.timings import BusyClock

if TYPE_CHECKING:
    from sleap.nn.saved.keras_h5 import Network

HINTS = {"float32": "f32", "bfloat16": "bf16"}


@ENGINES.register("openvino")
class OpenVinoEngine(Engine):
    """Runs a network through OpenVINO on the CPU.

    Two requests share all cores one after the other: while the second one computes, the result of
    the first is decoded and the next batch is made. Batches may be of any size and images of any
    shape; a fixed shape is no faster.
    """

    name = "openvino"
    module = "openvino"
    n_parallel = 2

    def __init__(self, network: "Network", precision: str, clock: BusyClock) -> None:
        super().__init__(network, precision, clock)
        import openvino

        from sleap.inference.engines.openvino_graph import build

        # Left to itself, OpenVINO computes in bfloat16 wherever the CPU can.
        settings = {"INFERENCE_PRECISION_HINT": HINTS[precision], "PERFORMANCE_HINT": "LATENCY"}
        try:
            compiled = openvino.Core().compile_model(build(network), "CPU", settings)
        except RuntimeError as error:
            raise UnsupportedNetworkError(
                f"OpenVINO cannot compile the network: {error}. Use --engine keras."
            ) from error
        self._tensor = openvino.Tensor
        self._free: SimpleQueue[Any] = SimpleQueue()
        for _ in range(self.n_parallel):
            request = compiled.create_infer_request()
            request.set_callback(self._finish, None)
            self._free.put(request)

    def submit(self, images: UInt8Array) -> "Future[Float32Array]":
        """Start the network on a batch; see ``Engine.submit``."""
        future: Future[Float32Array] = Future()
        request = self._free.get()
        images = np.ascontiguousarray(images)
        request.set_input_tensor(self._tensor(images, shared_memory=True))
        request.set_callback(self._finish, (request, future, images))
        self.clock.start()
        request.start_async()
        return future

    def _finish(self, work: tuple[Any, "Future[Float32Array]", UInt8Array] | None) -> None:
        """Take the result of a request, in a thread of OpenVINO, and free the request."""
        assert work is not None
        request, future, _ = work
        self.clock.stop()
        try:
            output = request.get_output_tensor(0).data.copy()
        except Exception as error:
            future.set_exception(ModelError(f"OpenVINO failed to run the network: {error}"))
        else:
            future.set_result(output)
        finally:
            self._free.put(request)
