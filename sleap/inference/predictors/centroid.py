"""Centroids alone, as animals of one point: to look at, and to judge, the first step by itself."""

from collections.abc import Iterator

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.inference.batches import Frame
from sleap.inference.centroids import CentroidFinder
from sleap.inference.predictor import Predictor
from sleap.inference.timings import BusyClock

NODE = "centroid"


class CentroidPredictor(Predictor):
    """Finds the centroids of all animals.

    Args:
        centroids: Finds them.
        clock: Runs while the network computes.
        limit: Animals to keep in a frame, the best first; None: all.
    """

    mode = "centroids alone"

    def __init__(
        self, centroids: CentroidFinder, clock: BusyClock, limit: int | None = None
    ) -> None:
        super().__init__(Skeleton([NODE]), [centroids.stage], clock)
        self._centroids = centroids
        self._limit = limit

    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the centroids of each frame; see ``Predictor.poses``."""
        for frame, points, values in self._centroids.find(frames, self.timings):
            found, scores = points[: self._limit], values[: self._limit]
            yield frame, Poses(frame.frame_idx, found[:, None], scores[:, None], scores)
