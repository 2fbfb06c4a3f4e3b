"""Decoded frames of ``av`` as arrays.

The brightness plane of a YUV frame is the gray picture itself, up to its range: 16 to 235 in most
videos ("limited"), which is expanded through a table. That is several times cheaper than
converting to RGB. The table is made by the same converter that makes RGB, so that a gray video
reads the same whether as one channel or as three.
"""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import VideoReformatter

from sleap.video.pixels import Image, is_gray, to_gray

LUMA_FIRST = frozenset(
    f"{name}{kind}p" for name in ("yuv", "yuvj") for kind in (410, 411, 420, 422, 440, 444)
) | {"nv12", "nv16", "nv21", "nv24", "gray"}
"""Formats whose first plane is 8-bit brightness."""

FULL_RANGE = 2
"""Value of ``color_range`` for 0..255 (AVCOL_RANGE_JPEG)."""

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
        plane = self._reformatter.reformat(frame, format="rgb24").planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        # A view of the frame's own memory where rows are not padded: no second copy.
        return rows[: frame.height, : 3 * frame.width].reshape(frame.height, frame.width, 3)

    def _luma(self, frame: VideoFrame) -> Image:
        plane = frame.planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        luma = rows[: frame.height, : frame.width]
        key = (frame.format.name, frame.color_range, frame.colorspace)
        if key not in self._tables:
            self._tables[key] = self._table(frame)
        return np.asarray(cv2.LUT(luma, self._tables[key]), dtype=np.uint8)[:, :, None]

    def _table(self, frame: VideoFrame) -> Image:
        """Convert every brightness, with neutral colour, as this frame would be converted."""
        if frame.format.name == "gray":
            return np.arange(256, dtype=np.uint8)
        is_full = frame.color_range == FULL_RANGE or frame.format.name.startswith("yuvj")
        ramp = np.full((24, 256), 128, dtype=np.uint8)
        ramp[:16] = np.arange(256, dtype=np.uint8)
        steps = VideoFrame.from_ndarray(ramp, format="yuvj420p" if is_full else "yuv420p")
        if not is_full:
            steps.color_range = frame.color_range
        table: npt.NDArray[np.uint8] = self._rgb(steps)[0, :, 0].copy()
        return table

    @staticmethod
    def _turn(frame: VideoFrame, image: Image) -> Image:
        turns = _quarter_turns(frame)
        return np.ascontiguousarray(np.rot90(image, turns)) if turns else image


def _quarter_turns(frame: Any) -> int:
    """Count the counter-clockwise quarter turns that bring a frame upright."""
    return round(frame.rotation / 90) % 4
