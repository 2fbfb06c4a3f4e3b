from collections.abc import Callable

import numpy as np
import pytest

import sleap
from sleap.core.series import compute, proximity


@pytest.mark.parametrize("seed", range(4))
def test_the_nearest_two(
    seed: int, random_labels: Callable[..., sleap.Labels], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proximity, "N_PAIRS", 3)
    labels = random_labels(seed)
    found = compute(labels.store, 0, "min_centroid_proximity")
    assert not np.isnan(found).all()
    for frame in labels[labels.videos[0]]:
        hidden = {one.from_predicted.row for one in frame.instances if one.from_predicted}
        shown = [one for one in frame.instances if one.row not in hidden and one.n_visible]
        centroids = [one.centroid() for one in shown]
        distances = [
            float(np.linalg.norm(a - b))
            for place, a in enumerate(centroids)
            for b in centroids[:place]
        ]
        expected = min(distances, default=np.nan)
        assert found[frame.frame_idx] == pytest.approx(expected, nan_ok=True)
