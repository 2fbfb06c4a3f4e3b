"""Frames: those without any animal, places without one, and frames removed."""

from collections.abc import Iterable

import numpy as np

from sleap.core.lists import Anchors
from sleap.core.tables import PREDICTED
from sleap.core.video import Video
from sleap.editing.edits.lookup import kinds_of
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


def mark_negative_frame(tx: Transaction, video: Video, frame_idx: int) -> None:
    """Say that there is no animal on a frame: it becomes a labeled frame without instances.

    Predictions on it were wrong, and are removed.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video.

    Raises:
        LabelsError: If the user set an instance on it.
    """
    tx.number_of(video)
    row = tx.add_frame(video, frame_idx)
    members = tx.store.members(row)
    if any(kind != PREDICTED for kind in kinds_of(tx.store, members)):
        raise LabelsError(
            f"Frame {frame_idx} of {video.name!r} has instances set by the user, so it is not "
            "without animals. Delete them first."
        )
    tx.remove_instances(members)


def clear_negative_frame(tx: Transaction, video: Video, frame_idx: int) -> None:
    """Take back that there is no animal on a frame: without instances it is not labeled.

    A frame with instances, or one that is not labeled, stays as it is.
    """
    row = tx.store.occupancy.find(tx.number_of(video), int(frame_idx))
    if row >= 0 and not tx.store.members(row):
        tx.remove_frames([row])


def remove_frames(tx: Transaction, video: Video, frame_indices: Iterable[int]) -> int:
    """Remove labeled frames with all that is on them.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_indices: Which frames; those that are not labeled do not matter.

    Returns:
        How many were removed.
    """
    number, find = tx.number_of(video), tx.store.occupancy.find
    rows = [find(number, int(index)) for index in frame_indices]
    chosen = np.unique(np.array([row for row in rows if row >= 0], np.int64))
    tx.remove_frames(chosen)
    return len(chosen)


def add_negative_anchor(tx: Transaction, video: Video, frame_idx: int, x: float, y: float) -> None:
    """Mark a place without an animal, as a sample of what not to find.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Index of the frame in the video.
        x: Pixels of the full frame.
        y: Pixels of the full frame.
    """
    number, anchors = tx.number_of(video), _anchors(tx)
    place = int(frame_idx), float(x), float(y)
    if not (np.isfinite(x) and np.isfinite(y)) or frame_idx < 0:
        raise LabelsError(f"{place} is no place: expected a frame index, x and y in pixels.")
    if place not in map(tuple, anchors.get(number, [])):
        anchors[number] = [*anchors.get(number, []), place]
        tx.set_negative_anchors(anchors)


def clear_negative_anchors(tx: Transaction, video: Video, frame_idx: int | None = None) -> int:
    """Remove the marks of places without an animal.

    Args:
        tx: The transaction.
        video: A video of the labels.
        frame_idx: Only those of this frame; None: all of the video.

    Returns:
        How many were removed.
    """
    number, anchors = tx.number_of(video), _anchors(tx)
    there = anchors.pop(number, [])
    kept = [one for one in there if frame_idx is not None and one[0] != frame_idx]
    if kept:
        anchors[number] = kept
    if len(kept) < len(there):
        tx.set_negative_anchors(anchors)
    return len(there) - len(kept)


def _anchors(tx: Transaction) -> Anchors:
    return dict(tx.labels.negative_anchors)
