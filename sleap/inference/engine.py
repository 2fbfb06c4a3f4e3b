"""What runs a network: the interface of all engines, and the choice between them."""

from abc import ABC, abstractmethod
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from sleap.errors import ModelError
from sleap.inference.timings import BusyClock
from sleap.registry import Registry

if TYPE_CHECKING:
    from sleap.nn.saved.keras_h5 import Network

UInt8Array = npt.NDArray[np.uint8]
Float32Array = npt.NDArray[np.float32]


class UnsupportedNetworkError(ModelError):
    """An engine cannot run a network that another one may be able to run."""


class Engine(ABC):
    """Runs one network on batches of images.

    Args:
        network: The network as plain data.
        precision: "float32" or "bfloat16".
        clock: Told while the network is computing; several engines may share one.
    """

    name: ClassVar[str]
    module: ClassVar[str]
    """The library that must be installed."""

    n_parallel: int = 1
    """How many batches should be under way for the network never to wait."""

    on_gpu: bool = False
    """Whether the network runs on a GPU."""

    def __init__(self, network: "Network", precision: str, clock: BusyClock) -> None:
        self.network = network
        self.precision = precision
        self.clock = clock

    @classmethod
    def is_available(cls) -> bool:
        """Tell whether the library is installed, without importing it."""
        return find_spec(cls.module) is not None

    @property
    def description(self) -> str:
        """What runs, where and how, in a few words."""
        return f"{self.name} ({'GPU' if self.on_gpu else 'CPU'}, {self.precision})"

    @abstractmethod
    def submit(self, images: UInt8Array) -> "Future[Float32Array]":
        """Start the network on a batch; returns at once unless ``n_parallel`` are under way.

        Args:
            images: (n, height, width, channels); height and width are multiples of the largest
                stride. Must not be changed before the result is there.

        Returns:
            The future (n, height // stride, width // stride, n_outputs) float32.
        """

    def run(self, images: UInt8Array) -> Float32Array:
        """Run the network on a batch and wait; see ``submit``."""
        return self.submit(images).result()

    def close(self) -> None:  # noqa: B027 (most engines hold nothing)
        """Free what the engine holds; nothing may be under way."""


ENGINES: Registry[type[Engine]] = Registry("engine")


def choose_engine(asked: str) -> tuple[type[Engine], str]:
    """Choose what runs the networks.

    Args:
        asked: A name of ``ENGINES``, or "auto": keras on a machine with a GPU, else openvino,
            else whatever is installed.

    Returns:
        The engine's class, and in words why it was chosen ("" when asked for by name).

    Raises:
        ModelError: If the library is not installed.
        UnknownNameError: If there is no such engine.
    """
    if asked != "auto":
        engine = ENGINES.get(asked)
        if not engine.is_available():
            raise ModelError(
                f"The engine '{asked}' needs the Python package '{engine.module}', which is not "
                f"installed. Install it, or use --engine auto."
            )
        return engine, ""
    keras, openvino = ENGINES.get("keras"), ENGINES.get("openvino")
    if keras.is_available() and has_gpu():
        return keras, "this machine has a GPU"
    if openvino.is_available():
        return openvino, "no GPU is in use"
    if keras.is_available():
        return keras, "openvino is not installed"
    raise ModelError(
        "There is nothing to run networks with: install the Python package 'openvino', or "
        "'tensorflow' and 'keras'."
    )


def has_gpu() -> bool:
    """Tell whether the backend of Keras finds a GPU; imports it only where there may be one."""
    drivers = [Path("/proc/driver/nvidia/version"), Path("/dev/kfd")]
    if not any(path.exists() for path in drivers) and which("nvidia-smi") is None:
        return False
    from sleap.nn.backend import load_keras

    keras = load_keras()
    try:
        devices: list[Any] = keras.distribution.list_devices("gpu")
    except Exception:  # a driver that does not answer is no GPU to us
        return False
    return bool(devices)
