"""What all predictors share: frames in, poses out, in order, with bounded memory."""

import time
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.errors import SleapError
from sleap.inference.batches import Frame
from sleap.inference.engine import UInt8Array
from sleap.inference.stage import Stage
from sleap.inference.streams import in_background
from sleap.inference.timings import BusyClock, Timings
from sleap.progress import SILENT, Progress

if TYPE_CHECKING:
    from sleap.video.reader import Reader

IntArray = npt.NDArray[np.int64]

DEPTH = 8
"""Frames that may wait between two threads, at least."""


class Predictor(ABC):
    """Finds the poses in the frames of a video.

    Three threads overlap: one reads frames, one feeds the networks and makes poses of their
    outputs, and the caller's takes the poses; each waits when the next one is behind.

    Args:
        skeleton: What the points of a pose stand for.
        stages: The networks.
        clock: Runs while any of the networks computes.

    Attributes:
        timings: Where the time of the last prediction went.
    """

    mode: str
    """What the models do together, in words."""

    def __init__(self, skeleton: Skeleton, stages: Sequence[Stage], clock: BusyClock) -> None:
        self.skeleton = skeleton
        self.stages = list(stages)
        self.timings = Timings()
        self._clock = clock

    @abstractmethod
    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the poses in frames.

        Args:
            frames: The frames.

        Yields:
            Each frame with its poses, in the order of the frames; no poses where nothing is found.
        """

    def predict(
        self,
        reader: "Reader",
        frame_indices: "IntArray | Sequence[int] | None" = None,
        progress: Progress = SILENT,
    ) -> Iterator[Poses]:
        """Find the poses in frames of a video.

        Args:
            reader: The video.
            frame_indices: Which frames; None: all that can be read.
            progress: Told of each finished frame.

        Yields:
            The poses of each frame, in the order asked for; empty where nothing is found.

        Raises:
            VideoError: If a frame cannot be read.
            CancelledError: If the user stopped it.
        """
        for poses, _ in self.stream(reader, frame_indices, progress):
            yield poses

    def stream(
        self,
        reader: "Reader",
        frame_indices: "IntArray | Sequence[int] | None" = None,
        progress: Progress = SILENT,
    ) -> Generator[tuple[Poses, UInt8Array], None, None]:
        """Find the poses in frames of a video, as ``predict`` does, and yield the images too.

        Yields:
            (poses, image (height, width, channels) uint8).
        """
        indices = reader.frame_indices if frame_indices is None else frame_indices
        self.timings = Timings()
        busy_before = self._clock.seconds
        start = time.perf_counter()
        depth = max([DEPTH, *(2 * stage.batch_size for stage in self.stages)])
        found = in_background(self._run(reader, indices, depth), DEPTH, "poses")
        try:
            for frame, poses in found:
                progress.check()
                yield poses, frame.image
                self.timings.n_frames += 1
                self.timings.total = time.perf_counter() - start
                self.timings.network = self._clock.seconds - busy_before
                progress.advance(1)
        finally:
            found.close()

    def close(self) -> None:
        """Free the engines."""
        for stage in self.stages:
            stage.engine.close()

    def _run(
        self, reader: "Reader", indices: "IntArray | Sequence[int]", depth: int
    ) -> Iterator[tuple[Frame, Poses]]:
        frames = in_background(self._read(reader, indices), depth, "frames")
        errors: list[SleapError] = []
        try:
            yield from self.poses(_until_error(frames, errors))
        finally:
            frames.close()
        if errors:
            raise errors[0]

    def _read(self, reader: "Reader", indices: "IntArray | Sequence[int]") -> Iterator[Frame]:
        images = iter(reader.iterate(indices))
        while True:
            with self.timings.measure("decode"):
                item = next(images, None)
            if item is None:
                return
            yield Frame(int(item[0]), item[1])


def _until_error(frames: Iterator[Frame], errors: list[SleapError]) -> Iterator[Frame]:
    """Yield frames up to one that cannot be read, so that those before it are finished first."""
    try:
        yield from frames
    except SleapError as error:
        errors.append(error)
