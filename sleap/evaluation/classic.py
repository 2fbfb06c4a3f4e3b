"""The figures under the names that the original gave them, as in its ``metrics.{split}.npz``."""

from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import BoolArray, FloatArray
from sleap.evaluation.comparison import (
    gather_pairs,
    read_frames,
    score_frames,
    spread_over_predictions,
)
from sleap.evaluation.metrics import (
    OKS_THRESHOLDS,
    PCK_THRESHOLDS,
    PERCENTILES,
    RECALLS,
    compare_visibility,
    precision_curve,
    summarize_distances,
)


def classic_metrics(truth: Labels, predicted: Labels) -> dict[str, Any]:
    """Compare predictions with the truth; the numbers are those of ``comparison.evaluate``.

    Args:
        truth: What is right.
        predicted: What is to be judged.

    Returns:
        By name: ``vis.*`` counts of points of pairs, ``dist.*`` in pixels, ``pck.*``, ``oks.mOKS``,
        ``oks_voc.*`` and ``pck_voc.*``. NaN where there is nothing to judge.

    Raises:
        LabelsError: If there is nothing to compare, or videos or skeletons do not fit together.
    """
    frames = score_frames(read_frames(truth, predicted))
    n_truth = sum(len(frame.pair.truth) for frame in frames)
    true_points, points = gather_pairs(frames)
    distances: FloatArray = np.hypot(*np.moveaxis(true_points - points, -1, 0))
    is_true, is_predicted = ~np.isnan(true_points[:, :, 0]), ~np.isnan(points[:, :, 0])
    oks = np.concatenate([frame.oks[frame.matched] for frame in frames])
    correct = distances[:, :, None] < np.array(PCK_THRESHOLDS)
    counted = is_true[:, :, None] & np.ones(len(PCK_THRESHOLDS), bool)
    parts = np.array([_mean(correct[:, n], counted[:, n]) for n in range(correct.shape[1])])
    of_pairs = np.array([_mean(*pair) for pair in zip(correct, counted, strict=True)])
    summary = summarize_distances(distances)
    return {
        **_count_visible(is_true, is_predicted),
        "dist.dists": distances,
        "dist.avg": summary.mean,
        **{f"dist.p{percent}": summary.percentiles[percent] for percent in PERCENTILES},
        "pck.thresholds": np.array(PCK_THRESHOLDS),
        "pck.pcks": correct,
        "pck.mPCK_parts": parts,
        "pck.mPCK": _mean(parts, ~np.isnan(parts)),
        "oks.mOKS": float(oks.mean()) if len(oks) else np.nan,
        **_average("oks_voc", *spread_over_predictions(frames, oks), n_truth),
        **_average("pck_voc", *spread_over_predictions(frames, of_pairs), n_truth),
    }


def _count_visible(is_true: BoolArray, is_predicted: BoolArray) -> dict[str, Any]:
    visible = compare_visibility(is_true, is_predicted)
    return {
        "vis.tp": int((is_true & is_predicted).sum()),
        "vis.fp": int((~is_true & is_predicted).sum()),
        "vis.tn": int((~is_true & ~is_predicted).sum()),
        "vis.fn": int((is_true & ~is_predicted).sum()),
        "vis.precision": visible.precision,
        "vis.recall": visible.recall,
    }


def _average(name: str, figures: FloatArray, scores: FloatArray, n_truth: int) -> dict[str, Any]:
    """Average the precision over levels of recall and of the figure."""
    order = np.argsort(np.where(np.isnan(scores), np.inf, -scores), kind="stable")
    ordered = figures[order]
    curves = [precision_curve(ordered >= level, n_truth) for level in OKS_THRESHOLDS.tolist()]
    precisions = np.stack([precision for precision, _ in curves])
    recalls = np.array([recall for _, recall in curves])
    found = {
        "match_score_thresholds": OKS_THRESHOLDS,
        "recall_thresholds": RECALLS,
        "match_scores": figures,
        "precisions": precisions,
        "recalls": recalls,
        "AP": precisions.mean(axis=1),
        "AR": recalls,
        "mAP": float(precisions.mean()),
        "mAR": float(recalls.mean()),
    }
    return {f"{name}.{key}": value for key, value in found.items()}


def _mean(values: FloatArray | BoolArray, counted: BoolArray) -> float:
    return float(values[counted].mean()) if counted.any() else np.nan
