"""Decoded frames of ``av`` as arrays.

The brightness plane of a YUV frame is the gray picture itself, up to its range: 16 to 235 in most
videos ("limited"), which is expanded through a table. That is several times cheaper than
converting to RGB. The table is made by the same converter that makes RGB, so that a gray video
reads the same whether as one channel or as three.
"""

from typing import Any

import cv2
import numpy as np
from av import VideoFrame
from av.video.reformatter import VideoReformatter

from sleap.video.pixels import Image, is_gray, to_gray

LUMA_FIRST = frozenset(
    f"{name}{kind}p" for name in ("yuv", "yuvj") for kind in (410, 411, 420, 422, 440, 444)
) | {"nv12", "nv16", "nv21", "nv24", "gray"}
"""Formats whose first plane is 8-bit brightness."""

BT601 = frozenset({2, 5, 6})
"""Values of ``colorspace`` whose brightness is that of ``to_gray``: unspecified, BT.470BG, 170M."""


class FrameConverter:
    """Turns decoded frames of one video into pictures.

    What the pictures are, one channel or three and by which way, is settled on the first frame.

    Args:
        first: The first frame of the video.
        grayscale: Whether to make one channel; None to tell from the first frame.
    """

    def __init__(self, first: VideoFrame, grayscale: bool | None = None) -> None:
        self._reformatter = VideoReformatter()
        self._tables: dict[tuple[str, int, int], Image] = {}
        image = self._rgb(first)
        looks_gray = is_gray(image)
        self.is_grayscale = looks_gray if grayscale is None else grayscale
        self._uses_luma = first.format.name in LUMA_FIRST and (
            looks_gray or first.colorspace in BT601
        )
        turned = self._turn(first, image)
        self.height, self.width = turned.shape[:2]

    def convert(self, frame: VideoFrame) -> Image:
        """Turn one frame into a picture, upright.

        Args:
            frame: The frame.

        Returns:
            (height, width, channels) uint8.
        """
        if not self.is_grayscale:
            image = self._rgb(frame)
        elif self._uses_luma and frame.format.name in LUMA_FIRST:
            image = self._luma(frame)
        else:
            image = to_gray(self._rgb(frame))
        return self._turn(frame, image)

    def _rgb(self, frame: VideoFrame) -> Image:
        converted = self._reformatter.reformat(frame, format="rgb24")
        rows = _rows(converted)[: frame.height, : 3 * frame.width]
        # A view of the converted frame's own memory where rows are not padded: no second copy.
        # The decoder's own memory is copied, for it may predict other frames from it.
        rows = rows.copy() if converted is frame else rows
        return rows.reshape(frame.height, frame.width, 3)

    def _luma(self, frame: VideoFrame) -> Image:
        luma = _rows(frame)[: frame.height, : frame.width]
        key = (frame.format.name, frame.color_range, frame.colorspace)
        if key not in self._tables:
            self._tables[key] = self._table(frame)
        return np.asarray(cv2.LUT(luma, self._tables[key]), dtype=np.uint8)[:, :, None]

    def _table(self, frame: VideoFrame) -> Image:
        """Convert every brightness, with neutral colour, as this frame would be converted."""
        ramp = VideoFrame(256, 16, frame.format.name)
        for plane in ramp.planes:
            _rows_of(plane)[:] = 128
        _rows(ramp)[:, :256] = np.arange(256, dtype=np.uint8)
        ramp.color_range = frame.color_range
        ramp.colorspace = frame.colorspace
        return self._rgb(ramp)[0, :, 0].copy()

    @staticmethod
    def _turn(frame: VideoFrame, image: Image) -> Image:
        turns = _quarter_turns(frame)
        return np.ascontiguousarray(np.rot90(image, turns)) if turns else image


def _rows(frame: Any) -> Image:
    """Return the first plane of a frame as it lies in memory: (rows, bytes), with padding."""
    return _rows_of(frame.planes[0])


def _rows_of(plane: Any) -> Image:
    rows: Image = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows


def _quarter_turns(frame: Any) -> int:
    """Count the counter-clockwise quarter turns that bring a frame upright."""
    degrees: int = frame.rotation
    return round(degrees / 90) % 4
