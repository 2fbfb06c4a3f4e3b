"""The instances of one video as flat arrays: what files that hold no objects come down to."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from attrs import Factory, define, field

from sleap.core.tables import BoolArray, FloatArray, IntArray


def _as_indices(value: npt.ArrayLike) -> IntArray:
    return np.asarray(value, np.int64)


def _as_floats(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, np.float64)


def _no_point_scores(self: "PoseTable") -> FloatArray:
    return np.full(self.points.shape[:2], np.nan)


def _no_scores(self: "PoseTable") -> FloatArray:
    return np.full(len(self.points), np.nan)


def _without_scores(self: "PoseTable") -> BoolArray:
    return np.isnan(self.scores) & np.isnan(self.point_scores).all(axis=1)


@define(eq=False)
class PoseTable:
    """Many instances of one video, one entry of each array per instance.

    Args:
        frames: (n,) int64, index of the frame in its video.
        columns: (n,) int64, number of the track or the unnamed column each belongs to.
        points: (n, n_nodes, 2) float64, (x, y) in pixels of the full frame; NaN if missing.
        point_scores: (n, n_nodes) float64, confidence of each point; NaN if unknown (the default).
        scores: (n,) float64, confidence of each instance; NaN if unknown (the default).
        tracking_scores: (n,) float64, how well each fits its track; NaN if unknown (the default).
        is_user: (n,) bool, which ones the user set; by default those without any score, because
            a prediction has one.

    Raises:
        ValueError: If the arrays do not fit together.
    """

    frames: IntArray = field(converter=_as_indices)
    columns: IntArray = field(converter=_as_indices)
    points: FloatArray = field(converter=_as_floats)
    point_scores: FloatArray = field(
        default=Factory(_no_point_scores, takes_self=True), converter=_as_floats
    )
    scores: FloatArray = field(default=Factory(_no_scores, takes_self=True), converter=_as_floats)
    tracking_scores: FloatArray = field(
        default=Factory(_no_scores, takes_self=True), converter=_as_floats
    )
    is_user: BoolArray = field(default=Factory(_without_scores, takes_self=True))

    def __attrs_post_init__(self) -> None:
        n, n_nodes = len(self.frames), self.points.shape[1] if self.points.ndim == 3 else -1
        wanted = {
            "columns": (n,),
            "points": (n, n_nodes, 2),
            "point_scores": (n, n_nodes),
            "scores": (n,),
            "tracking_scores": (n,),
            "is_user": (n,),
        }
        for name, shape in wanted.items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name}: expected {shape}, got {getattr(self, name).shape}")

    def __len__(self) -> int:
        """Count the instances."""
        return len(self.frames)

    @property
    def n_nodes(self) -> int:
        """Number of nodes of each instance."""
        return int(self.points.shape[1])

    @classmethod
    def join(cls, tables: Sequence["PoseTable"], n_nodes: int) -> "PoseTable":
        """Put tables one behind the other.

        Args:
            tables: Tables of the same number of nodes; none at all make an empty one.
            n_nodes: That number.
        """
        if not tables:
            nothing = np.empty(0, np.int64)
            return cls(nothing, nothing, np.empty((0, n_nodes, 2)))
        if len(tables) == 1:
            return tables[0]
        names = (
            *("frames", "columns", "points", "point_scores"),
            *("scores", "tracking_scores", "is_user"),
        )
        return cls(**{name: np.concatenate([getattr(t, name) for t in tables]) for name in names})
