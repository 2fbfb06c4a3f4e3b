import warnings

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sleap.tracking.geometry import box_overlaps, boxes, distances, median_points

coordinate = st.one_of(st.floats(-1e4, 1e4), st.just(np.nan))


@given(arrays(np.float64, (3, 5, 2), elements=coordinate))
def test_medians_are_those_of_numpy(points: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = np.nanmedian(points, axis=1)
    np.testing.assert_allclose(median_points(points), expected, atol=1e-9)


@given(arrays(np.float64, (3, 4, 2), elements=coordinate))
def test_boxes_are_those_of_numpy(points: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = np.concatenate([np.nanmin(points, axis=1), np.nanmax(points, axis=1)], axis=1)
    np.testing.assert_array_equal(boxes(points), expected)


def test_nothing_gives_nothing() -> None:
    assert median_points(np.empty((0, 3, 2))).shape == (0, 2)
    assert boxes(np.empty((0, 3, 2))).shape == (0, 4)
    assert np.isnan(median_points(np.empty((1, 0, 2)))).all()
    assert np.isnan(boxes(np.empty((1, 0, 2)))).all()


def test_distances() -> None:
    a, b = np.array([[0.0, 0], [3, 4]]), np.array([[3.0, 4], [0, 0], [np.nan, 1]])
    np.testing.assert_allclose(distances(a, b), [[5, 0, np.nan], [0, 5, np.nan]])


def test_boxes_cover_their_corner_pixels() -> None:
    a, b = np.array([[0.0, 0, 9, 9]]), np.array([[9.0, 9, 10, 10], [20, 20, 30, 30]])
    intersection, area_a, area_b = box_overlaps(a, b)
    assert intersection.tolist() == [[1, 0]]
    assert area_a.tolist() == [100]
    assert area_b.tolist() == [4, 121]
