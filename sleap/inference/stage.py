"""One network at work: what its images need, and the engine that runs it."""

from collections.abc import Sequence
from concurrent.futures import Future

import numpy as np
from attrs import frozen

from sleap.inference.batches import Frame, ImagePath, Placement
from sleap.inference.engine import Engine, Float32Array, UInt8Array
from sleap.inference.streams import Result, Together


class Joined:
    """The outputs of the parts of one batch, as one array."""

    def __init__(self, parts: "Sequence[Future[Float32Array]]") -> None:
        self._parts = Together(parts)

    def result(self) -> Float32Array:
        """Wait for all parts."""
        return np.concatenate(self._parts.result())

    def exception(self) -> BaseException | None:
        """Wait for all parts, and return the first error."""
        return self._parts.exception()


@frozen(eq=False)
class Stage:
    """One network at work.

    Attributes:
        engine: What runs it.
        path: What is done to frames before it sees them.
        batch_size: How many images it takes at once.
        sigma: Width of the Gaussians it was trained to draw, pixels of its input.
    """

    engine: Engine
    path: ImagePath
    batch_size: int
    sigma: float = 5.0

    @property
    def depth(self) -> int:
        """How many batches should be under way while others are worked on."""
        return self.engine.n_parallel

    @property
    def point_tolerance(self) -> float:
        """Distance within which two peaks are of the same point, pixels of the frame.

        Half a Gaussian's width: the same animal seen in two crops differs by far less.
        """
        return self.sigma / self.path.scale / 2

    def submit(self, images: UInt8Array) -> "Result[Float32Array]":
        """Start the network on (n, height, width, channels), in parts of the batch size.

        Nothing is run for n = 0, and the result is empty.
        """
        if len(images) == 0:
            nothing: Future[Float32Array] = Future()
            nothing.set_result(np.empty((0, 1, 1, 1), dtype=np.float32))
            return nothing
        if len(images) <= self.batch_size:
            return self.engine.submit(images)
        starts = range(0, len(images), self.batch_size)
        return Joined([self.engine.submit(images[i : i + self.batch_size]) for i in starts])


@frozen(eq=False)
class WholeFrames:
    """One batch of whole frames, ready for a network."""

    frames: list[Frame]
    images: UInt8Array
    placement: Placement


def output_stride(images: UInt8Array, maps: Float32Array) -> int:
    """Tell how many pixels of a network's input make one of its output."""
    return max(1, int(images.shape[1]) // max(1, int(maps.shape[1])))
