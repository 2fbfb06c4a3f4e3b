import numpy as np

from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarities.centroid import compare
from sleap.tracking.similarity import Setting


def test_negative_distance_of_medians() -> None:
    new = Sightings(np.array([[[0.0, 0], [10, 0], [np.nan, np.nan]]]), np.ones((1, 3)))
    past = Sightings(np.array([[[4.0, 4], [8, 4], [900, 3]]]), np.ones((1, 3)))
    value = compare(new, past, Setting(TrackingOptions()))
    np.testing.assert_allclose(value, [[-5]])  # medians (5, 0) and (8, 4)
