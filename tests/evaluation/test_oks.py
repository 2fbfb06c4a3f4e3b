import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.evaluation.oks import (
    POINT_LENGTH,
    choose_lengths,
    measure_boxes,
    score_closeness,
    score_oks,
)

NAN = [np.nan, np.nan]
POSE = np.array([[[0.0, 0], [10, 20], [5, 7]]])


def test_goldens() -> None:
    assert score_oks(POSE, POSE) == pytest.approx(1)
    assert score_oks(POSE, np.array([[[0.0, 0], NAN, [5, 7]]])) == pytest.approx(2 / 3)
    assert score_oks(np.array([[[0.0, 0], [10, 20], NAN]]), POSE) == pytest.approx(1)


def test_value_of_one_distance() -> None:
    moved = POSE + np.array([3.0, 4.0])
    spread = (2 * 0.025) ** 2 * 2 * (10 * 20)
    np.testing.assert_allclose(score_oks(POSE, moved), np.exp(-25 / spread))
    wider = (2 * 0.1) ** 2 * 2 * (10 * 20)
    np.testing.assert_allclose(score_oks(POSE, moved, stddev=0.1), np.exp(-25 / wider))


def test_nothing_is_like_nothing() -> None:
    nobody = np.array([[NAN, NAN, NAN]])
    assert score_oks(nobody, POSE) == 0
    assert score_oks(POSE, nobody) == 0
    assert score_closeness(POSE, nobody, np.ones(1)) == 0
    assert score_oks(POSE, np.empty((0, 3, 2))).shape == (1, 0)
    assert measure_boxes(nobody).tolist() == [[0, 0]]
    assert measure_boxes(np.empty((2, 0, 2))).tolist() == [[0, 0], [0, 0]]


def test_closeness_is_half_at_half_a_length() -> None:
    lengths = choose_lengths(POSE)
    assert lengths[0] == pytest.approx(np.hypot(10, 20))
    moved = POSE + np.array([lengths[0] / 2, 0])
    np.testing.assert_allclose(score_closeness(POSE, moved, lengths), 0.5)
    partly = moved.copy()
    partly[0, 1:] = np.nan
    np.testing.assert_allclose(score_closeness(POSE, partly, lengths), 0.5)
    assert score_closeness(POSE, POSE + 1000.0, lengths) == 0


def test_lengths_of_partly_visible_animals() -> None:
    poses = np.array([[[0.0, 0], [30, 40]], [[0, 0], [30, 40]], [[5, 5], NAN]])
    assert choose_lengths(poses).tolist() == [50, 50, 25]
    assert choose_lengths(poses[2:]).tolist() == [POINT_LENGTH]


@given(seed=st.integers(0, 10_000))
def test_order_does_not_matter(seed: int) -> None:
    random = np.random.default_rng(seed)
    truth, predicted = random.uniform(0, 100, (3, 4, 2)), random.uniform(0, 100, (2, 4, 2))
    truth[random.random((3, 4)) < 0.2] = np.nan
    rows, columns = random.permutation(3), random.permutation(2)
    values = score_oks(truth, predicted)
    assert ((values >= 0) & (values <= 1)).all()
    np.testing.assert_array_equal(
        score_oks(truth[rows], predicted[columns]), values[rows][:, columns]
    )
