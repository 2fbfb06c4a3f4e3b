"""Finding where animals are: the centroid network on whole frames."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.inference.batches import Frame, batch_frames
from sleap.inference.peaks import PeakFinder
from sleap.inference.stage import Stage, WholeFrames, output_stride
from sleap.inference.streams import run_ahead
from sleap.inference.timings import Timings

FloatArray = npt.NDArray[np.float64]

TrueCentroids = dict[int, FloatArray]
"""Centroids (n, 2) by frame_idx, pixels of the frame."""


@frozen(eq=False)
class CentroidFinder:
    """Finds the centroids of all animals in frames.

    Attributes:
        stage: The centroid network.
        peaks: How peaks are found in its maps.
        limit: Centroids to keep in a frame; None: all.
    """

    stage: Stage
    peaks: PeakFinder
    limit: int | None = None

    def find(
        self, frames: Iterable[Frame], timings: Timings
    ) -> Iterator[tuple[Frame, FloatArray, FloatArray]]:
        """Find the centroids.

        Args:
            frames: The frames, in order.
            timings: Gets the time spent.

        Yields:
            (frame, centroids (n, 2) in pixels of the frame, confidence (n,)), best first.
        """
        prepared = whole_frames(frames, self.stage, timings)
        for batch, maps in run_ahead(
            prepared, lambda batch: self.stage.submit(batch.images), self.stage.depth
        ):
            with timings.measure("grouping"):
                peaks = self.peaks.multi(maps, output_stride(batch.images, maps))
                points = batch.placement.to_frame(peaks.points)
                values = np.asarray(peaks.values, dtype=np.float64)
            for row, frame in enumerate(batch.frames):
                mine = np.flatnonzero(peaks.sample == row)
                best = mine[np.argsort(-values[mine], kind="stable")][: self.limit]
                yield frame, points[best], values[best]


@frozen(eq=False)
class GivenCentroids:
    """Hands out centroids that are known, in the place of a network.

    Attributes:
        stage: The network that looks around them.
        known: The centroids of the video.
    """

    stage: Stage
    known: TrueCentroids

    def find(
        self, frames: Iterable[Frame], timings: Timings
    ) -> Iterator[tuple[Frame, FloatArray, FloatArray]]:
        """Look the centroids up; see ``CentroidFinder.find``. Their confidence is 1."""
        for frame in frames:
            points = self.known.get(frame.frame_idx, np.empty((0, 2)))
            yield frame, points, np.ones(len(points))


def whole_frames(frames: Iterable[Frame], stage: Stage, timings: Timings) -> Iterator[WholeFrames]:
    """Make batches of whole frames for a network.

    Args:
        frames: The frames, in order.
        stage: The network.
        timings: Gets the time spent.

    Yields:
        The batches.
    """
    for batch in batch_frames(frames, stage.batch_size):
        with timings.measure("prepare"):
            images, placement = stage.path.whole([frame.image for frame in batch])
        yield WholeFrames(batch, images, placement)
