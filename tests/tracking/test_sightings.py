import numpy as np

from sleap.tracking.sightings import Sightings


def test_what_is_visible() -> None:
    points = np.array([[[1.0, 2], [np.nan, np.nan]], [[np.nan, np.nan], [np.nan, np.nan]]])
    seen = Sightings(points, np.ones((2, 2)))
    assert len(seen) == 2
    assert seen.visible.tolist() == [[True, False], [False, False]]
    assert seen.n_visible.tolist() == [1, 0]
    assert seen.select(np.array([False, True])).n_visible.tolist() == [0]
