"""Confidence maps: one channel per node, a Gaussian at each place where that node is."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sleap.nn.codecs.local_maxima import Cells, global_maxima, local_maxima
from sleap.nn.codecs.subpixel import refine

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

REACH = 5.0
"""Standard deviations after which a Gaussian (below 4e-6) is not drawn."""


class Peaks(NamedTuple):
    """Peaks of a batch of maps.

    Attributes:
        sample: (n_peaks,) index into the batch, ascending.
        channel: (n_peaks,) index of the map.
        points: (n_peaks, 2) float64, (x, y) in pixels of the network's input.
        values: (n_peaks,) float32, the map's value in the peak's cell.
    """

    sample: npt.NDArray[np.int64]
    channel: npt.NDArray[np.int64]
    points: Float64
    values: Float32


def encode(
    points: npt.NDArray[Any], shape: tuple[int, int], *, sigma: float, stride: int
) -> Float32:
    """Draw one Gaussian for each point.

    Where those of several instances overlap, the larger value counts.

    Args:
        points: (n_instances, n_nodes, 2), (x, y) in pixels of the network's input; NaN if missing.
        shape: (height, width) of the network's input, pixels; multiples of ``stride``.
        sigma: Standard deviation in pixels of the network's input.
        stride: Input pixels per cell.

    Returns:
        (height // stride, width // stride, n_nodes) float32 in [0, 1]; exactly 1 at a point that
        lies on a cell.

    Raises:
        ValueError: If ``shape`` is not a multiple of ``stride``.
    """
    height, width = grid_shape(shape, stride)
    maps = np.zeros((height, width, points.shape[1]), dtype=np.float32)
    reach = REACH * sigma / stride
    factor = -0.5 * (stride / sigma) ** 2
    for instance in np.asarray(points, dtype=np.float64) / stride:
        for node, (x, y) in enumerate(instance):
            if not (np.isfinite(x) and np.isfinite(y)):
                continue
            x0, x1 = max(int(x - reach), 0), min(int(x + reach) + 2, width)
            y0, y1 = max(int(y - reach), 0), min(int(y + reach) + 2, height)
            if x0 >= x1 or y0 >= y1:
                continue
            across = np.exp(factor * (np.arange(x0, x1) - x) ** 2).astype(np.float32)
            down = np.exp(factor * (np.arange(y0, y1) - y) ** 2).astype(np.float32)
            window = maps[y0:y1, x0:x1, node]
            np.maximum(window, down[:, np.newaxis] * across, out=window)
    return maps


def decode_single(
    maps: npt.NDArray[Any], *, stride: int, threshold: float
) -> tuple[Float64, Float32]:
    """Find the one peak of each map.

    Args:
        maps: (n_samples, height, width, n_nodes), as a network puts them out.
        stride: Input pixels per cell.
        threshold: Value below which a node counts as missing.

    Returns:
        Points (n_samples, n_nodes, 2) float64, (x, y) in pixels of the network's input, NaN where
        missing; and values (n_samples, n_nodes) float32, also of missing nodes.
    """
    row, column, values = global_maxima(maps)
    points = np.full((*values.shape, 2), np.nan)
    sample, channel = np.nonzero((values >= threshold) & (values > 0))
    cells = Cells(sample, row[sample, channel], column[sample, channel], channel)
    points[sample, channel] = refine(maps, cells) * stride
    return points, values.astype(np.float32)


def decode_multi(maps: npt.NDArray[Any], *, stride: int, threshold: float) -> Peaks:
    """Find all peaks of each map.

    Args:
        maps: (n_samples, height, width, n_channels), as a network puts them out.
        stride: Input pixels per cell.
        threshold: Value that a peak must exceed.

    Returns:
        The peaks, by sample, then from top to bottom. Neighbouring cells of equal value count as
        one peak.
    """
    cells = local_maxima(maps, max(threshold, 0.0))
    values = cells.values(maps).astype(np.float32)
    return Peaks(cells.sample, cells.channel, refine(maps, cells) * stride, values)


def grid_shape(shape: tuple[int, int], stride: int) -> tuple[int, int]:
    """Return the (height, width) of a map of an input image.

    Raises:
        ValueError: If the image's shape is not a multiple of ``stride``.
    """
    height, width = shape
    if height % stride or width % stride:
        raise ValueError(f"an image of {height} x {width} is no multiple of the stride {stride}")
    return height // stride, width // stride
