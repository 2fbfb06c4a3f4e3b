"""How much the bounding boxes of two poses overlap."""

from sleap.core.tables import FloatArray
from sleap.tracking.geometry import box_overlaps, boxes
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting


@SIMILARITY_REGISTRY.register("iou")
def compare(new: Sightings, past: Sightings, setting: Setting) -> FloatArray:
    """Divide the intersection of the boxes by their union.

    A box covers the pixels of its corners: one from 10 to 19 is 10 pixels wide.

    Args:
        new: n poses, pixels.
        past: m candidates, pixels.
        setting: Not needed.

    Returns:
        (n, m) in [0, 1]; NaN if either has no point.
    """
    intersection, area_new, area_past = box_overlaps(boxes(new.points), boxes(past.points))
    result: FloatArray = intersection / (area_new[:, None] + area_past - intersection)
    return result
