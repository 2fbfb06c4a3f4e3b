import numpy as np
import pytest

from sleap.inference.peaks import PeakFinder, smooth
from sleap.nn.codecs.confidence_maps import encode


@pytest.fixture
def maps() -> np.ndarray:
    points = np.array([[[20.7, 31.2]], [[50.1, 12.4]]])
    return encode(points, (64, 64), sigma=5, stride=2)[None]


def test_the_kernel_sums_to_one() -> None:
    point = np.zeros((1, 21, 21, 3), dtype=np.float32)
    point[0, 10, 10, 1] = 1
    smoothed = smooth(point, 5, 3.0)
    assert smoothed[..., 1].sum() == pytest.approx(1, abs=1e-5)
    assert np.count_nonzero(smoothed[..., 1]) == 25
    assert smoothed[..., [0, 2]].max() == 0


def test_all_peaks_are_found_finely(maps: np.ndarray) -> None:
    peaks = PeakFinder(0.3).multi(maps, 2)
    np.testing.assert_allclose(peaks.points, [[50.1, 12.4], [20.7, 31.2]], atol=0.02)


def test_without_refinement_peaks_lie_on_the_grid(maps: np.ndarray) -> None:
    finder = PeakFinder(0.3, refine=False)
    np.testing.assert_array_equal(finder.multi(maps, 2).points, [[50, 12], [20, 32]])
    points, _ = finder.single(maps, 2)
    assert (points % 2 == 0).all()


def test_smoothing_lowers_peaks_and_leaves_them_in_place(maps: np.ndarray) -> None:
    plain, smoothed = PeakFinder(0.3), PeakFinder(0.3, smoothing_sigma=1.0)
    assert smoothed.multi(maps, 2).values.max() < plain.multi(maps, 2).values.max()
    np.testing.assert_allclose(
        smoothed.multi(maps, 2).points, plain.multi(maps, 2).points, atol=0.05
    )


def test_kernel_size_counts(maps: np.ndarray) -> None:
    small = PeakFinder(0.3, smoothing_sigma=3.0, kernel_size=3).multi(maps, 2)
    large = PeakFinder(0.1, smoothing_sigma=3.0, kernel_size=7).multi(maps, 2)
    assert small.values.max() > large.values.max()


def test_the_threshold_counts(maps: np.ndarray) -> None:
    maps = maps * np.float32(0.5)
    assert len(PeakFinder(0.6).multi(maps, 2).points) == 0
    points, values = PeakFinder(0.6).single(maps, 2)
    assert np.isnan(points).all() and values.max() <= 0.5
