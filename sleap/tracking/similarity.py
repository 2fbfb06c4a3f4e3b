"""What a similarity of poses is, and where they are registered.

A similarity compares each new pose with each candidate, a pose seen before, at once: it gets
``Sightings`` of n new poses and m candidates and returns (n, m) float64. Larger is more alike;
NaN says that the two cannot be compared, and keeps them apart.
"""

from collections.abc import Callable

from attrs import frozen

from sleap.core.tables import FloatArray
from sleap.registry import Registry
from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings


@frozen
class Setting:
    """What a similarity may need to know beside the poses.

    Attributes:
        options: As chosen by the user.
        frame_size: (height, width) of the full frame, pixels; None while not known.
    """

    options: TrackingOptions
    frame_size: tuple[int, int] | None = None


Similarity = Callable[[Sightings, Sightings, Setting], FloatArray]

SIMILARITY_REGISTRY: Registry[Similarity] = Registry("similarity")
