"""What an evaluation found, as plain data and as lines of text."""

import math
from typing import Any

import attrs
from attrs import frozen

from sleap.evaluation.metrics import Distances, Precision, Visibility
from sleap.evaluation.tracking_metrics import TrackingScores

RULE = (
    "A prediction, the most confident first, is paired with the most similar true animal (OKS) "
    "that is left. A true animal is found if it is paired and the mean distance of the common "
    "points is at most half its length (diagonal of its box; at least half the median length)."
)


@frozen(kw_only=True)
class Report:
    """How predictions compare with the truth. NaN where there is nothing to judge.

    Attributes:
        n_frames: Frames of the truth that show an animal.
        n_frames_without_prediction: Those of them on which nothing was predicted.
        n_truth: True instances on these frames.
        n_predicted: Predictions on these frames.
        n_paired: Pairs of both.
        n_found: True instances that were found (``RULE``).
        found_fraction: ``n_found`` / ``n_truth``.
        n_spurious: Predictions without a pair.
        distances: Of the points of all pairs, pixels.
        node_distances: The same for each node, by name.
        mean_oks: Mean object keypoint similarity of the pairs.
        precision: mAP and mAR over thresholds of object keypoint similarity.
        pck: For each threshold in pixels, the share of the true points of pairs predicted nearer.
        mean_pck: Mean of ``pck``.
        visibility: Whether it was told right which points of pairs are to be seen.
        tracking: About identities; None unless truth and predictions both have tracks.
        left_out: Names of videos of the truth that no prediction is about.
    """

    n_frames: int
    n_frames_without_prediction: int
    n_truth: int
    n_predicted: int
    n_paired: int
    n_found: int
    found_fraction: float
    n_spurious: int
    distances: Distances
    node_distances: dict[str, Distances]
    mean_oks: float
    precision: Precision
    pck: dict[float, float]
    mean_pck: float
    visibility: Visibility
    tracking: TrackingScores | None = None
    left_out: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as what JSON can hold: keys are strings, None stands for NaN."""
        result = _plain(attrs.asdict(self))
        assert isinstance(result, dict)
        return {**result, "rule": RULE}

    @property
    def lines(self) -> list[str]:
        """The figures as lines of text, for a terminal."""
        percentiles = self.distances.percentiles
        lines = [
            f"Found      {self.n_found} of {self.n_truth} animals ({_percent(self.found_fraction)})"
            f" on {self.n_frames} frames; {self.n_spurious} spurious",
            f"Error      median {self.distances.median:.2f} px, mean {self.distances.mean:.2f} px, "
            + ", ".join(f"p{percent} {percentiles[percent]:.2f}" for percent in (90, 95, 99))
            + f" ({self.distances.n_points} points)",
            f"OKS        mean {self.mean_oks:.3f}, mAP {self.precision.mean_precision:.3f}, "
            f"mAR {self.precision.mean_recall:.3f}",
            f"PCK        mean {self.mean_pck:.3f}; "
            + ", ".join(
                f"{threshold:g} px {value:.3f}"
                for threshold, value in self.pck.items()
                if threshold in (1, 2, 5, 10)
            ),
            f"Visible    precision {self.visibility.precision:.3f}, "
            f"recall {self.visibility.recall:.3f}",
        ]
        if self.tracking is not None:
            scores = self.tracking
            lines.append(
                f"Identity   {scores.n_switches} switches, IDF1 {scores.idf1:.4f}, HOTA "
                f"{scores.hota:.4f}, {scores.n_predicted_tracks} tracks for "
                f"{scores.n_truth_tracks}, {scores.n_fragmentations} fragmentations"
            )
        if self.n_frames_without_prediction:
            lines.append(f"Note       {self.n_frames_without_prediction} frames have no prediction")
        lines += [f"Note       no prediction is about video {name}" for name in self.left_out]
        return lines


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and math.isnan(value):
        return None
    return value
