"""Writes video files that every reader can seek in: no B-frames, regular keyframes."""

import os
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av import VideoFrame

from sleap.errors import VideoError
from sleap.video.pixels import Image

KEYFRAME_INTERVAL = 30
"""Frames from one keyframe to the next: a seek decodes at most as many."""

SUFFIXES = (".mp4", ".mov", ".mkv", ".avi")


class VideoWriter:
    """Writes frames to a video file; use it as a context manager.

    ``.avi`` is written as Motion JPEG; all others as H.264, or as MPEG-4 where no H.264 encoder is
    installed. The file appears under its name when it is whole; after an error it does not.

    Args:
        path: Where to write; ``.mp4``, ``.mov``, ``.mkv`` or ``.avi``.
        fps: Frames per second.
        quality: 0 (small file) to 100 (nearly lossless).
    """

    def __init__(self, path: str | Path, fps: float = 25.0, *, quality: int = 80) -> None:
        self.path = Path(path)
        self.fps = fps
        self.quality = quality
        self.n_frames = 0
        if self.path.suffix.lower() not in SUFFIXES:
            raise VideoError(
                f"Cannot write a video to '{path}': its name must end in {', '.join(SUFFIXES)}."
            )
        self._unfinished = self.path.with_name(
            f".{self.path.stem}.{os.getpid()}{self.path.suffix.lower()}"
        )
        self._container: Any = None
        self._stream: Any = None
        self._size: tuple[int, int] | None = None

    def write(self, image: Image) -> None:
        """Append one frame.

        Args:
            image: (height, width), (height, width, 1) or (height, width, 3) uint8, grayscale or
                RGB; all of one size. Odd sizes are kept as they are.

        Raises:
            VideoError: If it differs in size from the first, or cannot be written.
        """
        pixels = image[:, :, 0] if image.ndim == 3 and image.shape[2] == 1 else image
        size = (pixels.shape[0], pixels.shape[1])
        if self._size is None:
            self._size = size
        if size != self._size:
            raise VideoError(
                f"Cannot write frame {self.n_frames} to '{self.path}': it is {size[1]}x{size[0]} "
                f"pixels, but the first was {self._size[1]}x{self._size[0]}."
            )
        frame = VideoFrame.from_ndarray(
            np.ascontiguousarray(pixels, dtype=np.uint8), "gray" if pixels.ndim == 2 else "rgb24"
        )
        frame.pts = self.n_frames
        self.n_frames += 1
        try:
            if self._container is None:
                self._begin(*size)
            self._encode(frame)
        except (av.error.FFmpegError, OSError) as error:
            raise self._failure(error) from None

    def close(self) -> None:
        """Finish the file and put it in its place.

        Raises:
            VideoError: If no frame was written, or it cannot be finished.
        """
        if self._container is None:
            raise VideoError(f"Cannot write '{self.path}': no frame was given.")
        try:
            self._encode(None)
            self._container.close()
            self._container = None
            self._unfinished.replace(self.path)
        except (av.error.FFmpegError, OSError) as error:
            raise self._failure(error) from None

    def abandon(self) -> None:
        """Stop, and remove what was written."""
        if self._container is not None:
            self._container.close()
            self._container = None
        self._unfinished.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Finish the file; after an error, remove it."""
        if kind is None:
            self.close()
        else:
            self.abandon()

    def _begin(self, height: int, width: int) -> None:
        self._container = av.open(str(self._unfinished), "w")
        rate = Fraction(self.fps).limit_denominator(100_000)
        is_avi = self.path.suffix.lower() == ".avi"
        codec = "mjpeg" if is_avi else _mpeg_encoder()
        stream = self._container.add_stream(codec, rate=rate)
        stream.width, stream.height = width, height
        is_even = height % 2 == 0 and width % 2 == 0
        if codec == "mjpeg":
            stream.pix_fmt = "yuvj420p"
            stream.codec_context.color_range = 2
            scale = round(2 + (100 - self.quality) * 0.29)
            stream.options = {"qmin": str(scale), "qmax": str(scale)}
        elif codec == "mpeg4":
            stream.pix_fmt = "yuv420p"
            scale = round(2 + (100 - self.quality) * 0.29)
            stream.options = {"qmin": str(scale), "qmax": str(scale), "g": str(KEYFRAME_INTERVAL)}
        else:
            stream.pix_fmt = "yuv420p" if is_even else "yuv444p"
            stream.options = {
                "preset": "veryfast",
                "crf": str(round(40 - 0.28 * self.quality)),
                "bf": "0",
                "g": str(KEYFRAME_INTERVAL),
            }
        self._stream = stream
        self._container.start_encoding()  # opens the file now, so that a bad place shows now

    def _encode(self, frame: VideoFrame | None) -> None:
        if frame is not None:
            frame = frame.reformat(format=self._stream.pix_fmt)
        for packet in self._stream.encode(frame):
            self._container.mux(packet)

    def _failure(self, error: Exception) -> VideoError:
        self.abandon()
        reason = getattr(error, "strerror", None) or error
        return VideoError(
            f"Cannot write video '{self.path}': {reason}. Check that its folder exists, may be "
            "written to and has space."
        )


def _mpeg_encoder() -> str:
    for name in ("libx264", "libopenh264"):
        try:
            av.codec.Codec(name, "w")
        except av.codec.codec.UnknownCodecError:
            continue
        return name
    return "mpeg4"
