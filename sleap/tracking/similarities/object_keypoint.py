"""How well the points of two poses lie on each other, with a tolerance for each node."""

import numpy as np

from sleap.core.tables import FloatArray
from sleap.errors import OptionError
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting


@SIMILARITY_REGISTRY.register("object_keypoint")
def compare(new: Sightings, past: Sightings, setting: Setting) -> FloatArray:
    """Sum exp(-distance² / (2 error²)) over the points of both, divided by a number of points.

    Args:
        new: n poses, pixels.
        past: m candidates, pixels.
        setting: ``oks_errors`` are the tolerances, pixels; ``oks_score_weighting`` multiplies each
            term by the scores of the two points; ``oks_normalization`` tells what to divide by:
            "all" nodes, the visible points of the candidate ("ref"), or of either ("union").

    Returns:
        (n, m) in [0, 1]; NaN if there is nothing to divide by.

    Raises:
        OptionError: If there are several errors, but not one for each node.
    """
    options = setting.options
    n_nodes = new.points.shape[1]
    spreads = options.oks_spreads
    if len(spreads) not in (1, n_nodes):
        raise OptionError(
            f"oks_errors has {len(spreads)} numbers; expected 1, or {n_nodes}: one for each node "
            "of the skeleton."
        )
    difference = new.points[:, None] - past.points[None]
    squared = np.einsum("nmkc,nmkc->nmk", difference, difference)
    closeness = np.exp(-squared / (2 * np.square(spreads)))
    closeness[closeness != closeness] = 0.0  # NaN: missing in one of the two
    if options.oks_score_weighting:
        closeness *= np.nan_to_num(new.point_scores[:, None] * past.point_scores[None])
    if options.oks_normalization == "all":
        n_points = np.full((len(new), len(past)), float(n_nodes))
    elif options.oks_normalization == "ref":
        n_points = np.broadcast_to(past.n_visible.astype(float), (len(new), len(past))).copy()
    else:
        n_points = (new.visible[:, None] | past.visible[None]).sum(axis=2).astype(float)
    n_points[n_points == 0] = np.nan
    result: FloatArray = closeness.sum(axis=2) / n_points
    return result
