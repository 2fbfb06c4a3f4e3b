"""Frames of the user's labels that are probably wrong: to be looked at again, worst first."""

from collections.abc import Iterator

import numpy as np

from sleap.suggestions.doubts import find_doubts, worst_of_frames
from sleap.suggestions.options import LabelQualityOptions
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search


@METHOD_REGISTRY.register("label_quality")
def label_quality(search: Search) -> Iterator[Found]:
    """Choose the most doubtful of the frames that the user labeled; groups are kinds of doubt.

    Frames are labeled by their very nature here: that they are does not keep them out.
    """
    options: LabelQualityOptions = search.options
    store = search.labels.store
    search.progress.check()
    doubts = worst_of_frames(find_doubts(store, options, search.progress))
    rows = store.frames.rows[[one.frame for one in doubts]]
    for video in search.videos:
        search.progress.check()
        places = np.flatnonzero(rows["video"] == search.number(video))
        indices = rows["frame_idx"][places].astype(np.int64)
        is_new = np.isin(indices, search.allowed(video, indices, labeled=True))
        places, indices = places[is_new][: options.per_video], indices[is_new][: options.per_video]
        for place, index in zip(places.tolist(), indices.tolist(), strict=True):
            one = doubts[place]
            search.progress.say(f"{video.name}, frame {index + 1}: {one.reason} ({one.score:.1f}).")
        groups = np.array([doubts[place].kind for place in places.tolist()], np.int64)
        yield Found(video, indices, groups, is_ranked=True)
