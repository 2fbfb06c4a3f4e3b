"""Where a peak lies between the cells of its map.

The logarithm of a Gaussian is a parabola, so a parabola is fitted to the logarithm of the cells
around the largest one; its top is the peak. Unlike a centre of mass this has no bias towards the
middle of a cell, nor at the border of the map, where part of the peak is cut off. Each cell is
weighted by its squared value, as suits noise that is the same for all cells [Guo, "A simple
algorithm for fitting a Gaussian function", IEEE Signal Processing Magazine 28 (2011)], and cells
below a fifth of the peak are left out, where another animal's peak may begin.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.nn.codecs.local_maxima import Cells

Array = npt.NDArray[np.float64]

RADII = (2, 3, 4, 5)
"""Radii of windows, cells; the one nearest to the peak's width is used."""
FLOOR = 0.2
"""Share of the peak's value below which cells, but the nearest, are left out."""
FAINT = 1e-6
"""Share of the peak's value that stands for anything smaller."""
WIDEST, NARROWEST = 12.0, 0.3
"""Standard deviations of believable peaks, cells."""


def refine(maps: npt.NDArray[Any], cells: Cells) -> Array:
    """Find the tops of peaks.

    Args:
        maps: (n_samples, height, width, n_channels).
        cells: The largest cell of each of n_peaks peaks; values there above 0.

    Returns:
        (n_peaks, 2) float64, (x, y) in cells, at most one cell from where a fit was centred. A
        peak that no parabola fits stays in the middle of its cell.
    """
    start = np.stack([cells.column, cells.row], axis=1)
    top, width = _fit(maps, cells, start, RADII[0])
    height_and_width = np.array(maps.shape[1:3])
    # A second fit, for peaks wide enough to gain from more cells or to lie off their largest one.
    centre = np.clip(np.rint(top).astype(np.int64), 0, height_and_width[::-1] - 1)
    radius = np.clip(np.rint(1.1 * width), RADII[0], RADII[-1])
    is_again = (width > 1.0) & ((centre != start).any(axis=1) | (radius > RADII[0]))
    for size in RADII:
        some = np.flatnonzero(is_again & (radius == size))
        if len(some):
            chosen = Cells(*(index[some] for index in cells))
            top[some], _ = _fit(maps, chosen, centre[some], size)
    return top


def _fit(
    maps: npt.NDArray[Any], cells: Cells, centre: npt.NDArray[np.int64], radius: int
) -> tuple[Array, Array]:
    """Fit one parabola to the logarithm of each window.

    Args:
        maps: (n_samples, height, width, n_channels).
        cells: Where each peak's value, sample and channel are.
        centre: (n_peaks, 2), (column, row) of the middle of each window.
        radius: Half the window's side, cells.

    Returns:
        Tops (n_peaks, 2) in cells, and standard deviations (n_peaks,) in cells.
    """
    terms, is_near = _terms(radius)
    peak = np.maximum(cells.values(maps).astype(np.float64), 1e-12)[:, np.newaxis]
    values, is_inside = _windows(maps, cells, centre, radius)
    relative = np.maximum(values / peak, FAINT)
    # In the corners of a map only the faint cells tell how sharp the peak is.
    weights = np.maximum(relative - FLOOR, 0.0) ** 2 + 1e-6 * (relative > FAINT)
    weights = np.where(is_near, np.maximum(weights, relative**2 + 1e-5), weights)
    weights *= is_inside
    n_terms = terms.shape[1]
    products = (terms[:, :, np.newaxis] * terms[:, np.newaxis, :]).reshape(len(terms), -1)
    normal = (weights @ products).reshape(-1, n_terms, n_terms)
    # Where cells are few, at a border, the peak is taken to be about round.
    total = weights.sum(axis=1)
    ridge = np.array([0.0, 0.0, 0.0, 1e-9, 1e-2, 1e-2])
    normal[:, range(n_terms), range(n_terms)] += total[:, np.newaxis] * (ridge + 1e-12)
    right = (weights * np.log(relative)) @ terms
    solution = np.linalg.solve(normal, right[:, :, np.newaxis])[:, :, 0].astype(np.float64)
    offset, width = _top(solution)
    return centre + offset, width


def _terms(radius: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return the parabola's terms at the window's cells, and which cells are the nearest."""
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1].astype(np.float64)
    terms = [np.ones_like(x), x, y, x**2 + y**2, x**2 - y**2, x * y]
    is_near = (abs(x) <= 1) & (abs(y) <= 1)
    return np.stack([term.ravel() for term in terms], axis=1), is_near.ravel()


def _windows(
    maps: npt.NDArray[Any], cells: Cells, centre: npt.NDArray[np.int64], radius: int
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Cut out the windows: values and whether inside the map, (n_peaks, n_cells)."""
    height, width = maps.shape[1:3]
    steps = np.arange(-radius, radius + 1)
    row = centre[:, 1, np.newaxis] + steps
    column = centre[:, 0, np.newaxis] + steps
    is_row, is_column = (row >= 0) & (row < height), (column >= 0) & (column < width)
    values = maps[
        cells.sample[:, np.newaxis, np.newaxis],
        np.clip(row, 0, height - 1)[:, :, np.newaxis],
        np.clip(column, 0, width - 1)[:, np.newaxis, :],
        cells.channel[:, np.newaxis, np.newaxis],
    ].astype(np.float64)
    is_inside = is_row[:, :, np.newaxis] & is_column[:, np.newaxis, :]
    n_cells = len(steps) ** 2
    return values.reshape(-1, n_cells), is_inside.reshape(-1, n_cells)


def _top(solution: Array) -> tuple[Array, Array]:
    """Return the tops of parabolas, at most a cell from the window's middle, and their widths."""
    _, b, c, d, e, f = solution.T
    flattest, sharpest = -1 / (2 * WIDEST**2), -1 / (2 * NARROWEST**2)
    width = np.sqrt(-1 / (2 * np.clip(d, sharpest, flattest)))
    # Second derivatives: d in all directions, changed by at most `skew` in one and its normal.
    skew = np.hypot(e, f / 2)
    is_peak = d < flattest
    is_round = is_peak & (d + skew > flattest)
    e, f = np.where(is_round, 0.0, e), np.where(is_round, 0.0, f)
    d = np.where(is_peak, d, flattest)
    determinant = 4 * (d**2 - e**2) - f**2
    determinant = np.where(determinant > 0, determinant, 1.0)
    x = -(2 * (d - e) * b - f * c) / determinant
    y = -(2 * (d + e) * c - f * b) / determinant
    offset = np.stack([x, y], axis=1)
    return np.where(is_peak[:, np.newaxis], np.clip(offset, -1.0, 1.0), 0.0), width
