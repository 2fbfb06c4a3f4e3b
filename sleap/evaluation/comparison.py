"""Predictions compared with the truth: the one call that makes a report."""

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.poses import TrackArray
from sleap.core.tables import FloatArray, IntArray
from sleap.errors import LabelsError
from sleap.evaluation.matching import Pairs, match_by_score
from sleap.evaluation.metrics import (
    average_precision,
    compare_visibility,
    count_correct,
    summarize_distances,
)
from sleap.evaluation.oks import STDDEV, choose_lengths, score_closeness, score_oks
from sleap.evaluation.pairing import FramePair, pair_frames, pair_videos
from sleap.evaluation.report import Report
from sleap.evaluation.tracking_metrics import FrameTracks, TrackingScores, score_tracking

_FOUND = 0.5
"""Closeness from which on an animal is found: half a length."""
_TIE = 1e-9
"""Weight of closeness where object keypoint similarity tells nothing."""


@frozen(eq=False)
class Scored:
    """One frame with its similarities and pairs."""

    pair: FramePair
    oks: FloatArray
    closeness: FloatArray
    matched: Pairs


def evaluate(truth: Labels, predicted: Labels, *, oks_stddev: float = STDDEV) -> Report:
    """Compare predictions with the truth, on the frames of the truth that show an animal.

    Videos are the same by name without folder, or by what embedded images were taken from, or if
    each has only one; frames by index; nodes by name. The truth are its user instances, or if it
    has none at all, all its instances; with the predictions it is the other way round.

    Args:
        truth: What is right.
        predicted: What is to be judged.
        oks_stddev: Spread of object keypoint similarity, as a share of the size of an animal.

    Raises:
        LabelsError: If there is nothing to compare, or videos or skeletons do not fit together.
    """
    frames = score_frames(read_frames(truth, predicted), oks_stddev)
    n_truth = sum(len(frame.pair.truth) for frame in frames)
    n_predicted = sum(len(frame.pair.predicted) for frame in frames)
    true_points, points = gather_pairs(frames)
    distances: FloatArray = np.hypot(*np.moveaxis(true_points - points, -1, 0))
    is_true, is_predicted = ~np.isnan(true_points[:, :, 0]), ~np.isnan(points[:, :, 0])
    oks = np.concatenate([frame.oks[frame.matched] for frame in frames])
    n_found = sum(int((frame.closeness[frame.matched] >= _FOUND).sum()) for frame in frames)
    pck = count_correct(distances, is_true)
    return Report(
        n_frames=len(frames),
        n_frames_without_prediction=sum(len(frame.pair.predicted) == 0 for frame in frames),
        n_truth=n_truth,
        n_predicted=n_predicted,
        n_paired=len(oks),
        n_found=n_found,
        found_fraction=n_found / n_truth,
        n_spurious=n_predicted - len(oks),
        distances=summarize_distances(distances),
        node_distances={
            name: summarize_distances(distances[:, node])
            for node, name in enumerate(truth.skeleton.node_names)
        },
        mean_oks=float(oks.mean()) if len(oks) else np.nan,
        precision=average_precision(*spread_over_predictions(frames, oks), n_truth),
        pck=pck,
        mean_pck=float(np.mean(list(pck.values()))),
        visibility=compare_visibility(is_true, is_predicted),
        tracking=_score_tracks(frames),
        left_out=_find_left_out(truth, predicted),
    )


def count_switches(truth: Labels, predicted: Labels) -> TrackingScores:
    """Compare only the identities.

    Args:
        truth: What is right; its instances have tracks.
        predicted: What is to be judged; its instances have tracks.

    Raises:
        LabelsError: If there is nothing to compare, or either has no tracks.
    """
    scores = _score_tracks(score_frames(read_frames(truth, predicted), STDDEV))
    if scores is None:
        raise LabelsError(
            "Identities cannot be compared: on the frames of the truth, "
            "truth and predictions both need instances with tracks."
        )
    return scores


def read_frames(truth: Labels, predicted: Labels) -> list[FramePair]:
    """Return the frames of the truth that show an animal; see ``pair_frames``.

    Raises:
        LabelsError: If there is none.
    """
    pairs = list(pair_frames(truth, predicted))
    if not pairs:
        raise LabelsError("The truth has no frame with an animal: nothing can be evaluated.")
    return pairs


def score_frames(pairs: Sequence[FramePair], stddev: float = STDDEV) -> list[Scored]:
    """Compare the poses of each frame, and pair them."""
    lengths = choose_lengths(np.concatenate([pair.truth.points for pair in pairs]))
    ends = np.cumsum([len(pair.truth) for pair in pairs])
    result = []
    for pair, length in zip(pairs, np.split(lengths, ends[:-1]), strict=True):
        oks = score_oks(pair.truth.points, pair.predicted.points, stddev=stddev)
        closeness = score_closeness(pair.truth.points, pair.predicted.points, length)
        matched = match_by_score(oks + _TIE * closeness, pair.predicted.scores.astype(np.float64))
        result.append(Scored(pair, oks, closeness, matched))
    return result


def gather_pairs(frames: Sequence[Scored]) -> tuple[FloatArray, FloatArray]:
    """Return the true and the predicted points of all pairs: (k, n_nodes, 2) each."""
    return (
        np.concatenate([frame.pair.truth.points[frame.matched[0]] for frame in frames]),
        np.concatenate([frame.pair.predicted.points[frame.matched[1]] for frame in frames]),
    )


def spread_over_predictions(
    frames: Sequence[Scored], of_pairs: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Spread a figure of pairs over all predictions.

    Args:
        frames: The frames.
        of_pairs: (k,) figures of the pairs of all frames.

    Returns:
        (m,) the figure of each prediction's pair, 0 without one, and its score.
    """
    ends = np.cumsum([len(frame.matched[1]) for frame in frames])
    values = []
    for frame, figures in zip(frames, np.split(of_pairs, ends[:-1]), strict=True):
        spread = np.zeros(len(frame.pair.predicted))
        spread[frame.matched[1]] = figures
        values.append(spread)
    scores = np.concatenate([frame.pair.predicted.scores for frame in frames])
    return np.concatenate(values), scores.astype(np.float64)


def _score_tracks(frames: Sequence[Scored]) -> TrackingScores | None:
    truth = _number([(f.pair.video, f.pair.truth.tracks) for f in frames])
    predicted = _number([(f.pair.video, f.pair.predicted.tracks) for f in frames])
    if not (any(len(names) for names in truth) and any(len(names) for names in predicted)):
        return None
    result = []
    for frame, names, others in zip(frames, truth, predicted, strict=True):
        rows, columns = frame.pair.truth.tracks >= 0, frame.pair.predicted.tracks >= 0
        result.append(FrameTracks(frame.closeness[rows][:, columns], names, others))
    return score_tracking(result, _FOUND)


def _number(tracks: Iterable[tuple[int, TrackArray]]) -> list[IntArray]:
    """Number the tracks that occur from 0, those of each video apart; leave -1 out."""
    numbers: dict[tuple[int, int], int] = {}
    return [
        np.array(
            [
                numbers.setdefault((video, name), len(numbers))
                for name in names.tolist()
                if name >= 0
            ],
            np.int64,
        )
        for video, names in tracks
    ]


def _find_left_out(truth: Labels, predicted: Labels) -> tuple[str, ...]:
    partners = pair_videos(truth, predicted)
    return tuple(
        video.name
        for video, partner in zip(truth.videos, partners, strict=True)
        if partner is None and len(truth.frame_rows(video))
    )
