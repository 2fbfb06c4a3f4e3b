"""Missing nodes of instances of a project given a place."""

import numpy as np
from attrs import define, field

from sleap.core.choice import Area
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray
from sleap.core.video import Video
from sleap.editing.edits.instances.placement import (
    keep_inside,
    place_best,
    place_by_force,
    place_random,
)
from sleap.editing.edits.instances.poses import average_pose
from sleap.editing.edits.instances.sources import XY, sample_poses
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError, did_you_mean

METHODS = (
    "best",
    "force_directed",
    "random",
    "copy_prior_frame",
    "copy_predictions",
    "average",
)
"""How the nodes of a new instance can be placed."""

UNKNOWN_SIZE = 512.0
"""Width and height taken for a video of unknown size, pixels."""


def check_method(method: str) -> None:
    """Refuse a method that is not there.

    Raises:
        LabelsError: If it is not one of ``METHODS``.
    """
    if method not in METHODS:
        raise LabelsError(
            f"There is no placement method '{method}'.{did_you_mean(method, METHODS)} "
            f"Expected one of {', '.join(METHODS)}."
        )


@define
class Filler:
    """Places missing nodes, of one instance after another.

    Args:
        tx: The transaction.
        method: One of ``METHODS``.
        video: The video that the instances are of.
        area: (x0, y0, x1, y1) pixels: what the user sees of the frame; None: all.
        at: (x, y) pixels: where the user wants the instance.
    """

    tx: Transaction
    method: str
    video: Video
    area: Area | None = None
    at: XY | None = None
    _typical: dict[int, FloatArray] = field(factory=dict, init=False)

    def fill(self, points: FloatArray, skeleton: Skeleton) -> FloatArray:
        """Return points of which none is missing.

        Args:
            points: (n_nodes, 2) pixels, NaN if missing.
            skeleton: What they mean.
        """
        if not np.isnan(points).any():
            return points
        rng = np.random.default_rng(len(self.tx.store.instances))
        area = self._area()
        if self.method == "random":
            filled = place_random(points, area, rng)
        elif self.method == "force_directed":
            filled = place_by_force(points, skeleton.edges, area, rng)
        else:
            filled = place_best(points, skeleton.edges, area, rng, self._typical_pose(skeleton))
        if np.isnan(points).all():
            filled = keep_inside(filled, whole_frame(self.video))
        return filled

    def _area(self) -> Area:
        """Return what is seen, moved so that the wanted place is in its middle."""
        x0, y0, x1, y1 = self.area or whole_frame(self.video)
        if self.at is None:
            return x0, y0, x1, y1
        width, height = abs(x1 - x0) / 2, abs(y1 - y0) / 2
        x, y = self.at
        return x - width, y - height, x + width, y + height

    def _typical_pose(self, skeleton: Skeleton) -> FloatArray:
        number = self.tx.number_of(skeleton)
        if number not in self._typical:
            poses = sample_poses(self.tx.store, number, len(skeleton))
            self._typical[number] = average_pose(poses)
        return self._typical[number]


def whole_frame(video: Video) -> Area:
    """Return (x0, y0, x1, y1) of the frames of a video, pixels."""
    width = video.width or UNKNOWN_SIZE
    height = video.height or UNKNOWN_SIZE
    return 0.0, 0.0, width - 1.0, height - 1.0
