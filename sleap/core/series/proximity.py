"""How near animals are to each other: where they meet, identities are swapped."""

import numpy as np

from sleap.core.series.sightings import Sightings
from sleap.core.series.statistic import enter
from sleap.core.tables import FloatArray

N_PAIRS = 1 << 20
"""Pairs of instances handled at a time, so that temporary arrays stay small."""


@enter(
    *("min_centroid_proximity", "Centroid proximity (min)"),
    "The distance between the two nearest instances",
    unit="px",
)
def min_centroid_proximity(sightings: Sightings, node: int) -> FloatArray:
    """Find the least distance of two centroids; NaN on a frame with fewer than two."""
    centroids = _centroids(sightings)
    known = ~np.isnan(centroids[:, 0])
    owners, centroids = sightings.owners[known], centroids[known]
    result = np.full(sightings.n_frames, np.nan)
    counts = np.bincount(owners, minlength=sightings.n_frames)
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    for count in np.unique(counts[counts > 1]).tolist():
        frames = np.flatnonzero(counts == count)
        a, b = np.triu_indices(count, 1)
        size = max(1, N_PAIRS // len(a))
        for begin in range(0, len(frames), size):
            part = frames[begin : begin + size]
            xy = centroids[starts[part][:, None] + np.arange(count)]
            step = xy[:, a] - xy[:, b]
            result[part] = np.sqrt((step * step).sum(axis=2).min(axis=1))
    return result


def _centroids(sightings: Sightings) -> FloatArray:
    """Return (n, 2) the mean of the visible points of each instance, pixels; NaN without any."""
    result = np.full((len(sightings.rows), 2), np.nan)
    for part, _, points in sightings.blocks():
        known = ~np.isnan(points[0])
        n_known = known.sum(axis=0)
        with np.errstate(invalid="ignore"):
            for axis in (0, 1):
                result[part, axis] = np.where(known, points[axis], 0).sum(axis=0) / n_known
    return result
