"""From frames of a video to batches that a network takes, and its points back to the frame."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.inference.engine import UInt8Array
from sleap.nn.data.crop import IDENTITY, crop_matrix, warp
from sleap.nn.data.normalize import padded_shape, to_channels
from sleap.nn.data.resize import resize_image, scale_points

FloatArray = npt.NDArray[np.float64]
Corner = tuple[int, int]


@frozen
class Frame:
    """One frame of a video."""

    frame_idx: int
    """Index in the video."""
    image: UInt8Array
    """(height, width, 1 or 3); RGB."""


@frozen
class Placement:
    """Where a network's input lies in the frame.

    Attributes:
        shape: (height, width) of the frame.
        scaled_shape: (height, width) of the whole frame at the network's scale.
        corner: (x, y), pixel of the scaled frame that is pixel (0, 0) of the network's input.
    """

    shape: tuple[int, int]
    scaled_shape: tuple[int, int]
    corner: Corner = (0, 0)

    def to_frame(self, points: npt.NDArray[Any]) -> FloatArray:
        """Map points (..., 2) of the network's input to the frame, pixels; NaN stays NaN."""
        scaled = np.asarray(points, dtype=np.float64) + self.corner
        return scale_points(scaled, self.scaled_shape, self.shape)

    def to_input(self, points: npt.NDArray[Any]) -> FloatArray:
        """Map points (..., 2) of the frame to the network's input, pixels; NaN stays NaN."""
        points = np.asarray(points, dtype=np.float64)
        return scale_points(points, self.shape, self.scaled_shape) - self.corner


@frozen
class ImagePath:
    """What is done to a frame before a network sees it.

    Attributes:
        channels: 1 (gray) or 3 (RGB), as the network was trained.
        scale: By how much the frame is resized.
        max_stride: Largest stride of the network; sizes are padded to a multiple of it.
    """

    channels: int
    scale: float
    max_stride: int

    def scaled(self, image: UInt8Array) -> UInt8Array:
        """Bring a frame to the channels and the scale of the network."""
        return resize_image(to_channels(image, self.channels), self.scale)

    def whole(self, images: Sequence[UInt8Array]) -> tuple[UInt8Array, Placement]:
        """Make one batch of whole frames.

        Args:
            images: Frames of one shape, (height, width, channels).

        Returns:
            (n, height', width', channels), padded with zeros at the bottom and at the right, and
            where these inputs lie.
        """
        scaled = [self.scaled(image) for image in images]
        height, width = scaled[0].shape[:2]
        shape = padded_shape(height, width, self.max_stride)
        batch = np.zeros((len(scaled), *shape, self.channels), dtype=np.uint8)
        for row, image in zip(batch, scaled, strict=True):
            row[:height, :width] = image
        return batch, Placement(_size(images[0]), (height, width))

    def crops(
        self, image: UInt8Array, centres: FloatArray, side: int
    ) -> tuple[UInt8Array, list[Placement]]:
        """Cut squares out of a frame, at whole pixels of its scaled image.

        Args:
            image: (height, width, channels), the frame.
            centres: (n, 2), (x, y) in pixels of the frame.
            side: Side of the crops, pixels of the scaled frame; padded as whole frames are.

        Returns:
            (n, side', side', channels), zeros outside of the frame, and where each crop lies.
        """
        scaled = self.scaled(image)
        shape = padded_shape(side, side, self.max_stride)
        batch = np.zeros((len(centres), *shape, self.channels), dtype=np.uint8)
        whole = Placement(_size(image), _size(scaled))
        placements = []
        for row, centre in zip(batch, whole.to_input(centres), strict=True):
            matrix = crop_matrix(IDENTITY, centre, side)
            row[:side, :side] = warp(scaled, matrix, (side, side))
            corner = (-int(matrix[0, 2]), -int(matrix[1, 2]))
            placements.append(Placement(whole.shape, whole.scaled_shape, corner))
        return batch, placements


def batch_frames(frames: Iterable[Frame], size: int) -> Iterator[list[Frame]]:
    """Collect frames into lists.

    Args:
        frames: The frames, in order.
        size: Length of a list; shorter only at the end and where the shape of the frames changes.

    Yields:
        Frames of one shape.
    """
    batch: list[Frame] = []
    for frame in frames:
        if batch and (len(batch) == size or frame.image.shape != batch[0].image.shape):
            yield batch
            batch = []
        batch.append(frame)
    if batch:
        yield batch


def _size(image: UInt8Array) -> tuple[int, int]:
    return image.shape[0], image.shape[1]
