import numpy as np
import pytest

from sleap.errors import OptionError
from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarities.normalized_instance import compare
from sleap.tracking.similarity import Setting

NEW = Sightings(np.array([[[0.0, 0], [10, 0]]]), np.ones((1, 2)))
PAST = Sightings(np.array([[[100.0, 0], [10, 50]]]), np.ones((1, 2)))


def test_distances_in_units_of_the_image() -> None:
    value = compare(NEW, PAST, Setting(TrackingOptions(), (100, 200)))
    np.testing.assert_allclose(value, [[np.exp(-0.25)]])  # half the width, half the height


def test_size_of_the_frame_is_needed() -> None:
    with pytest.raises(OptionError, match="size of the frames"):
        compare(NEW, PAST, Setting(TrackingOptions()))
