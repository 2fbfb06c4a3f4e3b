"""The order of axes of a video stored as one array.

Orders met: (frames, height, width[, channels]); LEAP's and MATLAB's (frames, channels, width,
height); and (channels, frames, height, width). The axis of length 1 or 3 gives them away.
"""

import logging

import numpy as np
import numpy.typing as npt
from attrs import frozen

from sleap.errors import VideoError

Array = npt.NDArray[np.generic]

CHANNELS = (1, 3)

logger = logging.getLogger(__name__)


@frozen
class AxisOrder:
    """Where frames, rows, columns and channels are.

    Args:
        frames: Which axis counts the frames.
        image: For the array of one frame, the axes of height, width and channels; of height and
            width if it has no axis of channels.
        input_format: "channels_last" or "channels_first".
    """

    frames: int
    image: tuple[int, ...]
    input_format: str

    def shape(self, array_shape: tuple[int, ...]) -> tuple[int, int, int, int]:
        """Return (n_frames, height, width, channels) of an array of that shape."""
        rest = [size for axis, size in enumerate(array_shape) if axis != self.frames]
        height, width, *channels = (rest[axis] for axis in self.image)
        return array_shape[self.frames], height, width, channels[0] if channels else 1

    def selection(self, row: int) -> tuple[slice | int, ...]:
        """Return what to index the array with to get one frame."""
        return (slice(None),) * self.frames + (row,)

    def upright(self, frame: Array) -> Array:
        """Return the array of one frame as (height, width, channels)."""
        turned = frame.transpose(self.image)
        return turned if turned.ndim == 3 else turned[:, :, None]


NO_CHANNELS = AxisOrder(0, (0, 1), "channels_last")
LAST = AxisOrder(0, (0, 1, 2), "channels_last")
FIRST = AxisOrder(0, (2, 1, 0), "channels_first")
OUTER = AxisOrder(1, (1, 2, 0), "channels_first")


def find_axes(shape: tuple[int, ...], input_format: str | None, *, name: str) -> AxisOrder:
    """Find the order of axes of a video.

    Args:
        shape: Shape of the array.
        input_format: What the user or the file says, "channels_last" or "channels_first"; followed
            where the shape allows it. None or "" to tell from the shape.
        name: What to call the video in the message.

    Returns:
        The order.

    Raises:
        VideoError: If the shape is no video's.
    """
    if len(shape) == 3:
        return NO_CHANNELS
    if len(shape) != 4:
        raise VideoError(f"Cannot read {name} as a video: its shape is {shape}. {_EXPECTED}")
    possible = [
        order for order, axis in ((LAST, 3), (FIRST, 1), (OUTER, 0)) if shape[axis] in CHANNELS
    ]
    if not possible:
        raise VideoError(
            f"Cannot read {name} as a video: no axis of its shape {shape} is of 1 or 3 channels. "
            f"{_EXPECTED}"
        )
    wanted = [order for order in possible if order.input_format == input_format]
    if input_format and not wanted:
        logger.warning(
            "%s of shape %s is not %s; it is read as %s",
            name,
            shape,
            input_format,
            possible[0].input_format,
        )
    return (wanted or possible)[0]


_EXPECTED = (
    "Expected (frames, height, width), (frames, height, width, channels), "
    "(frames, channels, width, height) or (channels, frames, height, width)."
)
