"""Several animals, bottom-up in regions: centroids tell which parts of a frame to look at."""

from collections.abc import Iterable, Iterator

import numpy as np

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.inference.assembly import Animals
from sleap.inference.batches import Frame
from sleap.inference.centroids import CentroidFinder
from sleap.inference.duplicates import best_first, distinct
from sleap.inference.options import RegionOptions
from sleap.inference.parts import PartFinder, PartImages
from sleap.inference.predictor import Predictor
from sleap.inference.predictors.bottomup import as_poses
from sleap.inference.regional import Crops, PendingFrame, Region, RegionBatcher, cut, pend
from sleap.inference.regions import propose
from sleap.inference.stage import Stage
from sleap.inference.streams import run_ahead
from sleap.inference.timings import BusyClock
from sleap.nn.data.crop import rounded_size


class RegionPredictor(Predictor):
    """Finds all animals in regions around centroids.

    Where regions overlap, an animal may be found in several of them; it is kept once, with as many
    of its points as any region saw.

    Args:
        skeleton: What the points of a pose stand for.
        centroids: Finds the centroids.
        parts: Finds the animals in images.
        options: How regions are chosen.
        length: Side of the region around one animal, pixels of the frame.
        clock: Runs while a network computes.
        limit: Animals to keep in a frame, the best first; None: all.
    """

    mode = "bottom-up in regions"

    def __init__(
        self,
        skeleton: Skeleton,
        centroids: CentroidFinder,
        parts: PartFinder,
        options: RegionOptions,
        length: int,
        clock: BusyClock,
        limit: int | None = None,
    ) -> None:
        super().__init__(skeleton, [centroids.stage, parts.confmap, parts.paf], clock)
        self._centroids = centroids
        self._parts = parts
        self._options = options
        self._length = length
        self._limit = limit

    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the animals of each frame; see ``Predictor.poses``."""
        batcher = RegionBatcher(self._parts.confmap.batch_size)
        prepared = self._prepare(batcher.batches(self._locate(frames)))
        for (regions, images), outputs in run_ahead(
            prepared, lambda item: self._parts.submit(item[1]), self._parts.depth
        ):
            with self.timings.measure("grouping"):
                if regions:
                    found = self._parts.animals(images, outputs)
                    for region, animals in zip(regions, found, strict=True):
                        region.owner.add(animals)
                finished = [(done.frame, self._collect(done)) for done in batcher.finished()]
            yield from finished

    def _locate(self, frames: Iterator[Frame]) -> Iterator[tuple[PendingFrame, list[Region]]]:
        for frame, centroids, scores in self._centroids.find(frames, self.timings):
            regions = propose(centroids, scores, self._options, self._length)
            yield pend(frame, regions.centres, regions.sides.tolist(), regions.scores)

    def _prepare(
        self, batches: Iterable[list[Region]]
    ) -> Iterator[tuple[list[Region], PartImages]]:
        """Make the input of both networks."""
        for regions in batches:
            with self.timings.measure("prepare"):
                maps = self._cut(regions, self._parts.confmap)
                fields = maps
                if not self._parts.is_shared:
                    fields = self._cut(regions, self._parts.paf)
            yield (
                regions,
                PartImages(maps.images, maps.placements, fields.images, fields.placements),
            )

    def _cut(self, regions: list[Region], stage: Stage) -> Crops:
        side = regions[0].side if regions else self._length
        scaled = rounded_size(side * stage.path.scale, stage.path.max_stride)
        return cut(regions, stage.path, scaled)

    def _collect(self, pending: PendingFrame) -> Poses:
        """Make the poses of a frame out of the animals of its regions."""
        found: list[Animals] = [animals for animals in pending.found if len(animals)]
        if not found:
            return Poses.empty(pending.frame.frame_idx, self.skeleton.n_nodes)
        animals = Animals(
            np.concatenate([part.points for part in found]),
            np.concatenate([part.point_scores for part in found]),
            np.concatenate([part.scores for part in found]),
        )
        rows = distinct(animals.points, animals.scores, self._parts.confmap.point_tolerance)
        rows = best_first(rows, animals.scores, self._limit)
        return as_poses(pending.frame.frame_idx, animals.select(rows))
