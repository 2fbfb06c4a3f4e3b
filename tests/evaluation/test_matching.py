import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleap.evaluation.matching import match_best, match_by_score


def as_pairs(pairs: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, int]]:
    return list(zip(*(part.tolist() for part in pairs), strict=True))


def test_the_most_confident_chooses_first() -> None:
    similarity = np.array([[0.9, 0.8], [0.3, 0.1]])
    assert as_pairs(match_by_score(similarity, np.array([0.2, 0.9]))) == [(0, 1), (1, 0)]
    assert as_pairs(match_by_score(similarity, np.array([0.9, 0.2]))) == [(0, 0), (1, 1)]


def test_of_equally_confident_ones_the_most_similar_chooses_first() -> None:
    similarity = np.array([[0.8, 0.9]])
    assert as_pairs(match_by_score(similarity, np.array([0.5, 0.5]))) == [(0, 1)]
    assert as_pairs(match_by_score(similarity, np.full(2, np.nan))) == [(0, 1)]
    assert as_pairs(match_by_score(similarity, np.array([0.1, np.nan]))) == [(0, 0)]


def test_unlike_ones_are_no_pair() -> None:
    assert as_pairs(match_by_score(np.zeros((2, 2)), np.ones(2))) == []
    assert as_pairs(match_by_score(np.empty((0, 2)), np.ones(2))) == []
    assert as_pairs(match_by_score(np.empty((2, 0)), np.ones(0))) == []
    assert as_pairs(match_best(np.zeros((2, 3)))) == []


@given(seed=st.integers(0, 10_000), n=st.integers(0, 5), m=st.integers(0, 5))
def test_best_is_never_worse(seed: int, n: int, m: int) -> None:
    random = np.random.default_rng(seed)
    similarity = random.random((n, m))
    best = match_best(similarity)
    greedy = match_by_score(similarity, random.random(m))
    assert len(best[0]) == len(greedy[0]) == min(n, m)
    assert similarity[best].sum() >= similarity[greedy].sum() - 1e-12
