import cv2
import numpy as np
import pytest

from sleap.tracking.flow import _choose_regions, _follow, make_picture, shift
from sleap.tracking.options import TrackingOptions


def make_image(dx: int = 0, dy: int = 0) -> np.ndarray:
    random = np.random.default_rng(0)
    image = cv2.GaussianBlur(random.integers(0, 255, (160, 200), dtype=np.uint8), (0, 0), 3)
    return np.roll(cv2.normalize(image, None, 0, 255, cv2.NORM_MINMAX), (dy, dx), (0, 1))


POINTS = np.array([[[60.0, 70], [np.nan, np.nan]], [[100.5, 80.25], [140, 60]]])


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_points_follow_the_image(scale: float) -> None:
    options = TrackingOptions(tracker="flow", img_scale=scale)
    before, after = (make_picture(image, scale) for image in (make_image(), make_image(4, -6)))
    assert before.shape == (160 * scale, 200 * scale)
    result = shift(before, after, POINTS, options)
    np.testing.assert_allclose(result, POINTS + np.array([4, -6]), atol=0.1)


def test_points_out_of_the_picture_are_lost() -> None:
    picture = make_image()
    points = np.array([[[5000.0, 5000]]])
    assert np.isnan(shift(picture, picture, points, TrackingOptions())).all()
    nothing = np.full((2, 3, 2), np.nan)
    assert np.isnan(shift(picture, picture, nothing, TrackingOptions())).all()


def test_any_image_becomes_gray() -> None:
    gray = make_image()
    picture = make_picture(gray[:, :, None])
    assert (picture == gray).all()
    assert not np.shares_memory(picture, gray)
    colour = make_picture(np.repeat(gray[:, :, None], 3, axis=2))
    assert colour.shape == gray.shape
    assert np.abs(colour.astype(int) - gray).max() <= 1


def test_parts_of_a_large_picture_give_the_same() -> None:
    random = np.random.default_rng(1)
    before = cv2.GaussianBlur(random.integers(0, 255, (1500, 1600), dtype=np.uint8), (0, 0), 3)
    before = cv2.normalize(before, None, 0, 255, cv2.NORM_MINMAX)
    after = np.roll(before, (7, -5), (0, 1))
    points = np.array([[[100.0, 100], [130, 120]], [[120, 90], [np.nan, np.nan]]])
    points = np.concatenate([points, points + np.array([1300, 1200]), np.full((1, 2, 2), np.nan)])
    options = TrackingOptions(tracker="flow")
    parts = _choose_regions(points, before.shape, options)
    assert [rows.tolist() for rows, _, _ in parts] == [[0, 1], [2, 3]]
    assert sum(size.prod() for _, _, size in parts) < before.size / 3
    result = shift(before, after, points, options)
    np.testing.assert_allclose(result, points + np.array([-5, 7]), atol=0.1)
    np.testing.assert_allclose(result, _follow(before, after, points, options), atol=1e-3)


@pytest.mark.parametrize("change", [{"of_window_size": 5}, {"of_max_levels": 0}])
def test_each_option_has_its_effect(change: dict[str, int]) -> None:
    before, after = make_image(), make_image(14, -9)
    usual = shift(before, after, POINTS, TrackingOptions(tracker="flow"))
    other = shift(before, after, POINTS, TrackingOptions(tracker="flow", **change))
    np.testing.assert_allclose(usual, POINTS + np.array([14, -9]), atol=0.1)
    assert not np.array_equal(usual, other, equal_nan=True)
