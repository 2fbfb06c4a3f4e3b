import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from sleap.tracking.matching import MATCHER_REGISTRY, are_first_choices
from sleap.tracking.options import MATCHERS

costs = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=5),
    elements=st.one_of(st.floats(-100, 100), st.just(np.inf), st.just(np.nan)),
)


def test_options_name_what_is_registered() -> None:
    assert tuple(MATCHER_REGISTRY.names) == MATCHERS


@pytest.mark.parametrize(
    ("cost", "first"), [([[10, 200], [75, 150]], False), ([[10, 200], [150, 75]], True)]
)
def test_greedy_golden(cost: list[list[int]], first: bool) -> None:
    matrix = np.array(cost, float)
    rows, columns = MATCHER_REGISTRY.get("greedy")(matrix)
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == [(0, 0), (1, 1)]
    assert are_first_choices(matrix, rows, columns) is first


def test_greedy_takes_the_cheapest_first_and_hungarian_the_cheapest_sum() -> None:
    cost = np.array([[1.0, 2], [2, 9]])
    rows, columns = MATCHER_REGISTRY.get("greedy")(cost)
    assert cost[rows, columns].sum() == 10
    rows, columns = MATCHER_REGISTRY.get("hungarian")(cost)
    assert cost[rows, columns].sum() == 4


@pytest.mark.parametrize("name", MATCHERS)
@given(cost=costs)
def test_pairs_are_allowed_and_disjoint(name: str, cost: np.ndarray) -> None:
    rows, columns = MATCHER_REGISTRY.get(name)(cost)
    assert len(set(rows.tolist())) == len(rows) == len(columns) == len(set(columns.tolist()))
    assert np.isfinite(cost[rows, columns]).all()
    free_rows = np.setdiff1d(np.arange(cost.shape[0]), rows)
    free_columns = np.setdiff1d(np.arange(cost.shape[1]), columns)
    assert not np.isfinite(cost[np.ix_(free_rows, free_columns)]).any()


@given(cost=costs)
def test_hungarian_is_never_worse_than_greedy(cost: np.ndarray) -> None:
    greedy = MATCHER_REGISTRY.get("greedy")(cost)
    best = MATCHER_REGISTRY.get("hungarian")(cost)
    assert len(best[0]) >= len(greedy[0])
    if len(best[0]) == len(greedy[0]):
        assert cost[best].sum() <= cost[greedy].sum() + 1e-9


@pytest.mark.parametrize("name", MATCHERS)
@given(seed=st.integers(0, 1000), n=st.integers(1, 5), m=st.integers(1, 5))
def test_order_does_not_matter(name: str, seed: int, n: int, m: int) -> None:
    random = np.random.default_rng(seed)
    cost = random.random((n, m))
    rows, columns = random.permutation(n), random.permutation(m)
    match = MATCHER_REGISTRY.get(name)
    plain = set(zip(*(part.tolist() for part in match(cost)), strict=True))
    shuffled = match(cost[rows][:, columns])
    assert set(zip(rows[shuffled[0]].tolist(), columns[shuffled[1]].tolist(), strict=True)) == plain


def test_no_pair_is_a_first_choice_trivially() -> None:
    none = np.empty(0, np.int64)
    assert are_first_choices(np.empty((0, 0)), none, none)
