"""The poses found on one frame, as arrays: what networks find and trackers name."""

import numpy as np
import numpy.typing as npt
from attrs import Attribute, Factory, define, field

from sleap.core.tables import BoolArray, FloatArray, IntArray

ScoreArray = npt.NDArray[np.float32]
TrackArray = npt.NDArray[np.int32]


def _as_points(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, np.float64)


def _as_scores(value: npt.ArrayLike) -> ScoreArray:
    return np.asarray(value, np.float32)


def _as_tracks(value: npt.ArrayLike) -> TrackArray:
    return np.asarray(value, np.int32)


def _no_tracks(self: "Poses") -> TrackArray:
    return np.full(len(self.points), -1, np.int32)


def _no_scores(self: "Poses") -> ScoreArray:
    return np.full(len(self.points), np.nan, np.float32)


@define(eq=False)
class Poses:
    """The poses of all animals found on one frame.

    Args:
        frame_idx: Index of the frame in its video.
        points: (n, n_nodes, 2) float64, (x, y) in pixels of the full frame; NaN if not found.
        point_scores: (n, n_nodes) float32, confidence of each point.
        scores: (n,) float32, confidence of each pose.
        tracks: (n,) int32, index into a list of tracks; -1 for none (the default).
        tracking_scores: (n,) float32, how well each fits its track; NaN for none (the default).

    Raises:
        ValueError: If the shapes do not fit together.
    """

    frame_idx: int = field(converter=int)
    points: FloatArray = field(converter=_as_points)
    point_scores: ScoreArray = field(converter=_as_scores)
    scores: ScoreArray = field(converter=_as_scores)
    tracks: TrackArray = field(default=Factory(_no_tracks, takes_self=True), converter=_as_tracks)
    tracking_scores: ScoreArray = field(
        default=Factory(_no_scores, takes_self=True), converter=_as_scores
    )

    @points.validator
    def _check_points(self, attribute: "Attribute[FloatArray]", value: FloatArray) -> None:
        if value.ndim != 3 or value.shape[2] != 2:
            raise ValueError(f"points: expected (n, n_nodes, 2), got {value.shape}")

    @point_scores.validator
    def _check_point_scores(self, attribute: "Attribute[ScoreArray]", value: ScoreArray) -> None:
        if value.shape != self.points.shape[:2]:
            raise ValueError(f"point_scores: expected {self.points.shape[:2]}, got {value.shape}")

    @scores.validator
    @tracks.validator
    @tracking_scores.validator
    def _check_per_pose(
        self, attribute: "Attribute[ScoreArray]", value: npt.NDArray[np.generic]
    ) -> None:
        if value.shape != (len(self.points),):
            raise ValueError(f"{attribute.name}: expected ({len(self.points)},), got {value.shape}")

    def __len__(self) -> int:
        """Count the poses."""
        return len(self.points)

    @property
    def n_nodes(self) -> int:
        """Number of nodes of each pose."""
        return int(self.points.shape[1])

    @classmethod
    def empty(cls, frame_idx: int, n_nodes: int) -> "Poses":
        """Return no poses, on a frame where nothing was found."""
        return cls(frame_idx, np.empty((0, n_nodes, 2)), np.empty((0, n_nodes)), np.empty(0))

    def select(self, chosen: "BoolArray | IntArray | list[int]") -> "Poses":
        """Return some of the poses, as copies.

        Args:
            chosen: (n,) mask, or indices in the wanted order.
        """
        index = np.asarray(chosen)
        if index.size == 0 and index.dtype != bool:
            index = index.astype(np.int64)
        return Poses(
            self.frame_idx,
            self.points[index],
            self.point_scores[index],
            self.scores[index],
            self.tracks[index],
            self.tracking_scores[index],
        )
