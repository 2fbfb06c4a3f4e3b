"""Counts of frames, instances and tracks by video, in one pass over the tables."""

import numpy as np
from attrs import frozen

from sleap.core.store import Store
from sleap.core.tables import USER, BoolArray, IntArray


@frozen(eq=False)
class VideoCounts:
    """Counts by number of video; each (n_videos,) int64.

    Args:
        first: Smallest index of a labeled frame; -1 without any.
        last: Largest index of a labeled frame; -1 without any.
        frames: Labeled frames, with or without instances.
        empty_frames: Labeled frames without instances.
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
    empty_frames: IntArray
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
    "empty_frames",
    "user_frames",
    "predicted_frames",
    "user_instances",
    "predicted_instances",
    "tracks",
    "max_instances",
)


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


def count(store: Store) -> tuple[VideoCounts, TrackCounts]:
    """Count what a store holds, by video and by track.

    Each column of the tables is read once: of large files they lie on the disk until then.
    """
    n_videos, n_tracks = len(store.videos), len(store.tracks)
    frames = store.live_frames
    videos = store.frames.rows["video"].astype(np.int64)
    indices = store.frames.rows["frame_idx"].astype(np.int64)
    owners = _live_column(store, "frame_id")
    is_user = _live_column(store, "instance_type") == USER
    tracks = _live_column(store, "track")

    user = np.bincount(owners[is_user], minlength=len(videos))
    both = np.bincount(owners, minlength=len(videos))
    first, last = _range(videos[frames], indices[frames], n_videos)
    most = np.zeros(n_videos, np.int64)
    np.maximum.at(most, videos[frames], both[frames])

    def by_video(weights: IntArray | BoolArray) -> IntArray:
        counts = np.bincount(videos[frames], weights[frames], minlength=n_videos)
        return counts.astype(np.int64)

    is_tracked = tracks >= 0
    tracks, owners = tracks[is_tracked], owners[is_tracked]
    occurs = np.zeros((n_videos, n_tracks), bool)
    occurs[videos[owners], tracks] = True
    of_videos = VideoCounts(
        first=first,
        last=last,
        frames=np.bincount(videos[frames], minlength=n_videos),
        empty_frames=by_video(both == 0),
        user_frames=by_video(user > 0),
        predicted_frames=by_video(both > user),
        user_instances=by_video(user),
        predicted_instances=by_video(both - user),
        tracks=occurs.sum(axis=1),
        max_instances=most,
    )
    first, last = _range(tracks, indices[owners], n_tracks)
    return of_videos, TrackCounts(np.bincount(tracks, minlength=n_tracks), first, last)


def _live_column(store: Store, name: str) -> IntArray:
    """Return (n,) one column of the living instances."""
    column = store.instances.rows[name]
    if store.n_dead_instances:
        column = column[store.live_instances]
    return column.astype(np.int64)


def _range(groups: IntArray, values: IntArray, n_groups: int) -> tuple[IntArray, IntArray]:
    """Return the smallest and largest value of each group; -1 of one without any."""
    first, last = np.full(n_groups, np.iinfo(np.int64).max), np.full(n_groups, -1)
    np.minimum.at(first, groups, values)
    np.maximum.at(last, groups, values)
    return np.where(last < 0, -1, first), last
