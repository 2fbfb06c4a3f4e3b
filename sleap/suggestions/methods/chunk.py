"""All frames of a stretch, counted from 1 as on screen."""

from collections.abc import Iterator

import numpy as np

from sleap.suggestions.options import ChunkOptions
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("chunk")
def chunk(search: Search) -> Iterator[Found]:
    """Choose each frame from the first to the last, as far as the video goes."""
    options: ChunkOptions = search.options
    for video in search.videos:
        search.progress.check()
        readable = search.readable(video)
        begin, end = np.searchsorted(readable, (options.frame_from - 1, options.frame_to))
        if begin == end:
            search.progress.say(
                f"{video.name} has no frames {options.frame_from} to {options.frame_to}: it ends"
                f" with frame {int(readable[-1]) + 1 if len(readable) else 0}."
            )
        yield Found(video, search.allowed(video, readable[begin:end]))
