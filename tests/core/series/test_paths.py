from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import compute, paths
from sleap.core.series.paths import NodePaths

Make = Callable[..., sleap.Labels]
Edit = Callable[[sleap.Labels, np.random.Generator, int], list[int]]


@pytest.mark.parametrize("how", ["sum", "max"])
@pytest.mark.parametrize("n_tracks", [0, 2, 6])
@pytest.mark.parametrize("seed", range(4))
def test_paths_follow_edits(
    seed: int, n_tracks: int, how: str, random_labels: Make, edit_labels: Edit
) -> None:
    labels, rng = random_labels(seed, n_tracks=n_tracks), np.random.default_rng(seed)
    name = f"primary_point_displacement_{how}"
    found = NodePaths(labels.store, 0, 0, how)
    n_changed = 0
    for step in range(25):
        before = found.values.copy()
        edited = edit_labels(labels, rng, step)
        if step % 6 == 5:
            edited = [*edited, *edit_labels(labels, rng, step + 1)]
        found.update(labels.store, edited)
        expected = compute(labels.store, 0, name)
        np.testing.assert_allclose(found.values, expected, rtol=1e-12)
        n_changed += not np.array_equal(before, found.values, equal_nan=True)
    assert n_changed > 3


def test_a_large_edit_makes_all_anew(random_labels: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "N_LOOKUPS", 5)
    labels = random_labels(1)
    found = NodePaths(labels.store, 0, 0, "sum")
    labels.remove_instances(labels.instance_rows(labels.videos[0])[:20])
    found.update(labels.store, range(30))
    expected = compute(labels.store, 0, "primary_point_displacement_sum")
    np.testing.assert_array_equal(found.values, expected)
