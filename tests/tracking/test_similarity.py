"""What holds for every registered similarity."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sleap.tracking.similarities  # noqa: F401
from sleap.tracking.options import SIMILARITIES, TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting

SETTING = Setting(TrackingOptions(), (100, 200))


def make(seed: int, n: int, n_nodes: int = 4) -> Sightings:
    random = np.random.default_rng(seed)
    points = random.uniform(0, 100, (n, n_nodes, 2))
    points[random.random((n, n_nodes)) < 0.2] = np.nan
    return Sightings(points, random.random((n, n_nodes)))


def test_options_name_what_is_registered() -> None:
    assert tuple(SIMILARITY_REGISTRY.names) == tuple(sorted(SIMILARITIES))


@pytest.mark.parametrize("name", SIMILARITIES)
@given(seed=st.integers(0, 10_000), n=st.integers(0, 4), m=st.integers(0, 4))
@settings(max_examples=25)
def test_order_does_not_matter(name: str, seed: int, n: int, m: int) -> None:
    compare = SIMILARITY_REGISTRY.get(name)
    new, past = make(seed, n), make(seed + 1, m)
    values = compare(new, past, SETTING)
    assert values.shape == (n, m)
    random = np.random.default_rng(seed)
    rows, columns = random.permutation(n), random.permutation(m)
    shuffled = compare(new.select(rows), past.select(columns), SETTING)
    np.testing.assert_array_equal(shuffled, values[rows][:, columns])


@pytest.mark.parametrize("name", SIMILARITIES)
def test_nothing_is_more_alike_than_itself(name: str) -> None:
    random = np.random.default_rng(1)
    points = random.uniform(0, 100, (5, 4, 2))
    seen = Sightings(points, np.ones((5, 4)))
    values = SIMILARITY_REGISTRY.get(name)(seen, seen, SETTING)
    assert (values <= values.diagonal()[:, None] + 1e-12).all()
    np.testing.assert_allclose(values.diagonal(), 0 if name == "centroid" else 1)


@pytest.mark.parametrize("name", SIMILARITIES)
def test_a_pose_without_points_is_like_none(name: str) -> None:
    nobody = Sightings(np.full((1, 4, 2), np.nan), np.zeros((1, 4)))
    values = SIMILARITY_REGISTRY.get(name)(nobody, make(3, 2), SETTING)
    assert not (values > 0).any()
