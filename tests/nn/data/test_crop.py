import numpy as np
import pytest

from sleap.nn.data.crop import (
    automatic_size,
    crop_matrix,
    frame_matrix,
    rounded_size,
    transform,
    warp,
)

NAN = np.nan


def blob(x, y, shape=(80, 100)):
    columns, rows = np.meshgrid(np.arange(shape[1]), np.arange(shape[0]))
    values = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * 3**2))
    return values.astype(np.uint8)[..., None]


def middle_of(image):
    values = image[..., 0].astype(float)
    columns, rows = np.meshgrid(np.arange(values.shape[1]), np.arange(values.shape[0]))
    return np.array([(values * columns).sum(), (values * rows).sum()]) / values.sum()


def rotation(degrees):
    angle = np.deg2rad(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def test_automatic_size_covers_the_longest_box_side():
    points = [
        np.array([[[0, 0], [30, 5]], [[NAN, NAN], [4, 4]]]),
        np.zeros((0, 2, 2)),
        np.array([[[3, 1], [5, 42]]]),
    ]
    assert automatic_size(points, padding=0, stride=8) == 48
    assert automatic_size(points, padding=16, stride=8) == 64
    assert automatic_size([], padding=0, stride=16) == 16


def test_rounded_size():
    assert [rounded_size(side, 8) for side in (0, 1, 8, 9)] == [8, 8, 8, 16]


def test_a_mere_crop_copies_pixels_exactly():
    image = np.random.default_rng(0).integers(0, 255, (80, 100, 3), dtype=np.uint8)
    matrix = crop_matrix(np.eye(2), np.array([50.2, 40.4]), 16)
    crop = warp(image, matrix, (16, 16))
    corner = -matrix[:, 2]
    assert np.abs(corner + 7.5 - [50.2, 40.4]).max() <= 0.5
    x, y = corner.astype(int)
    np.testing.assert_array_equal(crop, image[y : y + 16, x : x + 16])


@pytest.mark.parametrize("centre", [(2, 3), (99, 78), (-40, 40), (50, 200)])
def test_outside_of_the_image_is_zero(centre):
    image = np.full((80, 100, 1), 255, dtype=np.uint8)
    for linear in (np.eye(2), rotation(1e-4)):
        crop = warp(image, crop_matrix(linear, np.array(centre, float), 32), (32, 32))
        columns, rows = np.meshgrid(np.arange(32) + centre[0] - 15.5, np.arange(32) + centre[1])
        is_outside = (columns < -1) | (columns > 100) | (rows - 15.5 < -1) | (rows - 15.5 > 80)
        assert (crop[is_outside] == 0).all()
        assert (crop > 0).any() == (not is_outside.all())


@pytest.mark.parametrize(
    "linear", [rotation(33), rotation(180), 0.9 * rotation(-70), np.diag([-1.0, 1.0])]
)
def test_points_move_with_pixels(linear):
    point = np.array([[60.3, 35.7]])
    image = blob(*point[0])
    turned = transform(point + np.array([4.1, -2.2]), linear)
    matrix = crop_matrix(linear, turned[0], 48)
    crop = warp(image, matrix, (48, 48))
    assert np.abs(middle_of(crop) - transform(point, matrix)[0]).max() < 0.1


def test_a_frame_turns_about_its_middle():
    matrix = frame_matrix(rotation(90), (81, 101))
    np.testing.assert_allclose(transform(np.array([50.0, 40.0]), matrix), [50, 40])
    image = blob(60, 40, (81, 101))
    turned = warp(image, matrix, (96, 104))
    assert turned.shape == (96, 104, 1)
    assert np.abs(middle_of(turned) - [50, 50]).max() < 0.1


def test_missing_points_stay_missing():
    moved = transform(np.array([[1.0, 2.0], [NAN, NAN]]), frame_matrix(rotation(10), (8, 8)))
    assert np.isnan(moved).tolist() == [[False, False], [True, True]]
    assert moved.dtype == np.float32
