"""Peaks of confidence maps, with the choices a user has: threshold, smoothing, refinement."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.inference.engine import Float32Array
from sleap.nn.codecs import confidence_maps
from sleap.nn.codecs.confidence_maps import Peaks

FloatArray = npt.NDArray[np.float64]


@frozen
class PeakFinder:
    """Finds peaks in the maps of one network.

    Attributes:
        threshold: Confidence that a peak must exceed.
        refine: Whether peaks are located finer than the pixels of the maps.
        smoothing_sigma: Width of the kernel that smooths the maps first, map pixels; 0: none.
        kernel_size: Side of that kernel, map pixels; odd.
    """

    threshold: float
    refine: bool = True
    smoothing_sigma: float = 0.0
    kernel_size: int = 5

    def single(self, maps: Float32Array, stride: int) -> tuple[FloatArray, Float32Array]:
        """Find the highest peak of each map.

        Args:
            maps: (n, height, width, n_channels).
            stride: Input pixels per map pixel.

        Returns:
            Points (n, n_channels, 2), (x, y) in pixels of the network's input, NaN below the
            threshold; and their confidence (n, n_channels).
        """
        points, values = confidence_maps.decode_single(
            self._smoothed(maps), stride=stride, threshold=self.threshold
        )
        return (points if self.refine else _on_grid(points, stride)), values

    def multi(self, maps: Float32Array, stride: int) -> Peaks:
        """Find all peaks of each map; see ``single`` for the arguments.

        Returns:
            The peaks, in pixels of the network's input.
        """
        peaks = confidence_maps.decode_multi(
            self._smoothed(maps), stride=stride, threshold=self.threshold
        )
        return peaks if self.refine else peaks._replace(points=_on_grid(peaks.points, stride))

    def _smoothed(self, maps: Float32Array) -> Float32Array:
        if not self.smoothing_sigma:
            return maps
        return smooth(maps, self.kernel_size, self.smoothing_sigma)


def smooth(maps: Float32Array, kernel_size: int, sigma: float) -> Float32Array:
    """Smooth maps with a Gaussian kernel whose values sum to 1.

    Args:
        maps: (n, height, width, n_channels); zero outside.
        kernel_size: Side of the kernel, map pixels.
        sigma: Width of the kernel, map pixels.

    Returns:
        Maps of the same shape.
    """
    size = (kernel_size, kernel_size)
    smoothed = np.empty_like(maps)
    for target, image in zip(smoothed, maps, strict=True):
        blurred = cv2.GaussianBlur(image, size, sigma, borderType=cv2.BORDER_CONSTANT)
        target[...] = blurred.reshape(image.shape)
    return smoothed


def _on_grid(points: Any, stride: int) -> Any:
    """Move points back to the pixels of the maps."""
    return np.round(points / stride) * np.asarray(stride, dtype=points.dtype)
