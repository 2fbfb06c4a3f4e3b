"""How well the points of two poses lie on each other."""

import numpy as np

from sleap.core.tables import FloatArray
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting


@SIMILARITY_REGISTRY.register("instance")
def compare(new: Sightings, past: Sightings, setting: Setting) -> FloatArray:
    """Sum exp(-distance²) over the points of both, divided by the visible points of the new pose.

    Args:
        new: n poses, pixels.
        past: m candidates, pixels.
        setting: Not needed.

    Returns:
        (n, m) in [0, 1]; NaN if the new pose has no point.
    """
    difference = new.points[:, None] - past.points[None]
    squared = np.einsum("nmkc,nmkc->nmk", difference, difference)
    closeness = np.exp(-squared)
    closeness[closeness != closeness] = 0.0  # NaN: missing in one of the two
    visible = new.n_visible[:, None].astype(np.float64)
    visible[visible == 0] = np.nan
    result: FloatArray = closeness.sum(axis=2) / visible
    return result
