import numpy as np
import pytest

from sleap.nn.data.resize import resize_image, scale_points, scaled_shape


def test_scaled_shape_floors_but_forgives_rounding():
    assert scaled_shape(100, 101, 0.29) == (29, 29)
    assert scaled_shape(3, 5, 0.1) == (1, 1)


def test_half_scale_is_the_mean_of_four_pixels():
    image = np.random.default_rng(0).integers(0, 255, (6, 8, 1), dtype=np.uint8)
    means = image.reshape(3, 2, 4, 2).mean(axis=(1, 3))
    assert np.abs(resize_image(image, 0.5)[..., 0] - means).max() <= 0.5


def test_scale_one_returns_the_very_array():
    image = np.zeros((4, 4, 3), dtype=np.uint8)
    assert resize_image(image, 1.0) is image


def test_colour_keeps_its_channels():
    assert resize_image(np.zeros((9, 7, 3), dtype=np.uint8), 1.5).shape == (13, 10, 3)


@pytest.mark.parametrize("scale", [0.25, 0.4, 0.5, 1.7])
def test_points_follow_a_blob(scale):
    x, y = np.meshgrid(np.arange(97), np.arange(83))
    blob = 255 * np.exp(-((x - 41.3) ** 2 + (y - 37.8) ** 2) / (2 * 7**2))
    small = resize_image(blob.astype(np.uint8)[..., None], scale)[..., 0].astype(float)
    columns, rows = np.meshgrid(np.arange(small.shape[1]), np.arange(small.shape[0]))
    found = np.array([(small * columns).sum(), (small * rows).sum()]) / small.sum()
    expected = scale_points(np.array([41.3, 37.8]), (83, 97), small.shape)
    assert np.abs(found - expected).max() < 0.05


def test_scaling_back_is_exact_and_keeps_missing():
    points = np.array([[[1.5, 2.0], [np.nan, np.nan]]])
    there = scale_points(points, (83, 97), (41, 48))
    np.testing.assert_allclose(scale_points(there, (41, 48), (83, 97)), points)
