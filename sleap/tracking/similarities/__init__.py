"""Ways to tell how alike two poses are; one module for each, named as the option's value."""

from sleap.tracking.similarities import (
    centroid,
    instance,
    iou,
    normalized_instance,
    object_keypoint,
)

__all__ = ["centroid", "instance", "iou", "normalized_instance", "object_keypoint"]
