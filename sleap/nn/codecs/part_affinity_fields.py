"""Part affinity fields: two channels per edge, the edge's direction along the animal's body.

Cao et al., "Realtime multi-person 2D pose estimation using part affinity fields" (CVPR 2017).
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.nn.codecs.confidence_maps import grid_shape

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


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
    fields: npt.NDArray[np.float32],
    stride: int,
    sources: npt.NDArray[Any],
    destinations: npt.NDArray[Any],
    edges: Int,
    *,
    n_samples: int = 5,
    min_edge_score: float = 0.05,
) -> tuple[Float64, Float64]:
    """Score the lines of candidate connections, of all edges of an image at once.

    The field is read bilinearly at evenly spaced points of the line, both ends included (beyond the
    field its border goes on); a sample counts by its component along the line.

    Args:
        fields: (height, width, 2 * n_edges).
        stride: Input pixels per pixel of the fields.
        sources: (n, 2), (x, y) in pixels of the network's input.
        destinations: (n, 2), likewise.
        edges: (n,), edge that each line would be.
        n_samples: Samples on a line.
        min_edge_score: A sample above it agrees with the line.

    Returns:
        The mean over the samples (n,), in [-1, 1] for ideal fields; and the share of the samples
        that agree (n,). A line of no length scores 0.
    """
    lines = destinations - sources
    lengths = np.hypot(lines[:, 0], lines[:, 1])
    directions = lines / np.where(lengths > 0, lengths, 1)[:, None]
    along = np.linspace(0, 1, n_samples)[:, None]
    where = (sources[:, None] + along * lines[:, None]) / stride
    values = _read(fields, where, edges)
    dots = (values * directions[:, None]).sum(axis=2)
    return dots.mean(axis=1), (dots > min_edge_score).mean(axis=1)


def _read(fields: npt.NDArray[np.float32], where: Float64, edges: Int) -> Float64:
    """Read the two channels of an edge at (n, n_samples, 2) positions: (n, n_samples, 2)."""
    height, width, n_channels = fields.shape
    x = np.clip(where[..., 0], 0, width - 1)
    y = np.clip(where[..., 1], 0, height - 1)
    column, row = x.astype(np.int64), y.astype(np.int64)
    to_right = np.where(column < width - 1, n_channels, 0)
    to_below = np.where(row < height - 1, width * n_channels, 0)
    u, v = (x - column)[..., None], (y - row)[..., None]
    start = (row * width + column) * n_channels + 2 * edges[:, None]
    cells = start[..., None] + np.array([0, 1])
    flat = fields.reshape(-1)
    right, below = to_right[..., None], to_below[..., None]
    upper = flat[cells] * (1 - u) + flat[cells + right] * u
    lower = flat[cells + below] * (1 - u) + flat[cells + below + right] * u
    return np.asarray(upper * (1 - v) + lower * v, dtype=np.float64)
