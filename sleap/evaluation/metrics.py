"""Figures about poses that were paired with the truth."""

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from sleap.core.tables import BoolArray, FloatArray

PERCENTILES = (50, 75, 90, 95, 99)
PCK_THRESHOLDS = tuple(range(1, 11))
OKS_THRESHOLDS = np.arange(50, 100, 5) / 100
RECALLS = np.linspace(0, 1, 101)


@frozen
class Distances:
    """How far predicted points are from the true ones, pixels; NaN if there are none.

    Attributes:
        n_points: Points that are there both in truth and in prediction.
        mean: Mean distance.
        median: Median distance.
        percentiles: Distance that so many percent of the points do not exceed.
    """

    n_points: int
    mean: float
    median: float
    percentiles: dict[int, float]


def summarize_distances(distances: FloatArray) -> Distances:
    """Summarize distances in pixels, of any shape; NaN is left out."""
    known = distances[~np.isnan(distances)]
    if len(known) == 0:
        return Distances(0, np.nan, np.nan, dict.fromkeys(PERCENTILES, np.nan))
    values = np.percentile(known, PERCENTILES).tolist()
    return Distances(
        len(known),
        float(known.mean()),
        float(np.median(known)),
        dict(zip(PERCENTILES, values, strict=True)),
    )


def count_correct(
    distances: FloatArray, is_true: BoolArray, thresholds: Sequence[float] = PCK_THRESHOLDS
) -> dict[float, float]:
    """Find the percentage of correct keypoints (PCK), as a fraction, for each threshold.

    Args:
        distances: Distances of points, pixels; NaN where either is missing.
        is_true: Of the same shape: whether the true point is there. Only these are counted; one
            that was not predicted is not correct.
        thresholds: A point is correct if it is less far than this, pixels.

    Returns:
        For each threshold a fraction in [0, 1]; NaN if no true point is there.
    """
    values = distances[is_true]
    return {
        threshold: float((values < threshold).mean()) if len(values) else np.nan
        for threshold in thresholds
    }


@frozen
class Visibility:
    """How well it was told which points are to be seen; NaN where nothing is to be divided by.

    Attributes:
        precision: Share of the predicted points that are there in truth.
        recall: Share of the true points that were predicted.
    """

    precision: float
    recall: float


def compare_visibility(is_true: BoolArray, is_predicted: BoolArray) -> Visibility:
    """Compare which points are there, given two masks of one shape."""
    both = int((is_true & is_predicted).sum())
    n_predicted, n_true = int(is_predicted.sum()), int(is_true.sum())
    return Visibility(
        both / n_predicted if n_predicted else np.nan, both / n_true if n_true else np.nan
    )


@frozen
class Precision:
    """Average precision and recall over thresholds of object keypoint similarity (VOC style).

    Attributes:
        mean_precision: mAP: mean over the thresholds of the interpolated precision.
        mean_recall: mAR: mean over the thresholds of the recall.
        by_threshold: Average precision for each threshold.
    """

    mean_precision: float
    mean_recall: float
    by_threshold: dict[float, float]


def average_precision(oks: FloatArray, scores: FloatArray, n_truth: int) -> Precision:
    """Average the precision over 101 levels of recall and over the thresholds .50:.05:.95.

    A prediction is right at a threshold if it is paired with a true pose it is that similar to. The
    pairs are the same for all thresholds. Predictions without a pair are wrong ones.

    Args:
        oks: (m,) similarity of each prediction to its true pose; 0 without a pair.
        scores: (m,) confidence of the predictions; NaN is least.
        n_truth: How many true poses there are.

    Returns:
        The averages; NaN if there is no true pose.
    """
    if n_truth == 0:
        return Precision(np.nan, np.nan, dict.fromkeys(OKS_THRESHOLDS.tolist(), np.nan))
    order = np.argsort(np.where(np.isnan(scores), np.inf, -scores), kind="stable")
    ordered = oks[order]
    by_threshold: dict[float, float] = {}
    recalls = []
    for threshold in OKS_THRESHOLDS.tolist():
        precisions, recall = precision_curve(ordered >= threshold, n_truth)
        by_threshold[threshold] = float(precisions.mean())
        recalls.append(recall)
    return Precision(
        float(np.mean(list(by_threshold.values()))), float(np.mean(recalls)), by_threshold
    )


def precision_curve(is_right: BoolArray, n_truth: int) -> tuple[FloatArray, float]:
    """Find the precision at each of 101 levels of recall.

    Args:
        is_right: (m,) whether each prediction is right, the most confident first.
        n_truth: How many true poses there are, above 0.

    Returns:
        (101,) interpolated precision at ``RECALLS``, 0 where the recall is not reached; and the
        recall of all predictions.
    """
    n_right = np.cumsum(is_right)
    recall = n_right / n_truth
    precision = n_right / np.arange(1, len(is_right) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    places = np.searchsorted(recall, RECALLS, side="left")
    return np.append(envelope, 0.0)[places], float(recall[-1]) if len(recall) else 0.0
