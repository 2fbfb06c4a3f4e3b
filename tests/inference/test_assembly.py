import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.inference.assembly import (
    Connections,
    assemble,
    candidates,
    group,
    length_penalty,
    match,
)


def connect(*rows: tuple[int, int, int, float]) -> Connections:
    """Connections from (edge, source, destination, score)."""
    edges, sources, destinations, scores = np.array(rows, dtype=float).reshape(-1, 4).T
    return Connections(edges.astype(int), sources.astype(int), destinations.astype(int), scores)


def test_candidates_are_all_pairs_of_the_right_nodes() -> None:
    points = np.array([[0, 0], [10, 0], [0, 10], [20, 0], [0.5, 0]])
    channels = np.array([0, 1, 1, 2, 1])
    pairs = candidates(points, channels, np.array([[0, 1], [1, 2]]), min_distance=1.0)
    found = list(zip(pairs.edges, pairs.sources, pairs.destinations, strict=True))
    assert found == [(0, 0, 1), (0, 0, 2), (1, 1, 3), (1, 2, 3), (1, 4, 3)]


def test_candidates_of_nothing() -> None:
    empty = np.empty(0, dtype=int)
    assert len(candidates(np.empty((0, 2)), empty, np.array([[0, 1]]), min_distance=1)) == 0
    edges = np.empty((0, 2), dtype=int)
    assert len(candidates(np.zeros((1, 2)), np.array([0]), edges, min_distance=1)) == 0


def test_only_long_edges_are_penalised() -> None:
    penalty = length_penalty(np.array([0.0, 10.0, 20.0, 40.0]), 20.0)
    np.testing.assert_allclose(penalty, [0, 0, 0, -0.5])


def test_each_peak_is_used_once_for_each_edge() -> None:
    kept = match(connect((0, 0, 1, 0.9), (0, 0, 2, 0.8), (0, 3, 1, 0.7), (0, 3, 2, 0.1)))
    assert list(zip(kept.sources, kept.destinations, strict=True)) == [(0, 1), (3, 2)]


def test_a_peak_may_be_in_edges_of_other_types() -> None:
    assert len(match(connect((0, 0, 1, 0.9), (1, 1, 2, 0.8), (2, 0, 2, 0.7)))) == 3


def test_classic_grouping() -> None:
    # a(10, 10), b(20, 20), b'(22, 18), c(20, 0); and in another image b(0, 0), c(30, 30)
    channels = np.array([0, 1, 1, 2])
    assert group(channels, connect((0, 0, 1, 1), (1, 2, 3, 1))).tolist() == [0, 0, 1, 1]
    assert group(np.array([1, 2]), connect((1, 0, 1, 1))).tolist() == [0, 0]


def test_a_new_source_joins_the_group_of_its_destination() -> None:
    channels = np.array([0, 1, 2])
    assert group(channels, connect((1, 1, 2, 0.9), (0, 0, 1, 0.5))).tolist() == [0, 0, 0]


def test_two_groups_are_joined() -> None:
    channels = np.array([0, 1, 2, 3])
    groups = group(channels, connect((0, 0, 1, 0.9), (2, 2, 3, 0.8), (1, 1, 2, 0.5)))
    assert groups.tolist() == [0, 0, 0, 0]


def test_a_loop_does_not_tie_two_animals_together() -> None:
    channels = np.array([0, 1, 2, 0, 1, 2])
    loop = connect((0, 0, 1, 0.9), (1, 1, 2, 0.9), (0, 3, 4, 0.9), (1, 4, 5, 0.9), (2, 0, 5, 0.1))
    assert group(channels, loop).tolist() == [0, 0, 0, 1, 1, 1]


def test_an_animal_carries_its_points_values_and_score() -> None:
    points = np.array([[1.0, 2.0], [3.0, 4.0], [9.0, 9.0]])
    values = np.array([0.5, 0.7, 0.9])
    animals = assemble(
        points,
        values,
        np.array([0, 1, 2]),
        connect((0, 0, 1, 0.9)),
        n_nodes=3,
        n_edges=2,
        min_peaks=2,
    )
    assert len(animals) == 1
    np.testing.assert_array_equal(animals.points[0], [[1, 2], [3, 4], [np.nan, np.nan]])
    np.testing.assert_allclose(animals.point_scores[0], [0.5, 0.7, 0.0])
    assert animals.scores[0] == pytest.approx((0.9 + 0.5 + 0.7) / 3 / 2)


def test_small_animals_are_dropped_and_the_best_come_first() -> None:
    channels = np.array([0, 1, 0, 1, 2])
    connections = connect((0, 0, 1, 0.3), (0, 2, 3, 0.9), (1, 3, 4, 0.9))
    settings = {"n_nodes": 3, "n_edges": 2}
    points, values = np.arange(10.0).reshape(5, 2), np.full(5, 0.9)
    both = assemble(points, values, channels, connections, min_peaks=2, **settings)
    assert (~np.isnan(both.points[..., 0])).sum(axis=1).tolist() == [3, 2]
    one = assemble(points, values, channels, connections, min_peaks=3, **settings)
    assert len(one) == 1


def test_no_peaks_no_animals() -> None:
    empty = np.empty(0)
    animals = assemble(
        np.empty((0, 2)), empty, empty.astype(int), connect(), n_nodes=3, n_edges=2, min_peaks=2
    )
    assert animals.points.shape == (0, 3, 2)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 6), st.integers(2, 6), st.integers(0, 10_000))
def test_no_animal_has_a_node_twice_and_no_peak_two_animals(
    n_animals: int, n_nodes: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    channels = np.repeat(np.arange(n_nodes), n_animals)
    points = random.uniform(0, 100, (len(channels), 2))
    edges = np.array([(a, b) for a in range(n_nodes) for b in range(a + 1, n_nodes)])
    pairs = candidates(points, channels, edges, min_distance=0)
    groups = group(channels, match(pairs.with_scores(random.uniform(0, 1, len(pairs)))))
    for number in range(groups.max() + 1):
        nodes = channels[groups == number]
        assert len(set(nodes.tolist())) == len(nodes)
