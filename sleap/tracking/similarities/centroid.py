"""How near two poses are."""

from sleap.core.tables import FloatArray
from sleap.tracking.geometry import distances, median_points
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting


@SIMILARITY_REGISTRY.register("centroid")
def compare(new: Sightings, past: Sightings, setting: Setting) -> FloatArray:
    """Take the negative distance between the medians of the points.

    Args:
        new: n poses, pixels.
        past: m candidates, pixels.
        setting: Not needed.

    Returns:
        (n, m) at most 0, pixels; NaN if either has no point.
    """
    return -distances(median_points(new.points), median_points(past.points))
