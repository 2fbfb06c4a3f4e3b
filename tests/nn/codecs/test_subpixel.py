"""Peaks between cells."""

import numpy as np
import numpy.typing as npt

from sleap.nn.codecs.local_maxima import Cells, global_maxima
from sleap.nn.codecs.subpixel import refine


def top(plane: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    maps = plane.astype(np.float32)[np.newaxis, :, :, np.newaxis]
    row, column, _ = global_maxima(maps)
    zero = np.zeros(1, dtype=np.int64)
    return refine(maps, Cells(zero, row[0], column[0], zero))[0]


def oval(
    x: float, y: float, wide: float, high: float, tilt: float = 0.0
) -> npt.NDArray[np.float64]:
    """Draw a Gaussian on a grid of 40 x 40."""
    v, u = np.mgrid[:40, :40]
    u, v = u - x, v - y
    c, s = np.cos(tilt), np.sin(tilt)
    return np.exp(-0.5 * (((c * u + s * v) / wide) ** 2 + ((c * v - s * u) / high) ** 2))


def test_long_and_tilted_peaks() -> None:
    for tilt in (0.0, 0.5, 1.2, 2.5):
        found = top(0.7 * oval(19.3, 20.4, 4.0, 2.0, tilt))
        np.testing.assert_allclose(found, [19.3, 20.4], atol=0.01)


def test_a_peak_off_the_border() -> None:
    np.testing.assert_allclose(top(oval(-0.4, 20.2, 2.0, 2.0)), [-0.4, 20.2], atol=0.01)
    np.testing.assert_allclose(top(oval(39.7, 39.3, 3.0, 3.0)), [39.7, 39.3], atol=0.01)


def test_a_broad_top_is_found_from_its_largest_cell() -> None:
    rng = np.random.default_rng(1)
    errors = [
        top(0.8 * oval(x, y, 5.0, 5.0) + rng.normal(0, 0.02, (40, 40))) - (x, y)
        for x, y in rng.uniform(18, 22, (50, 2))
    ]
    assert np.abs(errors).max() < 0.25
    assert np.abs(np.mean(errors, axis=0)).max() < 0.03


def test_what_is_no_peak_stays_in_its_cell() -> None:
    plane = np.full((9, 9), 0.5)
    np.testing.assert_array_equal(top(plane), [0, 0])
    lone = np.zeros((9, 9))
    lone[4, 6] = 1
    np.testing.assert_allclose(top(lone), [6, 4], atol=1e-6)


def test_no_peaks() -> None:
    none = np.zeros(0, dtype=np.int64)
    maps = np.zeros((1, 4, 4, 1), dtype=np.float32)
    assert refine(maps, Cells(none, none, none, none)).shape == (0, 2)


def test_maps_of_a_single_cell_or_row() -> None:
    assert np.isfinite(top(np.ones((1, 1)))).all()
    row = oval(20.3, 0, 2.0, 2.0)[:1]
    np.testing.assert_allclose(top(row)[0], 20.3, atol=0.01)
