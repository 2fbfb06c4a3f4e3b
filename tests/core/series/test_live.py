from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import STATISTICS, LiveSeries, compute
from sleap.errors import LabelsError, UnknownNameError

Make = Callable[..., sleap.Labels]
Edit = Callable[[sleap.Labels, np.random.Generator, int], list[int]]


@pytest.mark.parametrize("name", STATISTICS)
def test_values_follow_edits(name: str, random_labels: Make, edit_labels: Edit) -> None:
    labels, rng = random_labels(5), np.random.default_rng(5)
    live = LiveSeries(labels.store, 0, name, "b")
    np.testing.assert_array_equal(live.values, compute(labels.store, 0, name, "b"))
    for step in range(10):
        before = live.values.copy()
        changed = live.update(labels.store, edit_labels(labels, rng, step))
        if changed is not None:
            others = np.setdiff1d(np.arange(len(before)), changed)
            np.testing.assert_array_equal(before[others], live.values[others])
        else:
            assert len(live.values) > len(before)
        np.testing.assert_allclose(live.values, compute(labels.store, 0, name, "b"), rtol=1e-12)


def test_an_unknown_name_or_node_is_told(random_labels: Make) -> None:
    store = random_labels(0).store
    with pytest.raises(UnknownNameError, match="point_count"):
        LiveSeries(store, 0, "points_count")
    with pytest.raises(LabelsError, match="nose"):
        LiveSeries(store, 0, "primary_point_displacement_max", "nose")
