"""How well part affinity fields support lines between peaks: all edges of an image at once.

The same figures as ``score_lines`` of the codec, which takes one edge at a time; a frame has dozens
of edges with a handful of candidates each, and then the calls would cost more than the numbers.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def score_pairs(
    fields: npt.NDArray[np.float32],
    stride: int,
    sources: npt.NDArray[Any],
    destinations: npt.NDArray[Any],
    edges: IntArray,
    *,
    n_samples: int,
    min_edge_score: float,
) -> tuple[FloatArray, FloatArray]:
    """Score the lines of candidate connections.

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


def _read(fields: npt.NDArray[np.float32], where: FloatArray, edges: IntArray) -> FloatArray:
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
