"""Frames spread over each video: how to begin when nothing is labeled."""

from collections.abc import Iterator

import numpy as np

from sleap.suggestions.options import SampleOptions
from sleap.suggestions.sampling import choose
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("sample")
def sample(search: Search) -> Iterator[Found]:
    """Choose frames of each video evenly, in the widest gaps, or at random."""
    options: SampleOptions = search.options
    random = np.random.default_rng(options.seed)
    search.progress.begin("Sampling", len(search.videos))
    for video in search.videos:
        search.progress.check()
        readable = search.readable(video)
        taken = search.taken(video, readable)
        places = choose(taken, options.per_video, options.sampling_method, random)
        yield Found(video, readable[places])
        search.progress.advance()
    search.progress.end()
