"""Video files (mp4, avi, mov, mkv, ...): random access equals decoding from the start."""

from collections import OrderedDict
from pathlib import Path
from typing import Self

import numpy as np
from av import VideoFrame

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import fingerprint
from sleap.video.decoder import PacketDecoder
from sleap.video.index import FrameIndex, evolve_order, is_order_sure, scan
from sleap.video.planes import FrameConverter
from sleap.video.reader import READERS, Image, Location, Reader

KEPT_BYTES = 64 * 2**20
"""Memory for decoded frames kept while stepping backward."""

KEPT_FORWARD = 3
"""Frames kept while reading forward."""

WORTH_SEEKING = 8
"""A keyframe this few packets ahead is reached by decoding on, which costs less than a seek."""


@READERS.register("media")
class MediaReader(Reader):
    """Reads a video file.

    Args:
        video: What is known of the video.
        path: Where it lies.

    Raises:
        VideoError: If it cannot be opened or decoded.
    """

    def __init__(self, video: Video, path: Path) -> None:
        super().__init__(video, str(path))
        self._path = path
        self._decoder: PacketDecoder | None = PacketDecoder(path)
        self._frames: OrderedDict[int, VideoFrame] = OrderedDict()
        self._broken: set[int] = set()
        self._kept = KEPT_FORWARD
        self._forward_steps = 0
        self._last_read = -1
        self._begin(0)
        rate = self._decoder.stream.average_rate
        self._fps = float(rate) if rate else None
        try:
            self._index = _make_index(self._decoder)
            first = self._first_frame()
        except VideoError:
            self._release()
            raise
        self._converter = FrameConverter(first, video.grayscale)
        plane_bytes = sum(plane.buffer_size for plane in first.planes)
        self._kept_backward = max(KEPT_FORWARD, min(256, KEPT_BYTES // max(plane_bytes, 1)))

    @classmethod
    def accepts(cls, video: Video, location: Location) -> bool:
        """Accept any single file; this is the last reader that is asked."""
        return isinstance(location, Path) and location.is_file()

    @classmethod
    def open(cls, video: Video, location: Location) -> Self:
        """Open the file; see the class."""
        assert isinstance(location, Path)
        return cls(video, location)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(n_frames, height, width, channels), as shown upright."""
        converter = self._converter
        channels = 1 if converter.is_grayscale else 3
        return self._index.n_frames, converter.height, converter.width, channels

    @property
    def fps(self) -> float | None:
        """Frames per second, on average; None when the file does not say."""
        return self._fps

    def fingerprint(self) -> str | None:
        """Take that of the file."""
        return fingerprint.of_file(self._path)

    @property
    def index(self) -> FrameIndex:
        """The packets of the file, and which frame each shows."""
        return self._index

    def _read(self, row: int) -> Image:
        self._set_memory(row)
        image = self._converter.convert(self._frame(row))
        height, width = self._converter.height, self._converter.width
        if image.shape[:2] != (height, width):
            raise VideoError(
                f"Cannot read frame {row} of '{self.name}': it is {image.shape[1]}x"
                f"{image.shape[0]} pixels, but the first is {width}x{height}. Convert the video "
                "to one size."
            )
        return image

    def _release(self) -> None:
        if self._decoder is not None:
            self._decoder.close()
        self._decoder = None
        self._frames.clear()

    # -- decoding ---------------------------------------------------------------------------

    def _first_frame(self) -> VideoFrame:
        """Decode the first frame that is shown, and forget those before it in the index."""
        decoder = self._ready()
        decoder.start_at(0)
        self._begin(0)
        while not self._frames and self._feed():
            pass
        if not self._frames:
            raise VideoError(
                f"Cannot decode '{self.name}': no frame came out. The file is damaged, or of a "
                f"codec not supported here ({decoder.stream.codec_context.name})."
            )
        first = next(iter(self._frames))
        if first > 0:
            self._index = decoder.index = self._index.without_leading(first)
            self._frames = OrderedDict((rank - first, f) for rank, f in self._frames.items())
            self._shown -= first
        return self._frames[0]

    def _ready(self) -> PacketDecoder:
        if self._decoder is None:
            self._decoder = PacketDecoder(self._path)
            self._decoder.index = self._index
            self._begin(0)
        return self._decoder

    def _begin(self, start: int) -> None:
        """Note that decoding begins anew at the packet ``start``."""
        self._start = start
        self._shown = -1
        self._frames.clear()

    def _frame(self, row: int) -> VideoFrame:
        self._ready()
        frame = self._frames.get(row)
        if frame is None and row not in self._broken:
            frame = self._decode(row)
        if frame is None:
            self._broken.add(row)
            raise VideoError(
                f"Cannot decode frame {row} of '{self.name}': the file is damaged there. Leave "
                "the frame out, or convert the video: "
                "ffmpeg -i INPUT -c:v libx264 -pix_fmt yuv420p OUTPUT.mp4"
            )
        return frame

    def _decode(self, row: int) -> VideoFrame | None:
        decoder = self._ready()
        nearest = next(self._index.starts(row))
        following = decoder.next_ordinal
        tried = self._index.n_packets
        if following is not None and self._shown < row and nearest < following + WORTH_SEEKING:
            if (frame := self._advance(row)) is not None:
                return frame
            tried = self._start
        for start in self._index.starts(row):
            if start >= tried:
                continue
            decoder.start_at(start)
            self._begin(start)
            if (frame := self._advance(row)) is not None:
                return frame
        return None

    def _advance(self, row: int) -> VideoFrame | None:
        """Decode forward to a frame; None if it did not come out in its turn."""
        while row not in self._frames and self._shown < row and self._feed(row):
            pass
        return self._frames.get(row)

    def _feed(self, wanted: int = -1) -> bool:
        frames = self._ready().decode_next()
        if frames is None:
            return False
        # Frames shown before the keyframe that decoding began at may lack references: not exact.
        floor = self._index.ranks[self._start] if self._start else 0
        for frame in frames:
            rank = -1 if frame.pts is None else int(self._index.ranks[frame.pts])
            if rank >= floor and rank >= 0 and rank not in self._frames:
                self._frames[rank] = frame
                self._shown = max(self._shown, rank)
        while len(self._frames) > self._kept and next(iter(self._frames)) < wanted:
            self._frames.popitem(last=False)
        return True

    def _set_memory(self, row: int) -> None:
        """Keep many decoded frames while frames are read backward, few while forward."""
        if row < self._last_read:
            self._kept, self._forward_steps = self._kept_backward, 0
        elif row > self._last_read:
            self._forward_steps += 1
            if self._forward_steps > self._kept_backward:
                self._kept = KEPT_FORWARD
        self._last_read = row


def _make_index(decoder: PacketDecoder) -> FrameIndex:
    index = scan(decoder.container, decoder.stream)
    if not is_order_sure(index, decoder.container, decoder.stream):
        order = decoder.decode_all()
        if order:
            index = evolve_order(index, np.array(order, dtype=np.int64))
    decoder.index = index
    return index
