"""Frames on which one node moved fast: real bouts, and identities that were swapped."""

from collections.abc import Iterator

import numpy as np

from sleap.core.series import compute
from sleap.suggestions.options import VelocityOptions
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("velocity")
def velocity(search: Search) -> Iterator[Found]:
    """Choose the frames whose primary point displacement is high for their video."""
    options: VelocityOptions = search.options
    for video in search.videos:
        search.progress.check()
        values = compute(
            search.labels.store,
            search.number(video),
            "primary_point_displacement_sum",
            options.node,
        )
        frames = np.flatnonzero(~np.isnan(values))
        if len(frames):
            known = values[frames]
            limit = options.threshold * (known.max() - known.min())
            frames = frames[known - known.min() > limit]
        yield Found(video, search.allowed(video, frames))
