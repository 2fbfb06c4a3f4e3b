import numpy as np
import pytest

from sleap.inference.lines import score_pairs
from sleap.nn.codecs.part_affinity_fields import encode, score_lines


def score_classic(source: tuple[float, float], destination: tuple[float, float]) -> float:
    """Score one line in a field that points to the right everywhere."""
    field = np.zeros((40, 40, 2), dtype=np.float32)
    field[..., 0] = 1
    scores, _ = score_pairs(
        field,
        1,
        np.array([source], dtype=float),
        np.array([destination], dtype=float),
        np.array([0]),
        n_samples=5,
        min_edge_score=0.05,
    )
    return float(scores[0])


def test_lines_of_a_constant_field() -> None:
    assert score_classic((10, 10), (30, 10)) == pytest.approx(1)
    assert score_classic((10, 10), (10, 30)) == pytest.approx(0)
    assert score_classic((30, 10), (0, 20)) == pytest.approx(-0.95, abs=0.005)
    assert score_classic((10, 30), (0, 20)) == pytest.approx(-0.71, abs=0.005)


def test_all_edges_at_once_are_as_each_alone() -> None:
    random = np.random.default_rng(0)
    fields = random.normal(size=(20, 24, 6)).astype(np.float32)
    sources, destinations = random.uniform(-8, 100, (2, 12, 2))
    edges = np.repeat([0, 1, 2], 4)
    scores, fractions = score_pairs(
        fields, 4, sources, destinations, edges, n_samples=7, min_edge_score=0.1
    )
    for row, edge in enumerate(edges):
        expected, share = score_lines(
            fields,
            4,
            sources[row : row + 1],
            destinations[row : row + 1],
            int(edge),
            n_samples=7,
            min_edge_score=0.1,
        )
        assert scores[row] == pytest.approx(expected[0, 0], abs=1e-6)
        assert fractions[row] == pytest.approx(share[0, 0])


def test_the_right_partner_scores_best() -> None:
    points = np.array([[[10.0, 10], [40, 12]], [[10, 50], [42, 48]]])
    fields = encode(points, np.array([[0, 1]]), (64, 64), sigma=4, stride=2)
    scores, fractions = score_pairs(
        fields,
        2,
        points[[0, 0, 1, 1], 0],
        points[[0, 1, 0, 1], 1],
        np.zeros(4, dtype=int),
        n_samples=5,
        min_edge_score=0.05,
    )
    assert scores[[0, 3]] == pytest.approx([1, 1], abs=0.02)
    assert fractions[[0, 3]] == pytest.approx([1, 1])
    assert (scores[[1, 2]] < 0.7).all()


def test_a_line_of_no_length_scores_nothing() -> None:
    field = np.ones((8, 8, 2), dtype=np.float32)
    point = np.array([[3.0, 3.0]])
    scores, fractions = score_pairs(
        field, 1, point, point, np.array([0]), n_samples=5, min_edge_score=0.05
    )
    assert scores[0] == fractions[0] == 0
