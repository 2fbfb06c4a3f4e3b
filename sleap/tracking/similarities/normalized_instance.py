"""How well the points of two poses lie on each other, in units of the image."""

import numpy as np

from sleap.core.tables import FloatArray
from sleap.errors import OptionError
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting


@SIMILARITY_REGISTRY.register("normalized_instance")
def compare(new: Sightings, past: Sightings, setting: Setting) -> FloatArray:
    """Sum exp(-distance²) over the points of both, divided by the visible points of the new pose.

    Coordinates are divided by the width and height of the image first: x and y run from 0 to 1,
    so that far poses still differ in similarity where pixels would all give 0.

    Args:
        new: n poses, pixels.
        past: m candidates, pixels.
        setting: ``frame_size`` is needed.

    Returns:
        (n, m) in [0, 1]; NaN if the new pose has no point.

    Raises:
        OptionError: If the size of the frame is not known.
    """
    if setting.frame_size is None:
        raise OptionError(
            "Similarity 'normalized_instance' needs the size of the frames, which is not known: "
            "give the video, or choose similarity 'instance'."
        )
    height, width = setting.frame_size
    difference = (new.points[:, None] - past.points[None]) / (width, height)
    squared = np.einsum("nmkc,nmkc->nmk", difference, difference)
    closeness = np.exp(-squared)
    closeness[closeness != closeness] = 0.0  # NaN: missing in one of the two
    visible = new.n_visible[:, None].astype(np.float64)
    visible[visible == 0] = np.nan
    result: FloatArray = closeness.sum(axis=2) / visible
    return result
