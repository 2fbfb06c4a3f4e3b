import math

import numpy as np
import pytest

from sleap.evaluation.metrics import (
    OKS_THRESHOLDS,
    PERCENTILES,
    average_precision,
    compare_visibility,
    count_correct,
    summarize_distances,
)


def test_distances() -> None:
    summary = summarize_distances(np.array([[1.0, 2, np.nan], [3, 4, 90]]))
    assert summary.n_points == 5
    assert summary.mean == 20
    assert summary.median == 3
    assert summary.percentiles[50] == 3
    assert tuple(summary.percentiles) == PERCENTILES
    nothing = summarize_distances(np.full(3, np.nan))
    assert nothing.n_points == 0
    assert math.isnan(nothing.mean)
    assert math.isnan(nothing.percentiles[95])


def test_a_point_not_predicted_is_not_correct() -> None:
    distances = np.array([0.5, 1.5, np.nan, np.nan])
    is_true = np.array([True, True, True, False])
    pck = count_correct(distances, is_true, (1, 2))
    assert pck == {1: pytest.approx(1 / 3), 2: pytest.approx(2 / 3)}
    assert math.isnan(count_correct(distances, np.zeros(4, bool), (1,))[1])


def test_visibility() -> None:
    is_true = np.array([True, True, True, False])
    is_predicted = np.array([True, False, False, True])
    visibility = compare_visibility(is_true, is_predicted)
    assert visibility.precision == 1 / 2
    assert visibility.recall == 1 / 3
    assert math.isnan(compare_visibility(is_true, np.zeros(4, bool)).precision)


def test_perfect_predictions() -> None:
    precision = average_precision(np.ones(4), np.ones(4), 4)
    assert precision.mean_precision == 1
    assert precision.mean_recall == 1


def test_half_found_and_one_spurious() -> None:
    # The spurious one is most confident: precision 1/2 at recall 1/2, nothing beyond.
    precision = average_precision(np.array([1.0, 0]), np.array([0.1, 0.9]), 2)
    assert precision.mean_recall == 0.5
    assert precision.mean_precision == pytest.approx(0.5 * 51 / 101)
    # It is least confident: precision 1 at recall 1/2.
    precision = average_precision(np.array([1.0, 0]), np.array([0.9, 0.1]), 2)
    assert precision.mean_precision == pytest.approx(51 / 101)


def test_thresholds() -> None:
    precision = average_precision(np.array([0.7]), np.ones(1), 1)
    assert [precision.by_threshold[t] for t in OKS_THRESHOLDS] == [1] * 5 + [0] * 5
    assert len(OKS_THRESHOLDS) == 10


def test_nothing_to_judge() -> None:
    assert average_precision(np.empty(0), np.empty(0), 3).mean_precision == 0
    assert math.isnan(average_precision(np.ones(1), np.ones(1), 0).mean_precision)
