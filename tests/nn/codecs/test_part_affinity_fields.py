"""Part affinity fields there and back."""

from typing import Any

import numpy as np
import pytest

from sleap.nn.codecs.part_affinity_fields import encode, score_lines

ONE_EDGE = np.array([[0, 1]])

Array = np.ndarray


def score_all(
    fields: Array, stride: int, src: Array, dst: Array, edge: int, **options: Any
) -> tuple[Array, Array]:
    """Score the lines from each source to each destination: (n_src, n_dst) each."""
    rows, columns = np.indices((len(src), len(dst))).reshape(2, -1)
    edges = np.full(len(rows), edge)
    found = score_lines(fields, stride, src[rows], dst[columns], edges, **options)
    scores, fractions = (values.reshape(len(src), len(dst)) for values in found)
    return scores, fractions


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_encode_fills_the_band(stride: int) -> None:
    edges = np.array([[0, 1], [2, 1]])
    points = np.array([[[10.0, 12.3], [30.5, 25.0], [np.nan, 3.0]], [[50, 8], [20, 30.0], [5, 5]]])
    sigma = 4.0
    fields = encode(points, edges, (40, 64), sigma=sigma, stride=stride)
    assert fields.dtype == np.float32
    y, x = np.mgrid[:40:stride, :64:stride]
    expected = np.zeros((*y.shape, 4))
    for instance in points:
        for edge, (source, destination) in enumerate(edges):
            a, b = instance[source], instance[destination]
            if np.isnan([a, b]).any():
                continue
            length = np.linalg.norm(b - a)
            ux, uy = (b - a) / length
            along, aside = (x - a[0]) * ux + (y - a[1]) * uy, (y - a[1]) * ux - (x - a[0]) * uy
            inside = (along >= -sigma) & (along <= length + sigma) & (abs(aside) <= sigma)
            expected[:, :, 2 * edge] += ux * inside
            expected[:, :, 2 * edge + 1] += uy * inside
    np.testing.assert_allclose(fields, expected, atol=1e-6)
    assert np.abs(fields).sum() > 0


def test_nothing_to_draw() -> None:
    points = np.array([[[4.0, 4.0], [4.0, 4.0]], [[np.nan, 1], [3, 3]], [[-90, -90], [-80, -70]]])
    assert not encode(points, ONE_EDGE, (16, 16), sigma=2, stride=2).any()
    no_edges = encode(points, np.zeros((0, 2), dtype=int), (16, 16), sigma=2, stride=2)
    assert no_edges.shape == (8, 8, 0)


def test_the_shape_must_fit_the_stride() -> None:
    with pytest.raises(ValueError, match="no multiple of the stride"):
        encode(np.zeros((1, 2, 2)), ONE_EDGE, (30, 32), sigma=1, stride=4)


def test_scores_of_lines_in_a_uniform_field() -> None:
    field = np.zeros((40, 40, 2), dtype=np.float32)
    field[:, :, 0] = 1
    src = np.array([[10.0, 10.0], [30, 10], [10, 30], [30, 10]])
    dst = np.array([[30.0, 10.0], [30, 30], [0, 20], [0, 20]])
    scores, fractions = score_all(field, 1, src, dst, 0, min_edge_score=0.8)
    lines = dst[np.newaxis] - src[:, np.newaxis]
    length = np.linalg.norm(lines, axis=-1)
    expected = np.divide(lines[..., 0], length, out=np.zeros((4, 4)), where=length > 0)
    np.testing.assert_allclose(scores, expected, atol=1e-6)
    np.testing.assert_array_equal(fractions, expected > 0.8)
    assert scores[0, 0] == pytest.approx(1.0)
    assert scores[3, 3] == pytest.approx(-0.9487, abs=1e-4)
    assert scores[2, 3] == pytest.approx(-0.7071, abs=1e-4)


def test_sampling_is_bilinear_and_knows_the_stride() -> None:
    field = np.zeros((5, 5, 4), dtype=np.float32)
    field[:, :, 2] = np.arange(5)
    src, dst = np.array([[1.0, 0.0]]), np.array([[7.0, 0.0]])
    scores, _ = score_all(field, 2, src, dst, 1, n_samples=3)
    np.testing.assert_allclose(scores, [[(0.5 + 2 + 3.5) / 3]])


@pytest.mark.parametrize("stride", [1, 2, 4])
def test_true_pairs_score_higher_than_false_ones(stride: int) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        y = rng.permutation([20.0, 50.0, 80.0])
        src = np.stack([rng.uniform(20, 40, 3), y], axis=1)
        dst = src + rng.uniform([30, -8], [50, 8], (3, 2))
        points = np.stack([src, dst], axis=1)
        fields = encode(points, ONE_EDGE, (100, 100), sigma=5, stride=stride)
        scores, fractions = score_all(fields, stride, src, dst, 0, n_samples=10)
        np.testing.assert_allclose(np.diag(scores), 1, atol=1e-4)
        np.testing.assert_allclose(np.diag(fractions), 1)
        assert (scores - 9 * np.eye(3)).max() < 0.9


def test_no_points() -> None:
    field = np.zeros((5, 5, 2), dtype=np.float32)
    scores, fractions = score_all(field, 1, np.zeros((0, 2)), np.zeros((3, 2)), 0)
    assert scores.shape == fractions.shape == (0, 3)


def test_all_edges_at_once_are_as_each_alone() -> None:
    random = np.random.default_rng(0)
    fields = random.normal(size=(20, 24, 6)).astype(np.float32)
    sources, destinations = random.uniform(-8, 100, (2, 12, 2))
    edges = np.repeat([0, 1, 2], 4)
    scores, fractions = score_lines(
        fields, 4, sources, destinations, edges, n_samples=7, min_edge_score=0.1
    )
    for row, edge in enumerate(edges):
        expected, share = score_lines(
            fields,
            4,
            sources[row : row + 1],
            destinations[row : row + 1],
            np.array([edge]),
            n_samples=7,
            min_edge_score=0.1,
        )
        assert scores[row] == pytest.approx(expected[0], abs=1e-6)
        assert fractions[row] == pytest.approx(share[0])


def test_the_right_partner_scores_best() -> None:
    points = np.array([[[10.0, 10], [40, 12]], [[10, 50], [42, 48]]])
    fields = encode(points, np.array([[0, 1]]), (64, 64), sigma=4, stride=2)
    scores, fractions = score_lines(
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
    scores, fractions = score_lines(
        field, 1, point, point, np.array([0]), n_samples=5, min_edge_score=0.05
    )
    assert scores[0] == fractions[0] == 0
