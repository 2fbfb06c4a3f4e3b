"""How many points there are, and how sure the network and the tracker were of them."""

from collections.abc import Callable

import numpy as np

from sleap.core.series.sightings import Sightings
from sleap.core.series.statistic import enter, reduce_frames
from sleap.core.tables import FloatArray


@enter("point_count", "Number of points", "How many visible points a frame has", unit="points")
def point_count(sightings: Sightings, node: int) -> FloatArray:
    """Count the visible points; 0 on a labeled frame without any."""
    counts = _per_instance(sightings, lambda points: (~np.isnan(points[0])).sum(axis=0))
    return np.nan_to_num(reduce_frames(sightings, counts, "sum"))


@enter("point_score_sum", "Point score (sum)", "The sum of the scores of all predicted points")
def point_score_sum(sightings: Sightings, node: int) -> FloatArray:
    """Add the scores of the points of predictions."""
    sums = _per_instance(sightings, lambda points: _point_scores(points, 0.0).sum(axis=0))
    return reduce_frames(sightings, np.where(sightings.is_predicted, sums, np.nan), "sum")


@enter("point_score_min", "Point score (min)", "The lowest score of any predicted point")
def point_score_min(sightings: Sightings, node: int) -> FloatArray:
    """Find the lowest score of the points of predictions."""
    lowest = _per_instance(
        sightings, lambda points: _point_scores(points, np.inf).min(axis=0, initial=np.inf)
    )
    is_known = sightings.is_predicted & np.isfinite(lowest)
    return reduce_frames(sightings, np.where(is_known, lowest, np.nan), "min")


@enter("instance_score_sum", "Instance score (sum)", "The sum of the scores of all predictions")
def instance_score_sum(sightings: Sightings, node: int) -> FloatArray:
    """Add the scores of predictions."""
    return reduce_frames(sightings, _column(sightings, "score"), "sum")


@enter("instance_score_min", "Instance score (min)", "The lowest score of any prediction")
def instance_score_min(sightings: Sightings, node: int) -> FloatArray:
    """Find the lowest score of predictions."""
    return reduce_frames(sightings, _column(sightings, "score"), "min")


@enter("tracking_score_mean", "Tracking score (mean)", "The mean of what the tracker was sure of")
def tracking_score_mean(sightings: Sightings, node: int) -> FloatArray:
    """Average the tracking scores of predictions."""
    return reduce_frames(sightings, _column(sightings, "tracking_score"), "mean")


@enter("tracking_score_min", "Tracking score (min)", "The least that the tracker was sure of")
def tracking_score_min(sightings: Sightings, node: int) -> FloatArray:
    """Find the lowest tracking score of predictions."""
    return reduce_frames(sightings, _column(sightings, "tracking_score"), "min")


def _column(sightings: Sightings, name: str) -> FloatArray:
    """Return (n,) a column of the table of instances; NaN of user instances."""
    values = sightings.store.instances.rows[name][sightings.rows].astype(np.float64)
    values[~sightings.is_predicted] = np.nan
    return values


def _point_scores(points: FloatArray, missing: float) -> FloatArray:
    """Return (n_nodes, n) the scores, with another number in place of missing ones."""
    scores = points[2]
    return np.where(np.isnan(scores), missing, scores)


def _per_instance(sightings: Sightings, reduce: Callable[[FloatArray], FloatArray]) -> FloatArray:
    result = np.empty(len(sightings.rows))
    for part, _, points in sightings.blocks():
        result[part] = reduce(points)
    return result
