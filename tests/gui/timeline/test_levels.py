import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.tables import FloatArray
from sleap.gui.timeline.levels import Levels


def make(n: int, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=n)
    values[rng.random(n) < 0.3] = np.nan
    return values


@given(st.integers(1, 9000), st.integers(1, 300), st.integers(0, 5))
def test_no_peak_is_lost_at_any_zoom(n: int, n_columns: int, seed: int) -> None:
    values = make(n, seed)
    lowest, highest = Levels(values).columns(np.linspace(0, n, min(n_columns, n) + 1))
    known = values[~np.isnan(values)]
    if not len(known):
        assert np.isnan(lowest).all() and np.isnan(highest).all()
        return
    assert np.nanmin(lowest) == known.min()
    assert np.nanmax(highest) == known.max()
    assert (np.isnan(lowest) == np.isnan(highest)).all()


def test_a_peak_is_where_it_is() -> None:
    values = np.zeros(100_000)
    values[54_321] = 9
    lowest, highest = Levels(values).columns(np.linspace(0, 100_000, 1001))
    assert abs(int(np.argmax(highest)) - 543) <= 1
    assert (highest == 9).sum() == 1
    assert (lowest == 0).all()


def test_columns_without_values_are_gaps() -> None:
    values = np.r_[np.ones(50), np.full(50, np.nan)]
    lowest, _ = Levels(values).columns(np.linspace(0, 200, 21))
    assert np.isnan(lowest).tolist() == [False] * 5 + [True] * 15


def test_values_that_changed_are_found_again() -> None:
    values = make(5000, 3)
    levels = Levels(values)
    values[[7, 4321]] = 99.0, -99.0
    levels.refresh([4321, 7])
    edges = np.linspace(0, 5000, 11)
    np.testing.assert_array_equal(levels.columns(edges), Levels(values).columns(edges))
