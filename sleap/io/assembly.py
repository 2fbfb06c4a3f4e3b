"""Labels out of columns: what a reader has gathered of many instances, as the four tables.

For formats in which the instances of several videos or skeletons come in any order; nothing here
looks at one instance at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from sleap.core.labels import Labels
from sleap.core.pose_table import PoseTable
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

UNDATED = -1
"""As ``spawned_on`` of a track: the first frame on which it has an instance."""


def _indices(value: npt.ArrayLike) -> IntArray:
    return np.asarray(value, np.int64).reshape(-1)


def _floats(value: npt.ArrayLike) -> FloatArray:
    return np.asarray(value, np.float64)


@define(eq=False)
class Columns:
    """Frames and instances, one entry of each array for each.

    Args:
        videos: (f,) number of the video of each frame.
        frame_indices: (f,) index of each frame in its video.
        frames: (n,) the frame of each instance, as its place in the two above.
        is_user: (n,) bool, which instances the user set; the others are predicted.
        skeletons: (n,) number of the skeleton of each instance.
        tracks: (n,) number of the track of each instance, -1 for none.
        scores: (n,) confidence of each instance; NaN if unknown.
        points: (p, 2) the points of all instances, one behind the other, each with all nodes of
            its skeleton: (x, y) in pixels of the full frame; NaN if missing.
        visible: (p,) bool, False for points that are set and not visible.
        point_scores: (p,) confidence of each point; NaN if unknown.
        tracking_scores: (n,) how well each instance fits its track; NaN if unknown (None: of all).
    """

    videos: IntArray = field(converter=_indices)
    frame_indices: IntArray = field(converter=_indices)
    frames: IntArray = field(converter=_indices)
    is_user: BoolArray
    skeletons: IntArray = field(converter=_indices)
    tracks: IntArray = field(converter=_indices)
    scores: FloatArray = field(converter=_floats)
    points: FloatArray = field(converter=_floats)
    visible: BoolArray
    point_scores: FloatArray = field(converter=_floats)
    tracking_scores: FloatArray | None = None

    def to_labels(
        self,
        videos: Iterable[Video],
        skeletons: Sequence[Skeleton],
        tracks: Sequence[Track],
        provenance: Mapping[str, Any] | None = None,
    ) -> Labels:
        """Make labels of the columns.

        Args:
            videos: What the numbers of the videos stand for, and so on.
            skeletons: The skeletons.
            tracks: The tracks. Of those spawned on ``UNDATED``, the first frame is filled in.
            provenance: Where the labels come from.

        Returns:
            Labels with the frames in the order given; the instances of each in the order given.

        Raises:
            LabelsError: If a number stands for nothing.
        """
        order = np.argsort(self.frames, kind="stable")
        n_nodes = np.array([skeleton.n_nodes for skeleton in skeletons], np.int64)
        counts = n_nodes[self.skeletons]
        _date_tracks(tracks, self.tracks, self.frame_indices[self.frames])
        return Labels.from_tables(
            frames=self._frame_rows(),
            instances=self._instance_rows(order, counts),
            points=self._point_rows(order[self.is_user[order]], counts, POINTS),
            pred_points=self._point_rows(order[~self.is_user[order]], counts, PRED_POINTS),
            videos=videos,
            skeletons=skeletons,
            tracks=tracks,
            provenance=provenance,
        )

    def _frame_rows(self) -> Rows:
        rows = np.zeros(len(self.videos), FRAMES)
        rows["frame_id"] = np.arange(len(rows))
        rows["video"] = self.videos
        rows["frame_idx"] = self.frame_indices
        ends = np.cumsum(np.bincount(self.frames, minlength=len(rows)))
        rows["instance_id_end"] = ends
        rows["instance_id_start"][1:] = ends[:-1]
        return rows

    def _instance_rows(self, order: IntArray, counts: IntArray) -> Rows:
        rows = np.zeros(len(order), INSTANCES)
        is_user, counts = self.is_user[order], counts[order]
        rows["instance_id"] = np.arange(len(rows))
        rows["instance_type"] = np.where(is_user, USER, PREDICTED)
        rows["frame_id"] = self.frames[order]
        rows["skeleton"] = self.skeletons[order]
        rows["track"] = self.tracks[order]
        rows["from_predicted"] = -1
        known = self.tracking_scores
        with np.errstate(over="ignore"):  # beyond single precision: infinite
            rows["score"] = self.scores[order]
            rows["tracking_score"] = np.nan if known is None else known[order]
        for chosen in (is_user, ~is_user):
            ends = np.cumsum(counts[chosen])
            rows["point_id_start"][chosen] = ends - counts[chosen]
            rows["point_id_end"][chosen] = ends
        return rows

    def _point_rows(self, chosen: IntArray, counts: IntArray, dtype: np.dtype[Any]) -> Rows:
        """Gather the points of some instances, in that order."""
        starts = (np.cumsum(counts) - counts)[chosen]
        counts = counts[chosen]
        ends = np.cumsum(counts)
        n_points = int(ends[-1]) if len(ends) else 0
        source = np.repeat(starts - (ends - counts), counts) + np.arange(n_points)
        rows = np.zeros(n_points, dtype)
        rows["x"], rows["y"] = self.points[source, 0], self.points[source, 1]
        rows["visible"] = self.visible[source]
        if "score" in (dtype.names or ()):
            rows["score"] = self.point_scores[source]
        return rows


def _date_tracks(tracks: Sequence[Track], numbers: IntArray, frame_indices: IntArray) -> None:
    first = np.full(len(tracks) + 1, np.iinfo(np.int64).max)  # the last entry is for -1
    np.minimum.at(first, numbers, frame_indices)
    for track, index in zip(tracks, first.tolist(), strict=False):
        if track.spawned_on == UNDATED:
            track.spawned_on = index if index < np.iinfo(np.int64).max else 0


def assemble(
    poses: PoseTable,
    video: Video,
    skeleton: Skeleton,
    tracks: Sequence[Track | None],
    provenance: Mapping[str, Any] | None = None,
) -> Labels:
    """Make labels of the instances of one video.

    Args:
        poses: The instances, in any order.
        video: The video they lie in.
        skeleton: What their points mean.
        tracks: What each of their columns stands for; None for instances without a track.
        provenance: Where the labels come from.

    Returns:
        Labels with the frames by time, and the instances of each by column. Those tracks begin on
        the first frame on which they have an instance.
    """
    listed = [track for track in tracks if track is not None]
    numbers = np.full(len(tracks) + 1, -1)
    numbers[[place for place, track in enumerate(tracks) if track]] = np.arange(len(listed))
    for track in listed:
        track.spawned_on = UNDATED
    order = np.lexsort((poses.columns, poses.frames))
    frame_indices, owners = np.unique(poses.frames[order], return_inverse=True)
    points = poses.points[order].reshape(-1, 2)
    visible: BoolArray = ~np.isnan(points[:, 0]) & ~np.isnan(points[:, 1])
    return Columns(
        np.zeros(len(frame_indices)),
        frame_indices,
        owners,
        poses.is_user[order],
        np.zeros(len(poses)),
        numbers[poses.columns[order]],
        poses.scores[order],
        points,
        visible,
        poses.point_scores[order].reshape(-1),
        poses.tracking_scores[order],
    ).to_labels([video], [skeleton], listed, provenance)
