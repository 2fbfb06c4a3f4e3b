"""Several animals, top-down: a centroid for each, then the points of the one in each crop."""

from collections.abc import Iterable, Iterator

import numpy as np

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.inference.batches import Frame
from sleap.inference.centroids import CentroidFinder, GivenCentroids
from sleap.inference.duplicates import best_first, distinct
from sleap.inference.engine import Float32Array
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictor import Predictor
from sleap.inference.regional import Crops, PendingFrame, Region, RegionBatcher, cut, pend
from sleap.inference.stage import Stage, output_stride
from sleap.inference.streams import run_ahead
from sleap.inference.timings import BusyClock


class TopDownPredictor(Predictor):
    """Finds animals by their centroids, and the points of each in a crop around it.

    The crops of several frames go through the network together. An animal whose centroid was
    found twice is kept once.

    Args:
        skeleton: What the points of a pose stand for.
        centroids: Finds the centroids, or knows them.
        stage: The network that finds the points.
        peaks: How peaks are found in its maps.
        side: Side of the crops, pixels of the network's input.
        clock: Runs while a network computes.
        limit: Animals to keep in a frame, the best first; None: all.
    """

    mode = "top-down"

    def __init__(
        self,
        skeleton: Skeleton,
        centroids: CentroidFinder | GivenCentroids,
        stage: Stage,
        peaks: PeakFinder,
        side: int,
        clock: BusyClock,
        limit: int | None = None,
    ) -> None:
        super().__init__(skeleton, [centroids.stage, stage], clock)
        self._centroids = centroids
        self._stage = stage
        self._peaks = peaks
        self._side = side
        self._limit = limit

    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the animals of each frame; see ``Predictor.poses``."""
        batcher = RegionBatcher(self._stage.batch_size)
        prepared = self._cut(batcher.batches(self._locate(frames)))
        for crops, maps in run_ahead(
            prepared, lambda crops: self._stage.submit(crops.images), self._stage.depth
        ):
            with self.timings.measure("grouping"):
                self._read_crops(crops, maps)
                finished = [(done.frame, self._collect(done)) for done in batcher.finished()]
            yield from finished

    def _locate(self, frames: Iterator[Frame]) -> Iterator[tuple[PendingFrame, list[Region]]]:
        for frame, centroids, scores in self._centroids.find(frames, self.timings):
            yield pend(frame, centroids, [self._side] * len(centroids), scores)

    def _cut(self, batches: Iterable[list[Region]]) -> Iterator[Crops]:
        for regions in batches:
            with self.timings.measure("prepare"):
                crops = cut(regions, self._stage.path, self._side)
            yield crops

    def _read_crops(self, crops: Crops, maps: Float32Array) -> None:
        points, values = self._peaks.single(maps, output_stride(crops.images, maps))
        rows = zip(crops.regions, crops.placements, points, values, strict=True)
        for region, placement, pose, scores in rows:
            is_found = ~np.isnan(pose[:, 0])
            region.owner.add((placement.to_frame(pose), np.where(is_found, scores, 0)))

    def _collect(self, pending: PendingFrame) -> Poses:
        """Make the poses of a frame out of the results of its crops."""
        if not pending.found:
            return Poses.empty(pending.frame.frame_idx, self.skeleton.n_nodes)
        points = np.stack([pose for pose, _ in pending.found])
        point_scores = np.stack([scores for _, scores in pending.found])
        scores = point_scores.mean(axis=1)
        rows = distinct(points, scores, self._stage.point_tolerance)
        rows = best_first(rows, scores, self._limit)
        return Poses(pending.frame.frame_idx, points[rows], point_scores[rows], scores[rows])
