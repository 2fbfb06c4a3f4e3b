"""A frame that somebody, or a method, thinks worth labeling."""

from typing import Any

from attrs import define, field

from sleap.core.video import Video


@define
class SuggestionFrame:
    """A suggestion to label one frame.

    Args:
        video: The video it lies in.
        frame_idx: Index of the frame in that video.
        group: Which cluster of similar frames it came from, if any.
        metadata: What a file says about it beyond this; kept for the next save.
    """

    video: Video
    frame_idx: int
    group: int | None = None
    metadata: dict[str, Any] = field(factory=dict, repr=False)
