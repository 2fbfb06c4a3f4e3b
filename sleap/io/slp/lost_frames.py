"""Frames that are lost while their instances are there: which frames they were, if that is certain.

An instance names its frame by the number of the row, not of the frame in the video. From the one
follows the other only where every frame of a video has its row, or a package lists its frames.
Otherwise the poses are put on frames of a video that does not exist: better than lost, and not to
be taken for labels of frames that they do not show.
"""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from sleap.core.tables import FRAMES, IntArray
from sleap.core.video import Video
from sleap.io.slp.mending import Part, Parts

UNKNOWN = "frames_not_known.mp4"

MIN_SURVIVORS = 10
"""Frames that must be left to believe that the others count on as they do."""


@frozen
class RestoredFrames:
    """Frames that were made up.

    Args:
        part: The table of frames with them.
        video: The video that was added for frames that are not known, if there are any.
        n_certain: How many are known.
        n_unknown: How many are not.
    """

    part: Part
    video: Video | None
    n_certain: int
    n_unknown: int


def restore(parts: Parts, videos: Sequence[Video]) -> RestoredFrames | None:
    """Make up the frames that instances name and the table has lost.

    Args:
        parts: The tables.
        videos: The videos of the file.

    Returns:
        What was made up; None if nothing is lost.
    """
    frames, instances = parts.frames, parts.instances
    there = frames.rows[frames.is_there]
    named = instances.rows["frame_id"][instances.is_there]
    named = named[named < max(len(frames.rows), 4 * len(instances.rows))]
    missing = np.setdiff1d(named, there["frame_id"]).astype(np.int64)
    if not len(missing) or (not _is_lost(frames) and len(there)):
        return None
    made = np.zeros(len(missing), FRAMES)
    made["frame_id"] = missing
    indices = _known_indices(frames, videos, missing)
    unknown: Video | None = None
    if indices is None:
        unknown = Video(UNKNOWN)
        made["video"], made["frame_idx"] = len(videos), missing
    else:
        made["frame_idx"] = indices
    part = Part(
        np.concatenate([frames.rows, made]),
        np.concatenate([frames.is_there, np.ones(len(made), bool)]),
    )
    n_certain = 0 if indices is None else len(made)
    return RestoredFrames(part, unknown, n_certain, len(made) - n_certain)


def _is_lost(frames: Part) -> bool:
    return not frames.is_there.all()


def _known_indices(frames: Part, videos: Sequence[Video], missing: IntArray) -> IntArray | None:
    """Return the indices of missing frames in the only video; None if they are not certain."""
    if len(videos) != 1:
        return None
    there = frames.rows[frames.is_there]
    shifts = there["frame_idx"].astype(np.int64) - there["frame_id"].astype(np.int64)
    if len(there) >= MIN_SURVIVORS and (shifts == shifts[0]).all():
        return missing + int(shifts[0])
    n = max(len(frames.rows), int(missing[-1]) + 1)
    numbers = videos[0].frame_numbers
    if numbers is not None:
        listed: IntArray = np.sort(numbers)
        fits = len(numbers) == n and (there["frame_idx"] == listed[there["frame_id"]]).all()
        known: IntArray = listed[missing] if fits else missing
        return known if fits else None
    if videos[0].n_frames == n and not shifts.any():
        return missing
    return None
