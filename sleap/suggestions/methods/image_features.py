"""Frames that look different: some of each group of similar images.

Frames are sampled, described by vectors, told apart by a few principal components, and grouped by
k-means. Of each group the most typical frame is chosen, then those least like the chosen ones.
"""

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.suggestions.clustering import k_means, pick_spread, principal_components
from sleap.suggestions.features import describe_images
from sleap.suggestions.options import ImageFeaturesOptions
from sleap.suggestions.sampling import choose
from sleap.suggestions.strategy import METHOD_REGISTRY, Found, Search
from sleap.video.reader import Image


@frozen(eq=False)
class Sample:
    """Frames of one video, ascending, so that they are decoded in one go."""

    video: Video
    frame_indices: IntArray


@METHOD_REGISTRY.register("image_features")
def image_features(search: Search) -> Iterator[Found]:
    """Choose frames of each group of similar images; the group is that of the suggestion."""
    options: ImageFeaturesOptions = search.options
    random = np.random.default_rng(options.seed)
    samples = []
    for video in search.videos:
        readable = search.readable(video)
        taken = search.taken(video, readable)
        places = choose(taken, options.per_video, options.sample_method, random)
        if len(places):
            samples.append(Sample(video, readable[places]))
    if options.merge_video_features == "per_video":
        for one in samples:
            yield from _choose_of(search, [one], random)
    elif samples:
        yield from _choose_of(search, samples, random)


def _choose_of(
    search: Search, samples: list[Sample], random: np.random.Generator
) -> Iterator[Found]:
    options: ImageFeaturesOptions = search.options
    n_images = sum(len(one.frame_indices) for one in samples)
    names = samples[0].video.name if len(samples) == 1 else f"{len(samples)} videos"
    search.progress.begin(f"Looking at {names}", n_images)
    vectors = describe_images(_read(search, samples), n_images, options, options.seed)
    points = principal_components(vectors, options.pca_components, random, search.progress)
    groups, centers = k_means(points, options.n_clusters, random, search.progress)
    chosen = np.zeros(n_images, bool)
    for group, center in enumerate(centers):
        members = np.flatnonzero(groups == group)
        chosen[members[pick_spread(points[members], center, options.per_cluster)]] = True
    search.progress.end()
    begin = 0
    for one in samples:
        part = slice(begin, begin + len(one.frame_indices))
        yield Found(one.video, one.frame_indices[chosen[part]], groups[part][chosen[part]])
        begin = part.stop


def _read(search: Search, samples: list[Sample]) -> Iterator[Image]:
    for one in samples:
        with search.open(one.video) as reader:
            for _, image in reader.iterate(one.frame_indices.tolist()):
                search.progress.check()
                yield image
                search.progress.advance()
