"""Which instances have which tracks: what tracking and cleaning have in common."""

import numpy as np

from sleap.core.arrays import frame_indices_of, superseded
from sleap.core.labels import Labels
from sleap.core.tables import USER, IntArray
from sleap.core.video import Video


def rows_in_time(labels: Labels, video: Video, kind: str) -> IntArray:
    """Return the rows of the instances of a video, frame by frame.

    Args:
        labels: Their labels.
        video: Their video.
        kind: "predicted", "user" or "all"; of all, without predictions that a user instance of the
            same frame was made from.
    """
    rows = labels.instance_rows(video, kind)
    if kind == "all":
        rows = rows[~superseded(labels.store)[rows]]
    return rows[np.argsort(frame_indices_of(labels.store, rows), kind="stable")]


def used_tracks(labels: Labels) -> IntArray:
    """Return the numbers of the tracks that an instance has, ascending."""
    store = labels.store
    used = np.unique(store.instances.rows["track"][store.live_instances])
    numbers: IntArray = used[used >= 0].astype(np.int64)
    return numbers


def follow_user_instances(labels: Labels, kind: str) -> None:
    """Give a prediction that a tracked user instance was made from the same track.

    Args:
        labels: Changed in place.
        kind: What was tracked, as for ``rows_in_time``; nothing is done but for "all".
    """
    if kind != "all":
        return
    table = labels.store.instances.writable
    rows = np.flatnonzero((table["instance_type"] == USER) & (table["from_predicted"] >= 0))
    origins = table["from_predicted"][rows]
    same_frame = superseded(labels.store)[origins]
    table["track"][origins[same_frame]] = table["track"][rows[same_frame]]


def keep_tracks(labels: Labels, used: IntArray) -> Labels:
    """Return the labels with only some tracks listed.

    Args:
        labels: Left as they are.
        used: Numbers of the tracks in the wanted order, at least those that an instance has.
    """
    frames, instances, points, pred_points = labels.to_tables()
    instances = instances.copy()
    numbers = np.full(len(labels.tracks) + 1, -1)  # the last is for -1
    numbers[used] = np.arange(len(used))
    instances["track"] = numbers[instances["track"]]
    return Labels.from_tables(
        frames=frames,
        instances=instances,
        points=points,
        pred_points=pred_points,
        videos=labels.videos,
        skeletons=labels.skeletons,
        tracks=[labels.tracks[index] for index in used.tolist()],
        suggestions=labels.suggestions,
        provenance=labels.provenance,
        negative_anchors=labels.negative_anchors,
        metadata=labels.metadata,
    )
