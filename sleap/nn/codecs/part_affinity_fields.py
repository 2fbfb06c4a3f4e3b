"""Part affinity fields: two channels per edge, the edge's direction along the animal's body.

Cao et al., "Realtime multi-person 2D pose estimation using part affinity fields" (CVPR 2017).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.nn.codecs.confidence_maps import grid_shape

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]


def encode(
    points: npt.NDArray[Any],
    edges: npt.NDArray[np.integer[Any]],
    shape: tuple[int, int],
    *,
    sigma: float,
    stride: int,
) -> Float32:
    """Draw the direction of each edge within a band around it.

    The band reaches ``sigma`` to both sides and beyond both ends. Where those of several instances
    overlap, their vectors are added.

    Args:
        points: (n_instances, n_nodes, 2), (x, y) in pixels of the network's input; NaN if missing.
        edges: (n_edges, 2) indices of the nodes that each edge goes from and to.
        shape: (height, width) of the network's input, pixels; multiples of ``stride``.
        sigma: Half width of the band in pixels of the network's input.
        stride: Input pixels per cell.

    Returns:
        (height // stride, width // stride, 2 * n_edges) float32: channel 2e is the x and channel
        2e + 1 the y component of the unit vector of edge e, zero off the band.

    Raises:
        ValueError: If ``shape`` is not a multiple of ``stride``.
    """
    height, width = grid_shape(shape, stride)
    edges = np.asarray(edges).reshape(-1, 2)
    fields = np.zeros((height, width, 2 * len(edges)), dtype=np.float32)
    for instance in np.asarray(points, dtype=np.float64):
        for edge, (source, destination) in enumerate(edges):
            start, end = instance[source], instance[destination]
            if np.isfinite(start).all() and np.isfinite(end).all() and (start != end).any():
                _draw(fields[:, :, 2 * edge : 2 * edge + 2], start, end, sigma, stride)
    return fields


def _draw(field: Float32, start: Float64, end: Float64, sigma: float, stride: int) -> None:
    """Add one edge to its two channels, touching only the box that holds its band."""
    height, width = field.shape[:2]
    reach = np.sqrt(2.0) * sigma
    x0, y0 = np.maximum(np.ceil((np.minimum(start, end) - reach) / stride), 0).astype(int)
    x1, y1 = (np.floor((np.maximum(start, end) + reach) / stride) + 1).astype(int)
    x1, y1 = min(x1, width), min(y1, height)
    if x0 >= x1 or y0 >= y1:
        return
    length = float(np.hypot(*(end - start)))
    direction = (end - start) / length
    x = np.arange(x0, x1) * stride - start[0]
    y = (np.arange(y0, y1) * stride - start[1])[:, np.newaxis]
    along = x * direction[0] + y * direction[1]
    aside = y * direction[0] - x * direction[1]
    # A hair of tolerance, so that cells on the very edge of the band are in at every angle.
    is_on = (np.abs(along - length / 2) <= length / 2 + sigma + 1e-9) & (
        np.abs(aside) <= sigma + 1e-9
    )
    field[y0:y1, x0:x1] += is_on[:, :, np.newaxis] * direction.astype(np.float32)


def score_lines(
    fields: npt.NDArray[Any],
    stride: int,
    src_points: npt.NDArray[Any],
    dst_points: npt.NDArray[Any],
    edge: int,
    *,
    n_samples: int = 5,
    max_edge_length: float = np.inf,
    min_edge_score: float = 0.05,
) -> tuple[Float64, Float64]:
    """Score how well the field supports a line between each source and each destination.

    The field is sampled bilinearly at evenly spaced points of the line, both ends included (beyond
    the field its border goes on); a sample counts by its component along the line.

    Args:
        fields: (height, width, 2 * n_edges).
        stride: Input pixels per cell.
        src_points: (n_src, 2), (x, y) in pixels of the network's input.
        dst_points: (n_dst, 2), likewise.
        edge: Index of the edge.
        n_samples: Samples per line.
        max_edge_length: Pixels of the network's input; a longer line is penalised.
        min_edge_score: A sample above it counts as supporting the line.

    Returns:
        Scores (n_src, n_dst): the mean over the samples, minus ``1 - max_edge_length / length``
        where the line is too long; and the fraction of supporting samples (n_src, n_dst), before
        that penalty. A line of no length scores 0.
    """
    src = np.asarray(src_points, dtype=np.float64).reshape(-1, 1, 2)
    dst = np.asarray(dst_points, dtype=np.float64).reshape(1, -1, 2)
    lines = dst - src
    length = np.hypot(lines[:, :, 0], lines[:, :, 1])
    safe = np.where(length > 0, length, 1.0)
    direction = lines / safe[:, :, np.newaxis]
    t = np.linspace(0.0, 1.0, n_samples)[:, np.newaxis]
    where = src[:, :, np.newaxis] + t * lines[:, :, np.newaxis]
    samples = _sample(fields[:, :, 2 * edge : 2 * edge + 2], where / stride)
    dots = (samples * direction[:, :, np.newaxis]).sum(axis=-1)
    score = dots.mean(axis=-1) + np.minimum(max_edge_length / safe - 1.0, 0.0)
    return score, (dots > min_edge_score).mean(axis=-1)


def _sample(field: npt.NDArray[Any], where: Float64) -> Float64:
    """Read a field (height, width, k) bilinearly at positions (..., 2) in cells: (..., k)."""
    height, width = field.shape[:2]
    x = np.clip(where[..., 0], 0, width - 1)
    y = np.clip(where[..., 1], 0, height - 1)
    column, row = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp)
    right, below = np.minimum(column + 1, width - 1), np.minimum(row + 1, height - 1)
    u, v = (x - column)[..., np.newaxis], (y - row)[..., np.newaxis]
    upper = field[row, column] * (1 - u) + field[row, right] * u
    lower = field[below, column] * (1 - u) + field[below, right] * u
    return np.asarray(upper * (1 - v) + lower * v, dtype=np.float64)
