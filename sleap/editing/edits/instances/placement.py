"""Where nodes go that no other instance tells the place of. Numbers only: points in, points out."""

from collections.abc import Sequence

import numpy as np

from sleap.core.choice import Area
from sleap.core.tables import BoolArray, FloatArray
from sleap.editing.edits.instances.poses import fit_pose, is_missing

N_STEPS = 50
"""Steps of the force-directed layout."""

PUSH = 0.1
"""Part of the push of nodes that is left where some are known, which crowd more closely."""

FILL = 0.4
"""Part of the visible area that a new instance takes, at most, along each side."""


def place_random(points: FloatArray, area: Area, rng: np.random.Generator) -> FloatArray:
    """Put missing nodes anywhere in the middle part of an area.

    Args:
        points: (n_nodes, 2) pixels, NaN if missing.
        area: (x0, y0, x1, y1) pixels.
        rng: Where chance comes from.

    Returns:
        (n_nodes, 2) pixels, none missing.
    """
    center, size = _center_and_size(area)
    anywhere = center + rng.uniform(-FILL, FILL, points.shape) * size
    return np.where(np.isnan(points), anywhere, points)


def place_by_force(
    points: FloatArray,
    edges: Sequence[tuple[int, int]],
    area: Area,
    rng: np.random.Generator,
) -> FloatArray:
    """Put missing nodes where edges pull and nodes push them; known ones stay.

    (T. Fruchterman, E. Reingold: Graph drawing by force-directed placement, 1991.) Without known
    nodes the layout lies in the middle of the area.

    Args:
        points: (n_nodes, 2) pixels, NaN if missing.
        edges: Pairs of node indices.
        area: (x0, y0, x1, y1) pixels.
        rng: Where the nodes start.

    Returns:
        (n_nodes, 2) pixels, none missing.
    """
    fixed = ~is_missing(points)
    center, size = _center_and_size(area)
    length = _edge_length(points, edges) or float(FILL * size.min() / np.sqrt(len(points)))
    push = PUSH if fixed.any() else 1.0
    xy = _start(points, edges, fixed, center, length, rng)
    pairs = np.array(edges, np.int64).reshape(-1, 2)
    for step in range(N_STEPS):
        apart = xy[:, None] - xy[None]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), length * 1e-3)
        force = (apart * (push * length**2 / distance**2)[..., None]).sum(axis=1)
        along = apart[pairs[:, 0], pairs[:, 1]]
        pull = along * (distance[pairs[:, 0], pairs[:, 1]] / length)[:, None]
        np.add.at(force, pairs[:, 0], -pull)
        np.add.at(force, pairs[:, 1], pull)
        if not fixed.any():  # nodes without edges are not to fly away
            force -= 0.1 * (xy - center)
        strength = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        limit = length * (1 - step / N_STEPS)
        moved = force * (np.minimum(strength, limit) / strength)[:, None]
        xy = np.where(fixed[:, None], xy, xy + moved)
    if not fixed.any():
        xy = _fit_in(xy, center, size)
    return xy


def place_best(
    points: FloatArray,
    edges: Sequence[tuple[int, int]],
    area: Area,
    rng: np.random.Generator,
    typical: FloatArray | None = None,
) -> FloatArray:
    """Put missing nodes where they lie relative to the known ones on a typical animal.

    What the typical pose does not tell is placed by force. Without any known node the typical
    pose lies in the middle of the area.

    Args:
        points: (n_nodes, 2) pixels, NaN if missing.
        edges: Pairs of node indices.
        area: (x0, y0, x1, y1) pixels.
        rng: Where chance comes from.
        typical: (n_nodes, 2) pixels, NaN if unknown; None if nothing is known.

    Returns:
        (n_nodes, 2) pixels, none missing.
    """
    missing = is_missing(points)
    if typical is not None and missing.any():
        if missing.all():
            center, _ = _center_and_size(area)
            known = ~is_missing(typical)
            fitted = typical - typical[known].mean(axis=0) + center if known.any() else typical
        else:
            fitted = fit_pose(typical, points)
        points = np.where(missing[:, None], fitted, points)
    if np.isnan(points).any():
        points = place_by_force(points, edges, area, rng)
    return points


def move_to(points: FloatArray, x: float, y: float) -> FloatArray:
    """Move points so that the middle of their bounding box lies at a place; pixels."""
    there = points[~is_missing(points)]
    if not len(there):
        return points.copy()
    moved: FloatArray = points + (np.array((x, y)) - (there.min(axis=0) + there.max(axis=0)) / 2)
    return moved


def keep_inside(points: FloatArray, area: Area) -> FloatArray:
    """Move points as one so that they lie in an area, as far as they fit; pixels."""
    there = points[~is_missing(points)]
    if not len(there):
        return points.copy()
    low, high = np.array(area[:2], np.float64), np.array(area[2:], np.float64)
    least, most = there.min(axis=0), there.max(axis=0)
    step = np.maximum(low - least, 0) + np.minimum(high - most, 0)
    return points + np.where(most - least <= high - low, step, 0)


def _center_and_size(area: Area) -> tuple[FloatArray, FloatArray]:
    low, high = np.array(area[:2], np.float64), np.array(area[2:], np.float64)
    return (low + high) / 2, np.abs(high - low)


def _edge_length(points: FloatArray, edges: Sequence[tuple[int, int]]) -> float | None:
    """Return the median length of the edges that are known; None if none is."""
    lengths = [float(np.hypot(*(points[a] - points[b]))) for a, b in edges]
    known = [length for length in lengths if length > 0]
    return float(np.median(known)) if known else None


def _start(
    points: FloatArray,
    edges: Sequence[tuple[int, int]],
    fixed: BoolArray,
    center: FloatArray,
    length: float,
    rng: np.random.Generator,
) -> FloatArray:
    """Let missing nodes start near a known neighbour, or else near the middle."""
    xy, placed = points.copy(), fixed.copy()
    middle = points[fixed].mean(axis=0) if fixed.any() else center
    chance = rng.normal(0, length / 2, points.shape)
    for _ in range(len(points)):
        for a, b in (*edges, *((b, a) for a, b in edges)):
            if placed[a] and not placed[b]:
                xy[b], placed[b] = xy[a] + chance[b], True
        if placed.all():
            break
    xy[~placed] = middle + chance[~placed]
    return xy


def _fit_in(xy: FloatArray, center: FloatArray, size: FloatArray) -> FloatArray:
    """Scale a layout to its part of the area, about its middle."""
    least, most = xy.min(axis=0), xy.max(axis=0)
    extent = np.maximum(most - least, 1e-9)
    factor = min(1.0, float((FILL * size / extent).min()))
    fitted: FloatArray = center + (xy - (least + most) / 2) * factor
    return fitted
