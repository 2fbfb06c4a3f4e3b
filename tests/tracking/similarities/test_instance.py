import numpy as np

from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarities.instance import compare
from sleap.tracking.similarity import Setting


def test_sum_over_common_points_divided_by_visible_ones() -> None:
    new = Sightings(np.array([[[0.0, 0], [10, 0], [20, 0]]]), np.ones((1, 3)))
    past = Sightings(np.array([[[0.0, 1], [10, 2], [np.nan, np.nan]]]), np.ones((1, 3)))
    value = compare(new, past, Setting(TrackingOptions()))
    np.testing.assert_allclose(value, [[(np.exp(-1) + np.exp(-4)) / 3]])
