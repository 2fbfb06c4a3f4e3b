"""Several animals, bottom-up: all peaks of a frame first, then joined to animals."""

from collections.abc import Iterable, Iterator

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.inference.assembly import Animals
from sleap.inference.batches import Frame
from sleap.inference.centroids import whole_frames
from sleap.inference.parts import PartFinder, PartImages
from sleap.inference.predictor import Predictor
from sleap.inference.streams import run_ahead
from sleap.inference.timings import BusyClock


class BottomUpPredictor(Predictor):
    """Finds all animals of whole frames.

    Args:
        skeleton: What the points of a pose stand for.
        parts: Finds the animals in images.
        clock: Runs while a network computes.
        limit: Animals to keep in a frame, the best first; None: all.
    """

    mode = "bottom-up"

    def __init__(
        self, skeleton: Skeleton, parts: PartFinder, clock: BusyClock, limit: int | None = None
    ) -> None:
        super().__init__(skeleton, [parts.confmap, parts.paf], clock)
        self._parts = parts
        self._limit = limit

    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the animals of each frame; see ``Predictor.poses``."""
        for (batch, images), outputs in run_ahead(
            self._prepare(frames), lambda item: self._parts.submit(item[1]), self._parts.depth
        ):
            with self.timings.measure("grouping"):
                found = self._parts.animals(images, outputs)
            for frame, animals in zip(batch, found, strict=True):
                yield frame, as_poses(frame.frame_idx, animals.select(slice(self._limit)))

    def _prepare(self, frames: Iterable[Frame]) -> Iterator[tuple[list[Frame], PartImages]]:
        """Make the input of both networks."""
        paf_path = self._parts.paf.path
        for batch in whole_frames(frames, self._parts.confmap, self.timings):
            fields, place = batch.images, batch.placement
            if not self._parts.is_shared:
                with self.timings.measure("prepare"):
                    fields, place = paf_path.whole([frame.image for frame in batch.frames])
            n = len(batch.frames)
            yield batch.frames, PartImages(batch.images, [batch.placement] * n, fields, [place] * n)


def as_poses(frame_idx: int, animals: Animals) -> Poses:
    """Turn the animals found on a frame into its poses."""
    return Poses(frame_idx, animals.points, animals.point_scores, animals.scores)
