"""Instances chosen by what they are and where they lie, for removal and for counting."""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from sleap.core.arrays import (
    choose_instances,
    frame_indices_of,
    frames_of,
    gather_points,
    rank_in_frame,
)
from sleap.core.store import Store
from sleap.core.tables import USER, BoolArray, FloatArray, IntArray
from sleap.core.transfer import N_BLOCK

Area = tuple[float, float, float, float]


@frozen(kw_only=True)
class Choice:
    """Conditions on instances; each one given narrows the choice, none at all chooses all.

    Args:
        video: Number of the video.
        kind: ``USER`` or ``PREDICTED``.
        frame_indices: Only on these frames.
        frame_range: Only on frames from the first to the last of these two, both included.
        area: (x0, y0, x1, y1) in pixels of the full frame: only instances with a point, all of
            whose points lie inside or on the border.
        score_below: Only those with a smaller score (or none).
        rank_limit: Only those beyond so many of their kind with higher scores on their frame; of
            equal scores the earlier rows rank higher, and those without a score lowest.
        tracks: Only those that have one of these tracks, by number; -1 for none.
        keep_tracked: Only those without a track.
        keep_user_frames: Only on frames without user instances.
    """

    video: int | None = None
    kind: int | None = None
    frame_indices: Iterable[int] | None = None
    frame_range: tuple[int, int] | None = None
    area: Area | None = None
    score_below: float | None = None
    rank_limit: int | None = None
    tracks: Sequence[int] | None = None
    keep_tracked: bool = False
    keep_user_frames: bool = False

    def rows(self, store: Store) -> IntArray:
        """Return the rows of the living instances that meet all conditions, ascending."""
        rows = choose_instances(store, self.video, self.kind)
        if self.frame_indices is not None:
            wanted = np.fromiter(self.frame_indices, np.int64)
            rows = rows[np.isin(frame_indices_of(store, rows), wanted)]
        if self.frame_range is not None:
            indices = frame_indices_of(store, rows)
            rows = rows[(indices >= self.frame_range[0]) & (indices <= self.frame_range[1])]
        if self.rank_limit is not None:  # before the conditions that look at single instances
            rows = rows[_ranks(store, rows) >= self.rank_limit]
        if self.score_below is not None:
            rows = rows[~(store.instances.rows["score"][rows] >= self.score_below)]
        if self.tracks is not None:
            rows = rows[np.isin(store.instances.rows["track"][rows], list(self.tracks))]
        if self.keep_tracked:
            rows = rows[store.instances.rows["track"][rows] < 0]
        if self.keep_user_frames:
            rows = rows[~_has_user(store, self.video)[frames_of(store, rows)]]
        if self.area is not None:
            rows = rows[_lies_in(store, rows, self.area)]
        return rows


def remove_with_frames(store: Store, rows: IntArray) -> IntArray:
    """Remove instances, and the frames left without any instance by that.

    Returns:
        (n,) rows of the frames removed.
    """
    emptied = np.zeros(len(store.frames), bool)
    emptied[frames_of(store, rows)] = True
    store.remove_instances(rows)
    emptied[frames_of(store, store.live_instances)] = False
    frames = np.flatnonzero(emptied)
    store.remove_frames(frames)
    return frames


def _ranks(store: Store, rows: IntArray) -> IntArray:
    """Return (n,) how many of its kind on its frame have a better score than each instance."""
    records = store.instances.rows[rows]
    scores = np.where(np.isnan(records["score"]), -np.inf, records["score"])
    order = np.lexsort((-scores, records["instance_type"], records["frame_id"]))
    groups = records["frame_id"][order].astype(np.int64) * 2 + records["instance_type"][order]
    ranks = np.empty(len(rows), np.int64)
    ranks[order] = rank_in_frame(groups)
    return ranks


def _has_user(store: Store, video: int | None) -> BoolArray:
    mask = np.zeros(len(store.frames), bool)
    mask[frames_of(store, choose_instances(store, video, USER))] = True
    return mask


def _lies_in(store: Store, rows: IntArray, area: Area) -> BoolArray:
    """Tell which instances lie in an area with all their points."""
    n_nodes = max((skeleton.n_nodes for skeleton in store.skeletons), default=0)
    result = np.zeros(len(rows), bool)
    low, high = np.array(area[:2], np.float64), np.array(area[2:], np.float64)
    for begin in range(0, len(rows), N_BLOCK):
        points: FloatArray = gather_points(store, rows[begin : begin + N_BLOCK], n_nodes)
        missing = np.isnan(points[:, :, 0]) | np.isnan(points[:, :, 1])
        inside: BoolArray = np.logical_and.reduce((points >= low) & (points <= high), axis=2)
        some = ~missing.all(axis=1)
        result[begin : begin + N_BLOCK] = some & (inside | missing).all(axis=1)
    return result
