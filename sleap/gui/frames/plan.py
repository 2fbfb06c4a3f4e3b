"""Which frames to decode ahead of the user."""

import numpy as np
import numpy.typing as npt


def plan(
    frame_idx: int,
    stride: int,
    count: int,
    n_frames: int,
    known: npt.NDArray[np.int64] | None = None,
) -> list[int]:
    """Return which frames to decode ahead, in the order in which to do so.

    Args:
        frame_idx: Where the user is.
        stride: How far each step goes; negative: backwards.
        count: How many frames there is room for.
        n_frames: Frames of the video.
        known: The indices there are, where not all are.

    Returns:
        Those in the direction of travel. Backwards they come in ascending order, since a video is
        decoded forwards.
    """
    if count <= 0:
        return []
    if known is not None:
        ordered = np.sort(known)
        if stride > 0:
            first = int(np.searchsorted(ordered, frame_idx, side="right"))
            return [int(index) for index in ordered[first : first + count]]
        last = int(np.searchsorted(ordered, frame_idx, side="left"))
        return [int(index) for index in ordered[max(0, last - count) : last]]
    ahead = [frame_idx + stride * k for k in range(1, count + 1)]
    inside = [index for index in ahead if 0 <= index < n_frames]
    return inside if stride > 0 else inside[::-1]
