import numpy as np
import pytest

from sleap.core.tables import POINTS
from sleap.io.slp.upgrade import upgrade_points


@pytest.mark.parametrize(("format_id", "shift"), [(1.0, 0.5), (1.1, 0.0), (1.2, 0.0), (2.7, 0.0)])
def test_only_the_first_version_is_shifted(format_id: float, shift: float) -> None:
    points = np.zeros(2, POINTS)
    points["x"], points["y"] = [1, np.nan], [2, np.nan]
    upgraded = upgrade_points(points, format_id)
    np.testing.assert_array_equal(upgraded["x"], [1 - shift, np.nan])
    np.testing.assert_array_equal(upgraded["y"], [2 - shift, np.nan])
