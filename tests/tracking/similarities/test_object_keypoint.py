import numpy as np
import pytest

from sleap.errors import OptionError
from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarities.object_keypoint import compare
from sleap.tracking.similarity import Setting

MISSING = [np.nan, np.nan]
NEW = Sightings(np.array([[[0.0, 0], [10, 0], MISSING]]), np.array([[0.5, 1, 0]]))
PAST = Sightings(np.array([[[0.0, 1], MISSING, MISSING]]), np.array([[0.5, 0, 0]]))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (TrackingOptions(), np.exp(-0.5) / 3),
        (TrackingOptions(oks_errors="2,1,1"), np.exp(-0.125) / 3),
        (TrackingOptions(oks_normalization="ref"), np.exp(-0.5)),
        (TrackingOptions(oks_normalization="union"), np.exp(-0.5) / 2),
        (TrackingOptions(oks_score_weighting=True), 0.25 * np.exp(-0.5) / 3),
    ],
)
def test_each_option_has_its_effect(options: TrackingOptions, expected: float) -> None:
    np.testing.assert_allclose(compare(NEW, PAST, Setting(options)), [[expected]])


def test_one_error_for_each_node() -> None:
    with pytest.raises(OptionError, match="expected 1, or 3"):
        compare(NEW, PAST, Setting(TrackingOptions(oks_errors="1,2")))
