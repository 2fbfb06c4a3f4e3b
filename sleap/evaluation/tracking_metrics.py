"""How well identities are kept over time.

CLEAR: K. Bernardin, R. Stiefelhagen, "Evaluating multiple object tracking performance: the CLEAR
MOT metrics", 2008. IDF1: E. Ristani et al., "Performance measures and a data set for multi-target,
multi-camera tracking", 2016. HOTA: J. Luiten et al., "HOTA: a higher order metric for evaluating
multi-object tracking", IJCV 2021.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from sleap.core.tables import FloatArray, IntArray
from sleap.evaluation.matching import match_best

ALPHAS = np.arange(5, 100, 5) / 100
_EPSILON = float(np.finfo(np.float64).eps)
_KEPT = 1000.0
"""Weight of a pair that was a pair on the frame before, against similarities up to 1."""


@frozen(eq=False)
class FrameTracks:
    """The tracked animals of one frame, true and predicted.

    Attributes:
        similarity: (n, m) in [0, 1] of n true animals to m predictions.
        truth: (n,) number of the track of each true animal, from 0.
        predicted: (m,) number of the track of each prediction, from 0.
    """

    similarity: FloatArray
    truth: IntArray
    predicted: IntArray


@frozen
class TrackingScores:
    """Figures about identities. Fractions are NaN where nothing is to be divided by.

    Attributes:
        n_truth_tracks: Tracks in the truth.
        n_predicted_tracks: Tracks that the predictions have on the frames of the truth.
        n_switches: How often a true animal is found under another track than when last found.
        n_fragmentations: How often a true animal is lost and found again.
        n_missed: True animals (one per frame) that no tracked prediction was paired with.
        n_spurious: Tracked predictions that were paired with no true animal.
        mota: 1 - (missed + spurious + switches) / true animals.
        idf1: F1 of the best fixed assignment of predicted to true tracks.
        id_precision: Its precision.
        id_recall: Its recall.
        hota: Higher order tracking accuracy, mean over similarity thresholds .05 to .95.
        detection_accuracy: Its part that asks whether animals are found (DetA).
        association_accuracy: Its part that asks whether they keep their track (AssA).
    """

    n_truth_tracks: int
    n_predicted_tracks: int
    n_switches: int
    n_fragmentations: int
    n_missed: int
    n_spurious: int
    mota: float
    idf1: float
    id_precision: float
    id_recall: float
    hota: float
    detection_accuracy: float
    association_accuracy: float


def score_tracking(frames: Iterable[FrameTracks], threshold: float = 0.5) -> TrackingScores:
    """Compute all figures.

    Args:
        frames: In order of time.
        threshold: Similarity from which on a prediction may be the true animal (CLEAR, IDF1).
    """
    frames = list(frames)
    n_truth_tracks, n_predicted_tracks = _count_tracks(frames)
    switches, fragmentations, missed, spurious = count_clear(frames, threshold)
    n_truth = sum(len(frame.truth) for frame in frames)
    idf1, id_precision, id_recall = score_identity(frames, threshold)
    hota, detection, association = score_hota(frames)
    return TrackingScores(
        n_truth_tracks=n_truth_tracks,
        n_predicted_tracks=n_predicted_tracks,
        n_switches=switches,
        n_fragmentations=fragmentations,
        n_missed=missed,
        n_spurious=spurious,
        mota=_divide(n_truth - missed - spurious - switches, n_truth),
        idf1=idf1,
        id_precision=id_precision,
        id_recall=id_recall,
        hota=hota,
        detection_accuracy=detection,
        association_accuracy=association,
    )


def count_clear(frames: Sequence[FrameTracks], threshold: float = 0.5) -> tuple[int, int, int, int]:
    """Count the mistakes of the CLEAR metrics.

    On each frame, pairs of the frame before are kept where they still may be; the others are
    chosen for the largest sum of similarities. A frame without any prediction is passed over: its
    animals are missed, but not lost.

    Args:
        frames: In order of time.
        threshold: Similarity from which on a pair may be.

    Returns:
        Identity switches, fragmentations, missed true animals, spurious predictions.
    """
    last_seen: dict[int, int] = {}
    before: dict[int, int] = {}
    switches = fragmentations = missed = spurious = 0
    for frame in frames:
        if len(frame.truth) == 0 or len(frame.predicted) == 0:
            missed += len(frame.truth)
            spurious += len(frame.predicted)
            continue
        old = np.array([before.get(name, -1) for name in frame.truth.tolist()])
        weight = _KEPT * (old[:, None] == frame.predicted) + frame.similarity
        weight[frame.similarity < threshold - _EPSILON] = 0
        rows, columns = match_best(weight)
        now = dict(zip(frame.truth[rows].tolist(), frame.predicted[columns].tolist(), strict=True))
        for name, track in now.items():
            switches += last_seen.get(name, track) != track
            fragmentations += name in last_seen and name not in before
        last_seen |= now
        before = now
        missed += len(frame.truth) - len(rows)
        spurious += len(frame.predicted) - len(rows)
    return switches, fragmentations, missed, spurious


def score_identity(
    frames: Sequence[FrameTracks], threshold: float = 0.5
) -> tuple[float, float, float]:
    """Give each predicted track at most one true track, and count where that is right.

    Args:
        frames: In any order.
        threshold: Similarity from which on a pair may be.

    Returns:
        IDF1, its precision and its recall, in [0, 1]; NaN where nothing is to be divided by.
    """
    together = np.zeros(_count_tracks(frames))
    for frame in frames:
        may_be = frame.similarity >= threshold - _EPSILON
        together[np.ix_(frame.truth, frame.predicted)] += may_be
    n_truth = sum(len(frame.truth) for frame in frames)
    n_predicted = sum(len(frame.predicted) for frame in frames)
    n_right = float(together[match_best(together)].sum())
    return (
        _divide(2 * n_right, n_truth + n_predicted),
        _divide(n_right, n_predicted),
        _divide(n_right, n_truth),
    )


def score_hota(frames: Sequence[FrameTracks]) -> tuple[float, float, float]:
    """Compute higher order tracking accuracy, averaged over the thresholds .05 to .95.

    Args:
        frames: In any order.

    Returns:
        HOTA, its detection accuracy and its association accuracy, in [0, 1]; NaN without tracks.
    """
    shape = _count_tracks(frames)
    if 0 in shape:
        return (np.nan, np.nan, np.nan) if shape == (0, 0) else (0.0, 0.0, 0.0)
    n_truth, n_predicted = np.zeros((shape[0], 1)), np.zeros((1, shape[1]))
    overlap = np.zeros(shape)
    for frame in frames:
        n_truth[frame.truth, 0] += 1
        n_predicted[0, frame.predicted] += 1
        similarity = frame.similarity
        either = similarity.sum(axis=0) + similarity.sum(axis=1)[:, None] - similarity
        share = np.divide(
            similarity, either, out=np.zeros_like(similarity), where=either > _EPSILON
        )
        overlap[np.ix_(frame.truth, frame.predicted)] += share
    alignment = overlap / (n_truth + n_predicted - overlap)

    together = np.zeros((len(ALPHAS), *shape))
    for frame in frames:
        weight = alignment[np.ix_(frame.truth, frame.predicted)] * frame.similarity
        rows, columns = match_best(weight)
        is_pair = frame.similarity[rows, columns] >= ALPHAS[:, None] - _EPSILON
        together[:, frame.truth[rows], frame.predicted[columns]] += is_pair
    n_pairs = together.sum(axis=(1, 2))
    detection = n_pairs / np.maximum(n_truth.sum() + n_predicted.sum() - n_pairs, 1)
    kept = together / np.maximum(n_truth + n_predicted - together, 1)
    association = (together * kept).sum(axis=(1, 2)) / np.maximum(n_pairs, 1)
    hota = np.sqrt(detection * association)
    return float(hota.mean()), float(detection.mean()), float(association.mean())


def _count_tracks(frames: Sequence[FrameTracks]) -> tuple[int, int]:
    truth = {name for frame in frames for name in frame.truth.tolist()}
    predicted = {name for frame in frames for name in frame.predicted.tolist()}
    return max(truth, default=-1) + 1, max(predicted, default=-1) + 1


def _divide(part: float, whole: float) -> float:
    return float(part / whole) if whole else np.nan
