"""The instances of one video as flat arrays: what files that hold no objects come down to."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import Factory, define, field

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    FRAMES,
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    USER,
    BoolArray,
    FloatArray,
    IntArray,
    Rows,
)
from sleap.core.track import Track
from sleap.core.video import Video


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

    def to_labels(
        self,
        video: Video,
        skeleton: Skeleton,
        tracks: Sequence[Track | None],
        provenance: Mapping[str, Any] | None = None,
    ) -> Labels:
        """Make labels of the instances.

        Args:
            video: The video they lie in.
            skeleton: What their points mean.
            tracks: What each column stands for; None for instances without a track.
            provenance: Where the labels come from.

        Returns:
            Labels whose instances are ordered by frame, then by column. A track begins on the
            first frame on which it has an instance.

        Raises:
            LabelsError: If the arrays do not fit the skeleton or the columns.
        """
        listed = [track for track in tracks if track is not None]
        numbers = np.full(len(tracks) + 1, -1)
        numbers[[place for place, track in enumerate(tracks) if track is not None]] = np.arange(
            len(listed)
        )
        order = np.lexsort((self.columns, self.frames))
        frames, instances = _head_tables(self.frames[order], self.is_user[order], self.n_nodes)
        instances["track"] = numbers[self.columns[order]]
        instances["score"] = self.scores[order]
        instances["tracking_score"] = self.tracking_scores[order]
        _date_tracks(listed, instances["track"], self.frames[order])
        return Labels.from_tables(
            frames=frames,
            instances=instances,
            points=self._points(order[self.is_user[order]], POINTS),
            pred_points=self._points(order[~self.is_user[order]], PRED_POINTS),
            videos=[video],
            skeletons=[skeleton],
            tracks=listed,
            provenance=provenance,
        )

    def _points(self, chosen: IntArray, dtype: "np.dtype[Any]") -> Rows:
        rows = np.zeros(len(chosen) * self.n_nodes, dtype)
        xy = self.points[chosen].reshape(-1, 2)
        rows["x"], rows["y"] = xy[:, 0], xy[:, 1]
        rows["visible"] = ~np.isnan(xy).any(axis=1)
        if "score" in (dtype.names or ()):
            rows["score"] = self.point_scores[chosen].reshape(-1)
        return rows


def _head_tables(frame_indices: IntArray, is_user: BoolArray, n_nodes: int) -> tuple[Rows, Rows]:
    """Make the tables of frames and instances, of instances that are sorted by frame."""
    n = len(frame_indices)
    starts = np.flatnonzero(np.r_[True, frame_indices[1:] != frame_indices[:-1]][:n])
    frames = np.zeros(len(starts), FRAMES)
    frames["frame_id"] = np.arange(len(starts))
    frames["frame_idx"] = frame_indices[starts]
    frames["instance_id_start"] = starts
    frames["instance_id_end"] = np.r_[starts[1:], n][: len(starts)]
    instances = np.zeros(n, INSTANCES)
    instances["instance_id"] = np.arange(n)
    instances["instance_type"] = np.where(is_user, USER, PREDICTED)
    instances["frame_id"] = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, n]))
    instances["from_predicted"] = -1
    before = np.where(is_user, np.cumsum(is_user), np.cumsum(~is_user)) - 1
    instances["point_id_start"] = before * n_nodes
    instances["point_id_end"] = (before + 1) * n_nodes
    return frames, instances


def _date_tracks(tracks: Sequence[Track], numbers: IntArray, frame_indices: IntArray) -> None:
    """Note on which frame each track first appears, of instances that are sorted by frame."""
    used, first = np.unique(numbers, return_index=True)
    for number, place in zip(used.tolist(), first.tolist(), strict=True):
        if number >= 0:
            tracks[number].spawned_on = int(frame_indices[place])
