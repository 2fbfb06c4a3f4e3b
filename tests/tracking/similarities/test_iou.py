import numpy as np

from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarities.iou import compare
from sleap.tracking.similarity import Setting


def test_intersection_over_union_of_boxes() -> None:
    new = Sightings(np.array([[[0.0, 0], [9, 9]]]), np.ones((1, 2)))
    past = Sightings(np.array([[[5.0, 0], [14, 9]], [[50, 50], [60, 60]]]), np.ones((2, 2)))
    value = compare(new, past, Setting(TrackingOptions()))
    np.testing.assert_allclose(value, [[50 / 150, 0]])
