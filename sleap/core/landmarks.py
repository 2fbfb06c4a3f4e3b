"""Frames worth going to: the next labeled one, the next suggestion, where a track begins."""

import numpy as np

from sleap.core.arrays import choose_instances, frame_indices_of
from sleap.core.labels import Labels
from sleap.core.store import Store
from sleap.core.tables import IntArray
from sleap.core.video import Video

Place = tuple[Video, int]
"""A video and the index of a frame in it."""


def next_in(frames: IntArray, frame_idx: int, *, wrap: bool = False) -> int | None:
    """Return the first of some frames after another.

    Args:
        frames: (n,) indices, ascending.
        frame_idx: Index of the frame to look from.
        wrap: Whether to begin again with the first one where none follows.

    Returns:
        Its index; None if there is none.
    """
    place = int(np.searchsorted(frames, frame_idx, "right"))
    if place == len(frames):
        return int(frames[0]) if wrap and len(frames) else None
    return int(frames[place])


def previous_in(frames: IntArray, frame_idx: int, *, wrap: bool = False) -> int | None:
    """Return the last of some frames before another; see ``next_in``."""
    place = int(np.searchsorted(frames, frame_idx, "left"))
    if place == 0:
        return int(frames[-1]) if wrap and len(frames) else None
    return int(frames[place - 1])


def run_end(frames: IntArray, frame_idx: int, direction: int) -> int | None:
    """Return the last, or first, of the frames that lie around one without a gap.

    From a frame beside them, or from that end itself, it is the end of the next run.

    Args:
        frames: (n,) indices, ascending.
        frame_idx: Index of the frame to look from.
        direction: 1 for the last, -1 for the first.

    Returns:
        Its index; None if no run ends further on.
    """
    is_break = np.diff(frames) > 1
    if direction > 0:
        return next_in(frames[np.r_[is_break, True][: len(frames)]], frame_idx)
    return previous_in(frames[np.r_[True, is_break][: len(frames)]], frame_idx)


def next_labeled(
    labels: Labels, video: Video, frame_idx: int, kind: str = "all", *, wrap: bool = True
) -> int | None:
    """Return the labeled frame of a video that follows another.

    Args:
        labels: The labels.
        video: One of their videos.
        frame_idx: Index of the frame to look from.
        kind: "all", or those with an instance that is "user" or "predicted".
        wrap: Whether the first one follows the last.

    Returns:
        Its index; None if there is none.
    """
    return next_in(labels.labeled_indices(video, kind), frame_idx, wrap=wrap)


def previous_labeled(
    labels: Labels, video: Video, frame_idx: int, kind: str = "all", *, wrap: bool = True
) -> int | None:
    """Return the labeled frame of a video that comes before another; see ``next_labeled``."""
    return previous_in(labels.labeled_indices(video, kind), frame_idx, wrap=wrap)


def spawn_frames(store: Store, video: int) -> IntArray:
    """Return the frames on which a track is first seen in a video.

    Args:
        store: The tables.
        video: Number of the video.

    Returns:
        (n,) indices, ascending, each once.
    """
    rows = choose_instances(store, video)
    tracks = store.instances.rows["track"][rows]
    rows, tracks = rows[tracks >= 0], tracks[tracks >= 0]
    absent = np.iinfo(np.int64).max
    first = np.full(len(store.tracks), absent)
    np.minimum.at(first, tracks, frame_indices_of(store, rows))
    return np.unique(first[first < absent])


def next_spawn(labels: Labels, video: Video, frame_idx: int) -> int | None:
    """Return the next frame of a video on which a track is first seen; None if there is none."""
    return next_in(_spawns(labels, video), frame_idx)


def suggested_indices(labels: Labels, video: Video) -> IntArray:
    """Return (n,) the indices of the suggested frames of a video, ascending, each once."""
    found = np.array([one.frame_idx for one in labels.suggestions if one.video is video], np.int64)
    if (found[1:] <= found[:-1]).any():
        return np.unique(found)
    return found


def next_suggestion(labels: Labels, video: Video, frame_idx: int) -> Place | None:
    """Return the suggestion that follows a frame.

    After the last one of a video comes the first one of the next video that has any, and after
    the last video the first.

    Args:
        labels: The labels.
        video: One of their videos.
        frame_idx: Index of the frame to look from.

    Returns:
        Its video and index; None if there is no suggestion at all.
    """
    return _suggestion(labels, video, frame_idx, 1)


def previous_suggestion(labels: Labels, video: Video, frame_idx: int) -> Place | None:
    """Return the suggestion before a frame; see ``next_suggestion``."""
    return _suggestion(labels, video, frame_idx, -1)


def _spawns(labels: Labels, video: Video) -> IntArray:
    number = labels.store.find_in(labels.videos, video)
    return spawn_frames(labels.store, number) if number >= 0 else np.empty(0, np.int64)


def _suggestion(labels: Labels, video: Video, frame_idx: int, step: int) -> Place | None:
    seek = next_in if step > 0 else previous_in
    here = seek(suggested_indices(labels, video), frame_idx)
    if here is not None:
        return video, here
    suggested = {id(one.video) for one in labels.suggestions}
    videos = labels.videos
    number = labels.store.find_in(videos, video)
    for distance in range(1, len(videos) + 1):
        other = videos[(number + step * distance) % len(videos)]
        if id(other) in suggested:
            frames = suggested_indices(labels, other)
            return other, int(frames[0] if step > 0 else frames[-1])
    return None
