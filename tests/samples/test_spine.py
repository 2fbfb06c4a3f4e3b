"""Body coordinates to pixels and back."""

import numpy as np
import pytest

from sleap.samples.spine import build


@pytest.mark.parametrize("bend", [0.0, 0.5, -0.7])
def test_pixels_and_body_coordinates_are_inverse(bend: float) -> None:
    spine = build(
        np.array([[100.3, 80.7]]),
        np.array([0.6]),
        np.array([bend]),
        np.array([-bend]),
        120.0,
        pivot=0.4,
        neck=0.3,
    )
    s, t, _ = spine.unbend(0, (20, 10), (150, 160))
    for place in np.linspace(0.02, 0.98, 9):
        for side in (-0.15, -0.05, 0.0, 0.1):
            x, y = spine.locate(place, side)[0]
            x0, y0 = int(x), int(y)
            fx, fy = x - x0, y - y0
            got = []
            for grid in (s, t):
                cell = grid[y0 - 10 : y0 - 8, x0 - 20 : x0 - 18]
                top = cell[0] @ [1 - fx, fx]
                got.append((1 - fy) * top + fy * (cell[1] @ [1 - fx, fx]))
            assert np.abs(np.array(got) - (place, side)).max() * 120 < 0.12


def test_pivot_lies_where_it_should_and_left_is_left() -> None:
    position, straight = np.array([[50.0, 60.0]]), np.zeros(1)
    spine = build(position, np.zeros(1), straight, straight, 40.0, pivot=0.4, neck=0.3)
    assert np.allclose(spine.locate(0.4, 0.0), position)
    # The head faces right, its left side is up in the picture.
    assert np.allclose(spine.locate(0.0, 0.0), [[66.0, 60.0]])
    assert np.allclose(spine.locate(0.4, 0.25), [[50.0, 50.0]])
