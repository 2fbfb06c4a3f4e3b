"""A typical pose: the mean of many, fitted to what is known of another. Numbers only."""

import numpy as np

from sleap.core.tables import BoolArray, FloatArray

N_ROUNDS = 3
"""Times the mean is made anew from poses turned towards the last one."""

MAX_STRETCH = 4.0
"""A pose is made larger or smaller at most so many times to fit known points."""


def is_missing(points: FloatArray) -> BoolArray:
    """Return (...) which of (..., 2) points are missing."""
    missing: BoolArray = np.isnan(points[..., 0]) | np.isnan(points[..., 1])
    return missing


def average_pose(poses: FloatArray) -> FloatArray:
    """Return the mean of poses, each moved and turned to lie on the others.

    Sizes are kept, so the mean has the mean size. It looks into the direction of the pose with
    the most points. (Generalised Procrustes analysis without scaling; J. C. Gower, 1975.)

    Args:
        poses: (n, n_nodes, 2) pixels, NaN if missing.

    Returns:
        (n_nodes, 2) pixels about (0, 0); NaN for nodes missing in all poses.
    """
    mean = np.full(poses.shape[1:], np.nan)
    is_there = ~is_missing(poses)
    if not is_there.any():
        return mean
    mean = _centered(poses[np.argmax(is_there.sum(axis=1))])
    for _ in range(N_ROUNDS):
        turned = _turn_to(poses, mean)
        counts = (~is_missing(turned)).sum(axis=0)
        sums = np.nansum(turned, axis=0)
        known = counts > 0
        mean = np.full_like(mean, np.nan)
        mean[known] = sums[known] / counts[known, None]
    return _centered(mean)


def fit_pose(pose: FloatArray, points: FloatArray) -> FloatArray:
    """Move, turn and scale a pose so that it lies on known points.

    With two points or more in common this is the similarity of least squares; with one, the pose
    is moved there; with none it stays.

    Args:
        pose: (n_nodes, 2) pixels, NaN if missing.
        points: (n_nodes, 2) pixels, NaN if missing.

    Returns:
        (n_nodes, 2) the pose, pixels of ``points``.
    """
    common = ~is_missing(pose) & ~is_missing(points)
    if not common.any():
        return pose.copy()
    source, target = pose[common].mean(axis=0), points[common].mean(axis=0)
    a, b = (pose - source) @ (1, 1j), (points - target) @ (1, 1j)
    size = float((np.abs(a[common]) ** 2).sum())
    factor = complex((np.conj(a[common]) * b[common]).sum()) / size if size > 1e-12 else 1 + 0j
    if abs(factor) < 1e-6:
        factor = 1 + 0j
    factor *= np.clip(abs(factor), 1 / MAX_STRETCH, MAX_STRETCH) / abs(factor)
    fitted = a * factor
    lying: FloatArray = np.column_stack((fitted.real, fitted.imag)) + target
    return lying


def _turn_to(poses: FloatArray, reference: FloatArray) -> FloatArray:
    """Move and turn poses so that each lies on a reference as well as it can."""
    common: BoolArray = ~is_missing(poses) & ~is_missing(reference)
    counts = np.maximum(common.sum(axis=1), 1)[:, None]
    zeros = np.where(common[:, :, None], poses, 0)
    targets = np.where(common[:, :, None], reference, 0)
    centers, goals = zeros.sum(axis=1) / counts, targets.sum(axis=1) / counts
    a = (poses - centers[:, None]) @ (1, 1j)
    b = (reference - goals[:, None]) @ (1, 1j)
    turn = np.where(common, np.conj(a) * b, 0).sum(axis=1)
    size = np.abs(turn)
    turn = np.where(size > 1e-12, turn / np.maximum(size, 1e-12), 1)
    turned = a * turn[:, None]
    lying: FloatArray = np.stack((turned.real, turned.imag), axis=2) + goals[:, None]
    lying[~common.any(axis=1)] = np.nan
    return lying


def _centered(pose: FloatArray) -> FloatArray:
    known = ~is_missing(pose)
    return pose - pose[known].mean(axis=0) if known.any() else pose
