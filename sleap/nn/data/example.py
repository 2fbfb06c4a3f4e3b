"""What travels through the training data: arrays' names, one example's address, one batch."""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from attrs import frozen

UInt8Array = npt.NDArray[np.uint8]
Float32Array = npt.NDArray[np.float32]
FloatArray = npt.NDArray[np.floating[Any]]


@frozen
class Address:
    """Where an example comes from."""

    frame: int
    """Row of the frame in its provider."""
    instance: int | None = None
    """Row, among the instances of the frame, of the one a crop is centred on; None: no crop."""


@frozen
class Batch:
    """What the network is fed with in one step."""

    images: Float32Array
    """(n, height, width, channels) in [0, 1]."""
    targets: Float32Array
    """(n, height // stride, width // stride, n_outputs)."""


class FrameSource(Protocol):
    """Anything that holds scaled frames and the instances on them."""

    def __len__(self) -> int:
        """Count the frames."""

    def image(self, frame: int) -> UInt8Array:
        """Return the scaled image of a frame, (height, width, channels)."""

    def points(self, frame: int) -> Float32Array:
        """Return the instances of a frame, (n, n_nodes, 2), pixels of the scaled image."""


class Encode(Protocol):
    """Draws the targets of one example (the ``encode`` of a task)."""

    def __call__(
        self, points: Float32Array, centre: int | None, shape: tuple[int, int]
    ) -> Float32Array:
        """Draw.

        Args:
            points: (n_instances, n_nodes, 2), pixels of the network's input; NaN if missing.
            centre: Row of the instance the crop is centred on; None for a whole frame.
            shape: (height, width) of the network's input.

        Returns:
            (height // stride, width // stride, n_outputs).
        """
