"""One animal in view: the highest peak of each map of the whole frame."""

from collections.abc import Iterator

import numpy as np

from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.inference.batches import Frame
from sleap.inference.centroids import whole_frames
from sleap.inference.peaks import PeakFinder
from sleap.inference.predictor import Predictor
from sleap.inference.stage import Stage, output_stride
from sleap.inference.streams import run_ahead
from sleap.inference.timings import BusyClock


class SingleInstancePredictor(Predictor):
    """Finds the one animal of a frame.

    Its score is the sum of the scores of its points over the number of nodes.

    Args:
        skeleton: What the points of a pose stand for.
        stage: The confidence-map network.
        peaks: How peaks are found in its maps.
        clock: Runs while the network computes.
    """

    mode = "single instance"

    def __init__(
        self, skeleton: Skeleton, stage: Stage, peaks: PeakFinder, clock: BusyClock
    ) -> None:
        super().__init__(skeleton, [stage], clock)
        self._stage = stage
        self._peaks = peaks

    def poses(self, frames: Iterator[Frame]) -> Iterator[tuple[Frame, Poses]]:
        """Find the animal of each frame; see ``Predictor.poses``."""
        stage = self._stage
        prepared = whole_frames(frames, stage, self.timings)
        for batch, maps in run_ahead(
            prepared, lambda batch: stage.submit(batch.images), stage.depth
        ):
            with self.timings.measure("grouping"):
                points, values = self._peaks.single(maps, output_stride(batch.images, maps))
                points = batch.placement.to_frame(points)
            for frame, pose, scores in zip(batch.frames, points, values, strict=True):
                yield frame, single_pose(frame.frame_idx, pose, scores)


def single_pose(frame_idx: int, points: "np.ndarray", values: "np.ndarray") -> Poses:
    """Make the poses of a frame with one animal.

    Args:
        frame_idx: Index of the frame.
        points: (n_nodes, 2), pixels of the frame; NaN if not found.
        values: (n_nodes,), confidence of the points.

    Returns:
        One pose, or none if no point was found.
    """
    is_found = ~np.isnan(points[:, 0])
    if not is_found.any():
        return Poses.empty(frame_idx, len(points))
    scores = np.where(is_found, values, 0)
    return Poses(frame_idx, points[None], scores[None], np.array([scores.mean()]))
