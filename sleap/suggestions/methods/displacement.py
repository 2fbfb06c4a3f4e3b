"""Frames on which all points of an animal jumped: mistakes of the tracker."""

from collections.abc import Iterator

import numpy as np

from sleap.core.series.motion import instance_displacements
from sleap.core.series.sightings import all_sightings
from sleap.core.series.statistic import reduce_frames
from sleap.suggestions.options import DisplacementOptions
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("displacement")
def displacement(search: Search) -> Iterator[Found]:
    """Choose the frames on which the points of an instance moved far, on average over them."""
    options: DisplacementOptions = search.options
    for video in search.videos:
        search.progress.check()
        seen = all_sightings(search.labels.store, search.number(video))
        moved = reduce_frames(seen, instance_displacements(seen, "mean"), "max")
        chosen = np.nan_to_num(moved, nan=-1.0) >= options.displacement_threshold
        yield Found(video, search.allowed(video, seen.frame_indices[chosen]))
