"""Few numbers out of many, and groups of what is alike: principal components and k-means."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from sleap.core.tables import FloatArray, IntArray
from sleap.progress import SILENT, Progress

Matrix = npt.NDArray[np.float32]

N_EXTRA = 10
"""Directions looked for beside those wanted, which makes these exact."""
N_POWERS = 6
"""Rounds that turn the directions looked for towards those of the largest spread."""

N_STARTS = 4
"""Times that k-means begins anew."""
N_ROUNDS = 100
"""The most rounds of k-means."""


def principal_components(
    vectors: Matrix, n_components: int, random: np.random.Generator, progress: Progress = SILENT
) -> FloatArray:
    """Describe vectors by their places along the directions in which they differ most.

    A randomized method (Halko, Martinsson and Tropp 2011): its work grows with the number of
    values, not with its square.

    Args:
        vectors: (n, d); its mean is taken off in place.
        n_components: How many directions; fewer are used if there are not as many.
        random: Where the search begins.
        progress: Checked between steps.

    Returns:
        (n, k) float64, k <= n_components; the first column varies most.
    """
    n, d = vectors.shape
    n_components = min(n_components, n, d)
    vectors -= vectors.mean(axis=0)
    n_directions = min(n_components + N_EXTRA, n, d)
    basis = vectors @ random.standard_normal((d, n_directions)).astype(np.float32)
    for _ in range(N_POWERS):
        progress.check()
        basis = np.linalg.qr(basis)[0]
        basis = vectors @ (vectors.T @ basis)
    basis = np.linalg.qr(basis)[0]
    left, sizes, _ = np.linalg.svd(basis.T @ vectors, full_matrices=False)
    result: FloatArray = ((basis @ left) * sizes)[:, :n_components].astype(np.float64)
    return result


def k_means(
    points: npt.NDArray[np.floating],
    n_clusters: int,
    random: np.random.Generator,
    progress: Progress = SILENT,
    *,
    n_starts: int = N_STARTS,
) -> tuple[IntArray, FloatArray]:
    """Group points around centers: k-means++ (Arthur and Vassilvitskii 2007), the best of some.

    Args:
        points: (n, d), n > 0.
        n_clusters: How many groups; fewer come out if there are fewer different points.
        random: Where centers begin.
        progress: Checked between rounds.
        n_starts: How often to begin anew; the best result counts.

    Returns:
        (n,) the number of the group of each point; groups are numbered by size, largest first.
        And (k, d) float64, their centers.
    """
    exact: FloatArray = points.astype(np.float64)
    best: tuple[float, IntArray, FloatArray] | None = None
    for _ in range(n_starts):
        groups, centers, cost = _settle(exact, _seed(exact, n_clusters, random), progress)
        if best is None or cost < best[0]:
            best = cost, groups, centers
    assert best is not None
    _, groups, centers = best
    used, sizes = np.unique(groups, return_counts=True)
    order = used[np.argsort(-sizes, kind="stable")]
    numbers = np.zeros(len(centers), np.int64)
    numbers[order] = np.arange(len(order))
    return numbers[groups], centers[order]


def nearest(points: npt.NDArray[np.floating], centers: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return (n,) the nearest center of each point, and (n,) the squared distance to it."""
    distances = (
        (points * points).sum(axis=1)[:, None]
        - 2 * points @ centers.T
        + (centers * centers).sum(axis=1)
    )
    groups = distances.argmin(axis=1)
    return groups, np.maximum(distances[np.arange(len(points)), groups], 0)


def pick_spread(points: FloatArray, center: FloatArray, n_wanted: int) -> IntArray:
    """Choose points that differ: the one nearest to the center, then always the farthest one.

    Args:
        points: (n, d), n > 0.
        center: (d,).
        n_wanted: How many; all if there are fewer.

    Returns:
        Their places, in the order chosen.
    """
    chosen = [int(((points - center) ** 2).sum(axis=1).argmin())]
    far = np.full(len(points), np.inf)
    while len(chosen) < min(n_wanted, len(points)):
        far = np.minimum(far, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        far[chosen] = -1
        chosen.append(int(far.argmax()))
    return np.array(chosen, np.int64)


def _seed(points: FloatArray, n_clusters: int, random: np.random.Generator) -> FloatArray:
    """Choose centers among the points, each with a chance by the square of its distance."""
    centers = [points[int(random.integers(len(points)))]]
    far = ((points - centers[0]) ** 2).sum(axis=1)
    while len(centers) < n_clusters and far.sum() > 0:
        centers.append(points[int(random.choice(len(points), p=far / far.sum()))])
        far = np.minimum(far, ((points - centers[-1]) ** 2).sum(axis=1))
    return np.array(centers)


def _settle(
    points: FloatArray, centers: FloatArray, progress: Progress
) -> tuple[IntArray, FloatArray, float]:
    """Move centers to the means of their groups until the groups stay (Lloyd 1982)."""
    groups, distances = nearest(points, centers)
    for _ in range(N_ROUNDS):
        progress.check()
        counts = np.bincount(groups, minlength=len(centers))
        members = np.argsort(groups, kind="stable")
        borders = np.r_[0, np.cumsum(counts)]
        ones = np.ones(len(points))
        sums = csr_array((ones, members, borders), shape=(len(counts), len(points))) @ points
        is_used = counts > 0
        centers[is_used] = sums[is_used] / counts[is_used, None]
        before = groups
        groups, distances = nearest(points, centers)
        if np.array_equal(groups, before):
            break
    return groups, centers, float(distances.sum())
