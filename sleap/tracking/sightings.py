"""Poses seen on frames: what a similarity compares."""

from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.tables import BoolArray, FloatArray, IntArray


@frozen(eq=False)
class Sightings:
    """Some poses, of one frame or of many.

    Attributes:
        points: (n, n_nodes, 2) float64, (x, y) in pixels of the full frame; NaN where missing.
        point_scores: (n, n_nodes) floating point, confidence of each point.
    """

    points: FloatArray
    point_scores: npt.NDArray[np.floating[Any]]

    def __len__(self) -> int:
        """Count the poses."""
        return len(self.points)

    @property
    def visible(self) -> BoolArray:
        """(n, n_nodes) which points are there."""
        found: BoolArray = self.points[:, :, 0] == self.points[:, :, 0]  # NaN differs from itself
        return found

    @property
    def n_visible(self) -> IntArray:
        """(n,) how many points of each pose are there."""
        count: IntArray = self.visible.sum(axis=1)
        return count

    def select(self, chosen: BoolArray | IntArray) -> "Sightings":
        """Return those of a mask, or of indices."""
        return Sightings(self.points[chosen], self.point_scores[chosen])
