"""Maxima of maps, to the cell."""

import time

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.nn.codecs.local_maxima import global_maxima, local_maxima

Map = npt.NDArray[np.float32]


def found(maps: Map, threshold: float = 0.3) -> set[tuple[int, int, int, int]]:
    return set(zip(*(index.tolist() for index in local_maxima(maps, threshold)), strict=True))


def plane(rows: list[list[float]]) -> Map:
    return np.array(rows, dtype=np.float32)[np.newaxis, :, :, np.newaxis]


def test_single_cells_in_several_maps() -> None:
    maps = np.zeros((2, 8, 16, 3), dtype=np.float32)
    cells = {(0, 2, 2, 0), (0, 4, 6, 0), (0, 7, 7, 1), (1, 2, 2, 0), (1, 3, 2, 1)}
    for cell in cells:
        maps[cell] = 1
    assert found(maps) == cells


def test_neighbouring_maps_do_not_matter() -> None:
    maps = np.zeros((2, 1, 3, 2), dtype=np.float32)
    maps[0, 0, 2, 0], maps[0, 0, 2, 1], maps[1, 0, 0, 0] = 0.5, 0.9, 0.8
    assert found(maps) == {(0, 0, 2, 0), (0, 0, 2, 1), (1, 0, 0, 0)}


def test_the_threshold_itself_does_not_count() -> None:
    assert found(plane([[1, 0, 2, 0, 3, 0, 4]]), 3.0) == {(0, 0, 6, 0)}


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([[0, 1, 1, 0]], 1),
        ([[0, 1, 1, 1, 0]], 2),
        ([[1, 1]], 0),
        ([[0.2, 0.5, 0.9, 0.9, 0.8]], 2),
    ],
)
def test_equal_cells_are_one_peak(rows: list[list[float]], column: int) -> None:
    assert found(plane(rows)) == {(0, 0, column, 0)}


def test_a_plateau_of_any_shape_is_one_peak() -> None:
    assert len(found(plane([[0, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1]]))) == 1
    assert len(found(np.ones((1, 9, 9, 1), dtype=np.float32))) == 1


def test_a_shoulder_is_no_peak() -> None:
    assert found(plane([[0.4, 0.6, 0.6, 0.7, 0.5]])) == {(0, 0, 3, 0)}
    assert found(plane([[0.6, 0.6, 0.6], [0, 0, 0.6], [0, 0.7, 0]])) == {(0, 2, 1, 0)}


def regional_maxima(plane: Map, threshold: float) -> int:
    """Count flat regions that nothing around exceeds, cell by cell."""
    height, width = plane.shape
    seen: set[tuple[int, int]] = set()
    count = 0
    for start in np.ndindex(height, width):
        if start in seen or plane[start] <= threshold:
            continue
        region, edge, is_maximum = {start}, [start], True
        while edge:
            row, column = edge.pop()
            for r in range(max(row - 1, 0), min(row + 2, height)):
                for c in range(max(column - 1, 0), min(column + 2, width)):
                    if plane[r, c] > plane[start]:
                        is_maximum = False
                    elif plane[r, c] == plane[start] and (r, c) not in region:
                        region.add((r, c))
                        edge.append((r, c))
        seen |= region
        count += is_maximum
    return count


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_each_regional_maximum_is_found_once(seed: int, levels: int) -> None:
    rng = np.random.default_rng(seed)
    maps = rng.integers(0, levels, (2, 7, 9, 2)).astype(np.float32)
    cells = local_maxima(maps, 0.5)
    for sample, channel in np.ndindex(2, 2):
        n = int(((cells.sample == sample) & (cells.channel == channel)).sum())
        assert n == regional_maxima(maps[sample, :, :, channel], 0.5)


def test_global_maxima() -> None:
    maps = np.random.default_rng(0).random((3, 5, 7, 4)).astype(np.float32)
    row, column, values = global_maxima(maps)
    for sample, channel in np.ndindex(3, 4):
        at = (sample, row[sample, channel], column[sample, channel], channel)
        assert maps[at] == values[sample, channel] == maps[sample, :, :, channel].max()


def test_the_global_maximum_of_nothing_is_zero_at_the_origin() -> None:
    row, column, values = global_maxima(np.zeros((1, 4, 4, 2), dtype=np.float32))
    assert not row.any()
    assert not column.any()
    assert not values.any()


def test_large_maps_take_milliseconds() -> None:
    maps = np.zeros((1, 512, 512, 13), dtype=np.float32)
    maps[0, ::100, ::100] = 1
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        assert len(local_maxima(maps, 0.3).row) == 6 * 6 * 13
        seconds.append(time.perf_counter() - start)
    assert min(seconds) < 0.05
