"""What labels hold, in numbers."""

import numpy as np
from attrs import frozen

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.store import Store
from sleap.core.tables import PREDICTED, USER, IntArray


@frozen
class Statistics:
    """Counts over all labels, or over one video.

    Args:
        n_videos: Videos.
        n_frames: Labeled frames, with or without instances.
        n_user_frames: Frames with an instance set by the user.
        n_predicted_frames: Frames with a predicted instance.
        n_instances: Instances.
        n_user_instances: Instances set by the user.
        n_predicted_instances: Predicted instances.
        n_tracks: Tracks that an instance has.
        n_tracked_instances: Instances that have a track.
        max_instances: The most instances of one kind on one frame.
    """

    n_videos: int
    n_frames: int
    n_user_frames: int
    n_predicted_frames: int
    n_instances: int
    n_user_instances: int
    n_predicted_instances: int
    n_tracks: int
    n_tracked_instances: int
    max_instances: int


def frames_with(store: Store, kind: int, video: int | None = None) -> IntArray:
    """Return the rows of the frames with an instance of a kind, ascending."""
    return np.flatnonzero(_counts(store, kind, video))


def _counts(store: Store, kind: int, video: int | None) -> IntArray:
    rows = choose_instances(store, video, kind)
    return np.bincount(frames_of(store, rows), minlength=len(store.frames))


def count(store: Store, video: int | None = None) -> Statistics:
    """Count what a store holds.

    Args:
        store: The tables.
        video: Number of a video, None for all.
    """
    frames = store.live_frames
    if video is not None:
        frames = frames[store.frames.rows["video"][frames] == video]
    user, predicted = _counts(store, USER, video), _counts(store, PREDICTED, video)
    tracks = store.instances.rows["track"][choose_instances(store, video)]
    tracks = tracks[tracks >= 0]
    return Statistics(
        n_videos=len(store.videos) if video is None else 1,
        n_frames=len(frames),
        n_user_frames=int(np.count_nonzero(user)),
        n_predicted_frames=int(np.count_nonzero(predicted)),
        n_instances=int(user.sum() + predicted.sum()),
        n_user_instances=int(user.sum()),
        n_predicted_instances=int(predicted.sum()),
        n_tracks=len(np.unique(tracks)),
        n_tracked_instances=len(tracks),
        max_instances=int(max(user.max(initial=0), predicted.max(initial=0))),
    )
