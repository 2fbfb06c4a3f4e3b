"""Counts of frames, instances and tracks by video, in one pass over the tables."""

import numpy as np
from attrs import frozen

from sleap.core.arrays import frames_of
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, BoolArray, IntArray


@frozen(eq=False)
class VideoCounts:
    """Counts by number of video; each (n_videos,) int64.

    Args:
        first: Smallest index of a labeled frame; -1 without any.
        last: Largest index of a labeled frame; -1 without any.
        frames: Labeled frames, with or without instances.
        user_frames: Frames with an instance set by the user.
        predicted_frames: Frames with a predicted instance.
        user_instances: Instances set by the user.
        predicted_instances: Predicted instances.
        tracks: Tracks that an instance has.
        max_instances: The most instances on one frame, of both kinds together.
    """

    first: IntArray
    last: IntArray
    frames: IntArray
    user_frames: IntArray
    predicted_frames: IntArray
    user_instances: IntArray
    predicted_instances: IntArray
    tracks: IntArray
    max_instances: IntArray

    def of(self, number: int) -> dict[str, int]:
        """Return the counts of one video by name."""
        return {name: int(getattr(self, name)[number]) for name in _NAMES}


_NAMES = (
    "first",
    "last",
    "frames",
    "user_frames",
    "predicted_frames",
    "user_instances",
    "predicted_instances",
    "tracks",
    "max_instances",
)


def count_videos(store: Store) -> VideoCounts:
    """Count what a store holds, by video."""
    n_videos = len(store.videos)
    rows = store.live_frames
    videos = store.frames.rows["video"].astype(np.int64)
    indices = store.frames.rows["frame_idx"][rows].astype(np.int64)
    first, last = np.full(n_videos, np.iinfo(np.int64).max), np.full(n_videos, -1)
    np.minimum.at(first, videos[rows], indices)
    np.maximum.at(last, videos[rows], indices)

    by_kind = [_members(store, kind) for kind in (USER, PREDICTED)]
    most = np.zeros(n_videos, np.int64)
    np.maximum.at(most, videos[rows], sum(by_kind)[rows])

    def by_video(weights: IntArray | BoolArray) -> IntArray:
        counts = np.bincount(videos[rows], weights[rows], minlength=n_videos)
        return counts.astype(np.int64)

    return VideoCounts(
        first=np.where(last < 0, -1, first),
        last=last,
        frames=np.bincount(videos[rows], minlength=n_videos),
        user_frames=by_video(by_kind[0] > 0),
        predicted_frames=by_video(by_kind[1] > 0),
        user_instances=by_video(by_kind[0]),
        predicted_instances=by_video(by_kind[1]),
        tracks=_count_tracks(store, videos, n_videos),
        max_instances=most,
    )


def _members(store: Store, kind: int) -> IntArray:
    """Return (n_frames,) how many living instances of a kind each frame has."""
    rows = store.live_instances
    rows = rows[store.instances.rows["instance_type"][rows] == kind]
    return np.bincount(frames_of(store, rows), minlength=len(store.frames))


def _count_tracks(store: Store, videos: IntArray, n_videos: int) -> IntArray:
    n_tracks = len(store.tracks)
    rows = store.live_instances
    tracks = store.instances.rows["track"][rows].astype(np.int64)
    rows, tracks = rows[tracks >= 0], tracks[tracks >= 0]
    occurs = np.zeros((n_videos, n_tracks), bool)
    occurs[videos[frames_of(store, rows)], tracks] = True
    counts: IntArray = occurs.sum(axis=1)
    return counts


@frozen(eq=False)
class TrackCounts:
    """Counts by number of track; each (n_tracks,) int64.

    Args:
        instances: How many instances have it.
        first: Smallest index of a frame on which it is; -1 without any.
        last: Largest one.
    """

    instances: IntArray
    first: IntArray
    last: IntArray


def count_tracks(store: Store) -> TrackCounts:
    """Count what a store holds, by track."""
    n_tracks = len(store.tracks)
    rows = store.live_instances
    tracks = store.instances.rows["track"][rows].astype(np.int64)
    rows, tracks = rows[tracks >= 0], tracks[tracks >= 0]
    indices = store.frames.rows["frame_idx"][frames_of(store, rows)].astype(np.int64)
    first, last = np.full(n_tracks, np.iinfo(np.int64).max), np.full(n_tracks, -1)
    np.minimum.at(first, tracks, indices)
    np.maximum.at(last, tracks, indices)
    return TrackCounts(np.bincount(tracks, minlength=n_tracks), np.where(last < 0, -1, first), last)
