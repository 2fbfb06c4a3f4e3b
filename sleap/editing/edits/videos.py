"""Videos added, removed with all that lies in them, and found again elsewhere."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from sleap.core.arrays import sorted_frames
from sleap.core.video import Video
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError


def add_videos(tx: Transaction, videos: Iterable[Video]) -> list[int]:
    """Add videos at the end of the list, but for those that are on it.

    Args:
        tx: The transaction.
        videos: The very objects that will be on the list.

    Returns:
        The number of each.
    """
    return [tx.add_video(video) for video in videos]


def remove_videos(tx: Transaction, videos: Iterable[Video]) -> None:
    """Take videos off the list, with their frames, suggestions and negative anchors.

    Raises:
        LabelsError: If the labels do not have one of them.
    """
    tx.remove_videos([tx.number_of(video) for video in videos])


def relink_videos(
    tx: Transaction, filenames: Mapping[int, str | Path | Iterable[str | Path]]
) -> None:
    """Say where the files of videos are; all else known of them stays.

    Args:
        tx: The transaction.
        filenames: New path, or paths of a sequence of images, by number of the video.

    Raises:
        LabelsError: If there is no video of such a number, or another number of images.
    """
    for number, filename in filenames.items():
        if not 0 <= number < len(tx.labels.videos):
            raise LabelsError(f"There is no video {number}: there are {len(tx.labels.videos)}.")
        video, new = tx.labels.videos[number], Video(filename).filename
        n_old, n_new = (1 if isinstance(one, str) else len(one) for one in (video.filename, new))
        if not isinstance(new, str) and n_old > 1 and n_new != n_old:
            raise LabelsError(f"{video.name!r} has {n_old} images, the new place has {n_new}.")
        tx.set_attributes(video, filename=new)


def replace_video(
    tx: Transaction, video: Video, replacement: Video, *, truncate: bool = False
) -> int:
    """Let a video be another recording, with all labels that it has.

    Args:
        tx: The transaction.
        video: A video of the labels; it stays the same object.
        replacement: What it becomes; all is taken from it, down to size and number of frames.
        truncate: Whether frames that the replacement does not have are removed, with their
            instances, suggestions and negative anchors.

    Returns:
        How many labeled frames were removed.

    Raises:
        LabelsError: If there are such frames, and ``truncate`` is not set.
    """
    number, n_frames = tx.number_of(video), replacement.n_indices
    rows = np.empty(0, np.int64)
    if n_frames:
        rows = sorted_frames(tx.store, number)
        rows = rows[tx.store.frames.rows["frame_idx"][rows] >= n_frames]
        if len(rows) and not truncate:
            raise LabelsError(
                f"{replacement.name!r} has {n_frames} frames, but {len(rows)} labeled frames of "
                f"{video.name!r} lie beyond. Choose the whole recording, or have them removed."
            )
        tx.remove_frames(rows)
        _cut_off(tx, video, n_frames)
    fields = attrs.fields_dict(Video)
    values: dict[str, Any] = {name: getattr(replacement, name) for name in fields}
    tx.set_attributes(video, **values)
    return len(rows)


def set_grayscale(tx: Transaction, video: Video, grayscale: bool | None) -> None:
    """Say whether the pixels of a video are read as one channel; None: tell from the pixels."""
    shape = video.shape
    if shape is not None and grayscale is not None:
        shape = (*shape[:3], 1 if grayscale else 3)
    tx.set_attributes(video, grayscale=grayscale, shape=shape)


def _cut_off(tx: Transaction, video: Video, n_frames: int) -> None:
    """Remove suggestions and negative anchors beyond the end of a video."""
    kept = [
        one for one in tx.labels.suggestions if one.video is not video or one.frame_idx < n_frames
    ]
    if len(kept) < len(tx.labels.suggestions):
        tx.set_suggestions(kept)
    number, anchors = tx.number_of(video), dict(tx.labels.negative_anchors)
    inside = [one for one in anchors.pop(number, []) if one[0] < n_frames]
    tx.set_negative_anchors({**anchors, number: inside} if inside else anchors)
