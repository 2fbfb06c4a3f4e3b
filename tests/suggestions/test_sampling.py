import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.suggestions.sampling import choose, draw, spread


def test_without_taken_places_it_is_a_stride() -> None:
    assert spread(np.zeros(1100, bool), 20).tolist() == list(range(0, 1100, 55))
    assert spread(np.zeros(7, bool), 3).tolist() == [0, 2, 4]


def test_new_places_lie_in_the_middle_of_gaps() -> None:
    taken = np.zeros(101, bool)
    taken[[0, 100]] = True
    assert spread(taken, 1).tolist() == [50]
    taken[50] = True
    assert spread(taken, 2).tolist() == [25, 75]
    taken[:50] = True
    assert spread(taken, 1).tolist() == [75]


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 70))
def test_as_many_free_places_as_wanted_if_there_are(taken: list[bool], n_wanted: int) -> None:
    mask = np.array(taken, bool)
    for how in ("stride", "random"):
        places = choose(mask, n_wanted, how, np.random.default_rng(0))
        assert len(places) == min(n_wanted, int((~mask).sum()))
        assert (np.diff(places) > 0).all() and not mask[places].any()


def test_chance_follows_from_the_seed() -> None:
    taken = np.zeros(1000, bool)
    first = draw(taken, 20, np.random.default_rng(1))
    assert first.tolist() == draw(taken, 20, np.random.default_rng(1)).tolist()
    assert first.tolist() != draw(taken, 20, np.random.default_rng(2)).tolist()


@pytest.mark.parametrize("n", [100_000])
def test_many_places_among_many_taken(n: int) -> None:
    taken = np.zeros(n * 10, bool)
    taken[::7] = True
    assert len(spread(taken, n)) == n
