"""Frames with several poor predictions: where the network has most to learn."""

from collections.abc import Iterator

import numpy as np

from sleap.core.series.sightings import all_sightings
from sleap.suggestions.options import PredictionScoreOptions
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("prediction_score")
def prediction_score(search: Search) -> Iterator[Found]:
    """Choose the frames with the wanted number of predictions of a low score."""
    options: PredictionScoreOptions = search.options
    store = search.labels.store
    for video in search.videos:
        search.progress.check()
        seen = all_sightings(store, search.number(video))
        scores = store.instances.rows["score"][seen.rows]
        is_poor = seen.is_predicted & (scores < options.score_limit)
        counts = np.bincount(seen.owners[is_poor], minlength=seen.n_frames)
        chosen = counts >= options.instance_limit_lower
        if options.instance_limit_upper:
            chosen &= counts <= options.instance_limit_upper
        yield Found(video, search.allowed(video, seen.frame_indices[chosen]))
