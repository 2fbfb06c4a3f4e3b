"""How far poses are from the usual shape of an animal, whatever its place, size and direction.

Poses are laid over one reference by translation, rotation and scale (generalized Procrustes
analysis: Gower 1975, Psychometrika 40) with weights that far nodes lose, and medians in place of
means, so that a few wrong labels change neither the reference nor the fit of their other nodes.
Mirrored poses are not the same shape: that is how left and right are told apart.
"""

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.core.tables import FloatArray, IntArray

ComplexArray = npt.NDArray[np.complex128]

LEAST_POSES = 8
"""Of fewer poses nobody can tell what is usual."""

N_FITTED = 10_000
"""Of more poses than this, evenly spaced ones are looked at for what is usual."""

_N_BLOCK = 1 << 14
_N_ROUNDS = 8
_N_REFITS = 4
_TOLERANCE = 3.0
_LEAST_SPREAD = 0.03
_TINY = 1e-6


@frozen(eq=False)
class Shape:
    """What is usual.

    Attributes:
        nodes: (k,) complex: x + iy of each node, in units of the root mean square distance of the
            nodes from their center; NaN for a node that is never labeled.
        spreads: (k,) half of the poses have the node nearer to its usual place than this; in the
            same unit, and no less than 0.03.
    """

    nodes: ComplexArray
    spreads: FloatArray

    def distances(self, points: FloatArray) -> FloatArray:
        """Measure how far nodes are from where they usually are.

        Args:
            points: (n, k, 2) poses in pixels; NaN for a missing point.

        Returns:
            (n, k) in units of ``spreads``: 1 is usual, 10 is far. NaN for missing points, and for
            all of a pose with fewer than three points or no extent.
        """
        offsets: FloatArray = np.abs(_lay_over(_as_complex(points), self)) / self.spreads
        return offsets


def rarities(shape: Shape, points: FloatArray, least: float = 0.0) -> FloatArray:
    """Measure how far nodes are from where they are in the poses most like this one.

    Unlike the distance from the usual place this is small for all that occurs repeatedly, as a
    wing that some of the animals spread.

    Args:
        shape: What is usual.
        points: (n, k, 2) poses in pixels, the ones to compare with; NaN for a missing point.
        least: Up to which value the exact one does not matter: it is 0 then, which is faster.

    Returns:
        (n, k) distance, in units of ``spreads``, from the nearest places of the node in 2% of the
        poses, at least 3. NaN as of ``distances``, and for nodes that few poses have.
    """
    from scipy.spatial import cKDTree

    offsets = _lay_over(_as_complex(points), shape)
    result = np.full(offsets.shape, np.nan)
    for node, column in enumerate(offsets.T):
        rows = np.flatnonzero(~np.isnan(column))
        if len(rows) < LEAST_POSES:
            continue
        places = np.column_stack((column[rows].real, column[rows].imag))
        known = places[:: -(-len(places) // N_FITTED)]
        n_near = max(3, round(0.02 * len(known)))
        # Half of the poses are within one spread of the usual place, and so within one more here.
        is_far = np.hypot(*places.T) / shape.spreads[node] > least - 1
        found = np.asarray(cKDTree(known).query(places[is_far], [n_near + 1])[0])
        result[rows, node] = 0.0
        result[rows[is_far], node] = found[:, 0] / shape.spreads[node]
    return result


def fit_shape(points: FloatArray) -> Shape | None:
    """Find the usual shape of poses.

    Args:
        points: (n, k, 2) pixels; NaN for a missing point.

    Returns:
        The shape; None if fewer than ``LEAST_POSES`` poses have three points or more, apart.
    """
    poses = _as_complex(points)
    poses = poses[(np.sum(~np.isnan(poses), axis=1) >= 3) & (radii(points) > _TINY)]
    if len(poses) < LEAST_POSES:
        return None
    poses = poses[:: -(-len(poses) // N_FITTED)]
    fullest = np.argmax(np.sum(~np.isnan(poses), axis=1))
    shape = _normalized(poses[fullest], np.full(poses.shape[1], 0.3))
    for _ in range(_N_ROUNDS):
        offsets = _lay_over(poses, shape)
        known = np.where(np.isnan(shape.nodes), 0, shape.nodes)
        center = _median(offsets.real) + 1j * _median(offsets.imag)
        nodes = known + center
        spreads = _median(np.abs(offsets - center))
        shape = _normalized(nodes, spreads)
    return shape


def best_swaps(
    shape: Shape, points: FloatArray, pairs: list[tuple[int, int]]
) -> tuple[FloatArray, IntArray]:
    """Find poses that are far more usual with left and right swapped.

    All pairs together are tried, and each alone.

    Args:
        shape: What is usual.
        points: (n, k, 2) poses in pixels; NaN for a missing point.
        pairs: Nodes that are swapped.

    Returns:
        (n,) by how many spreads the swapped nodes come nearer to their usual places on average, 0
        if they do not come nearer by half; and (n,) which swap leaves the most usual pose: -1 for
        all pairs, or the number of one.
    """
    before = shape.distances(points)
    gains, which = np.zeros(len(points)), np.full(len(points), -1)
    least = np.full(len(points), np.inf)
    trials = [(-1, pairs)] + [(number, [pair]) for number, pair in enumerate(pairs)]
    for number, swapped in trials if len(pairs) > 1 else trials[:1]:
        order = np.arange(points.shape[1])
        for a, b in swapped:
            order[a], order[b] = b, a
        nodes = [node for pair in swapped for node in pair]
        after = shape.distances(points[:, order])
        now, then = _mean(before[:, nodes]), _mean(after[:, nodes])
        is_found = (then < now) & (then <= now / 2)
        gains = np.where(is_found, np.maximum(gains, now - then), gains)
        left = _mean(np.minimum(after, 10))
        is_best = is_found & (left < least)
        which[is_best], least[is_best] = number, left[is_best]
    return gains, which


def radii(points: FloatArray) -> FloatArray:
    """Return (n,) root mean square distance of points (n, k, 2) from their center, pixels.

    NaN for a pose with fewer than two points.
    """
    poses = _as_complex(points)
    seen = ~np.isnan(poses)
    counts = np.maximum(seen.sum(axis=1), 1)
    center = np.where(seen, poses, 0).sum(axis=1) / counts
    squares = np.where(seen, np.abs(poses - center[:, None]) ** 2, 0).sum(axis=1)
    return np.where(seen.sum(axis=1) >= 2, np.sqrt(squares / counts), np.nan)


def _as_complex(points: FloatArray) -> ComplexArray:
    poses: ComplexArray = points[..., 0] + 1j * points[..., 1]
    poses[np.isnan(points).any(axis=-1)] = np.nan
    return poses


def _lay_over(poses: ComplexArray, shape: Shape) -> ComplexArray:
    """Return (n, k) where nodes lie relative to those of the shape, poses laid over it."""
    parts = range(0, len(poses), _N_BLOCK)
    laid = [_lay_block(poses[begin : begin + _N_BLOCK], shape) for begin in parts]
    return np.concatenate(laid) if laid else poses


def _lay_block(poses: ComplexArray, shape: Shape) -> ComplexArray:
    """Do so for few poses at a time, whose arrays stay small."""
    is_there = ~np.isnan(poses)
    seen = is_there & ~np.isnan(shape.nodes)
    own, usual = np.where(seen, poses, 0), np.where(seen, shape.nodes, 0)
    basic = seen / shape.spreads**2
    weights, offsets = basic, np.full(poses.shape, np.nan, np.complex128)
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(_N_REFITS):
            total = weights.sum(axis=1)[:, None]
            own_center = (weights * own).sum(axis=1)[:, None] / total
            usual_center = (weights * usual).sum(axis=1)[:, None] / total
            p, r = own - own_center, usual - usual_center
            size = np.sqrt((weights * abs(p) ** 2).sum(1) / (weights * abs(r) ** 2).sum(1))
            turn = (weights * r.conj() * p).sum(axis=1) / (weights * abs(r) ** 2).sum(axis=1)
            # A pose that fits badly would be laid over the shape at no size at all.
            turn *= np.maximum(1, 0.5 * size / np.abs(turn))
            laid = (poses - own_center) / turn[:, None] + usual_center
            offsets = laid - np.where(np.isnan(shape.nodes), 0, shape.nodes)
            far = np.where(seen, np.abs(offsets) / shape.spreads, 0) / _TOLERANCE
            weights = basic / (1 + far**2)
    offsets[(seen.sum(axis=1) < 3) | ~(np.abs(turn) > _TINY)] = np.nan
    offsets[~is_there] = np.nan
    return offsets


def _normalized(nodes: ComplexArray, spreads: FloatArray) -> Shape:
    """Make a shape of size 1 around 0."""
    nodes = nodes - np.nanmean(nodes)
    size = max(float(np.sqrt(np.nanmean(np.abs(nodes) ** 2))), 1e-9)
    spreads = np.where(np.isnan(spreads), 1.0, spreads / size)
    return Shape(nodes / size, np.maximum(spreads, _LEAST_SPREAD))


def _median(values: FloatArray) -> FloatArray:
    """Return the median of each column, NaN for one without values."""
    result = np.full(values.shape[1], np.nan)
    has = ~np.isnan(values).all(axis=0)
    result[has] = np.nanmedian(values[:, has], axis=0)
    return result


def _mean(values: FloatArray) -> FloatArray:
    """Return the mean of each row, 0 for one without values."""
    known = ~np.isnan(values)
    mean: FloatArray = np.where(known, values, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return mean
