"""Making batches beside the network, in worker threads, in an order that no thread can change.

Batch number ``k`` is a function of ``k`` and the seed alone. Whatever the number of threads, the
network sees the same examples, changed by the same chance, in the same order.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from itertools import count
from time import perf_counter
from typing import Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from sleap.nn.data.augment.augmenter import Augmenter
from sleap.nn.data.centroid import centroids
from sleap.nn.data.crop import crop_matrix, frame_matrix, transform, warp
from sleap.nn.data.example import Address, Batch, Encode, Float32Array, FrameSource

T = TypeVar("T")
EXAMPLE_STREAM = 2
ORDER_STREAM = 3
"""Keep the random numbers of different uses of one seed apart."""


@frozen
class ExampleMaker:
    """Makes one example: the network's input and the targets drawn on it."""

    frames: FrameSource
    encode: Encode
    shape: tuple[int, int]
    """(height, width) of the network's input."""
    augmenter: Augmenter = field(factory=Augmenter)
    flip_order: npt.NDArray[np.integer] | None = None
    """(n_nodes,), the node whose place each node takes in a mirror; None: its own."""
    centre_node: int | None = None
    """The node that crops are centred on; None: the middle of the bounding box."""

    def make(self, address: Address, rng: np.random.Generator) -> tuple[Float32Array, Float32Array]:
        """Make the example.

        Args:
            address: The frame, and for a crop the instance it is centred on.
            rng: Where all chance comes from.

        Returns:
            (height, width, channels) in [0, 1], and (height // stride, width // stride, n_outputs).
        """
        image = self.frames.image(address.frame)
        points = self.frames.points(address.frame)
        linear = self.augmenter.linear(rng)
        if self.flip_order is not None and np.linalg.det(linear) < 0:
            points = points[:, self.flip_order]
        if address.instance is None:
            matrix = frame_matrix(linear, (image.shape[0], image.shape[1]))
        else:
            turned = transform(points[address.instance][None], linear)
            matrix = crop_matrix(linear, centroids(turned, self.centre_node)[0], self.shape[0])
        values = self.augmenter.values(warp(image, matrix, self.shape), rng)
        return values, self.encode(transform(points, matrix), address.instance, self.shape)


def addresses(frames: FrameSource, rows: Sequence[int], *, is_cropped: bool) -> list[Address]:
    """List the examples that some frames give.

    Args:
        frames: Where the frames are; every instance of theirs has a visible point.
        rows: The frames to use.
        is_cropped: One example for each instance instead of one for each frame.
    """
    if not is_cropped:
        return [Address(row) for row in rows]
    return [Address(row, i) for row in rows for i in range(len(frames.points(row)))]


@frozen
class Batches:
    """An endless series of batches; each pass over the examples is one shuffle of them."""

    maker: ExampleMaker
    examples: list[Address]
    batch_size: int
    seed: int = 0
    is_shuffled: bool = True
    """False: each pass takes the examples in order and ends with a smaller batch."""

    def __len__(self) -> int:
        """Count the batches of one pass."""
        return -(-len(self.examples) // self.batch_size)

    def batch(self, number: int) -> Batch:
        """Make a batch; the same number gives the same batch.

        Args:
            number: 0 for the first.
        """
        places = self._places(number)
        made = [self._example(place) for place in places]
        return Batch(
            images=np.stack([image for image, _ in made]),
            targets=np.stack([target for _, target in made]),
        )

    def _places(self, number: int) -> range:
        """Positions in the endless series of examples."""
        if self.is_shuffled:
            return range(number * self.batch_size, (number + 1) * self.batch_size)
        first = (number % len(self)) * self.batch_size
        return range(first, min(first + self.batch_size, len(self.examples)))

    def _example(self, place: int) -> tuple[Float32Array, Float32Array]:
        turn, position = divmod(place, len(self.examples))
        if self.is_shuffled:
            position = _order(len(self.examples), self.seed, turn)[position]
        rng = np.random.default_rng([self.seed, EXAMPLE_STREAM, place])
        return self.maker.make(self.examples[position], rng)


@lru_cache(maxsize=8)
def _order(n: int, seed: int, turn: int) -> tuple[int, ...]:
    rng = np.random.default_rng([seed, ORDER_STREAM, turn])
    return tuple(rng.permutation(n).tolist())


class Prefetcher(Generic[T]):
    """Makes items ahead of their use, in threads; hands them out in order, without end.

    At most ``depth`` items exist at a time. An error in making an item is raised where that item
    would have been handed out.

    Args:
        make: Makes item number ``k``; called from several threads.
        n_workers: How many threads.
        depth: How many items to keep ready or under way.
    """

    def __init__(self, make: Callable[[int], T], *, n_workers: int, depth: int) -> None:
        self.waited_s = 0.0
        """How long ``next`` kept its caller waiting, in total."""
        self._make = make
        self._numbers = count()
        self._pool = ThreadPoolExecutor(n_workers, thread_name_prefix="examples")
        self._under_way: deque[Future[T]] = deque()
        for _ in range(depth):
            self._start_one()

    def __iter__(self) -> Self:
        """Iterate over the items."""
        return self

    def __next__(self) -> T:
        """Return the next item, waiting for it if need be."""
        began = perf_counter()
        item = self._under_way.popleft().result()
        self.waited_s += perf_counter() - began
        self._start_one()
        return item

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the threads."""
        self.close()

    def close(self) -> None:
        """Stop the threads; what they have under way is dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._under_way.clear()

    def _start_one(self) -> None:
        self._under_way.append(self._pool.submit(self._make, next(self._numbers)))
