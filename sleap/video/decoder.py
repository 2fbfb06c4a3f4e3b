"""Decodes one video file with ``av``, from any packet on, telling frames by their packets."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av import VideoFrame
from av.stream import Disposition

from sleap.errors import VideoError
from sleap.video.index import FrameIndex

MAX_THREADS = 8


class PacketDecoder:
    """Decodes one file from any packet on; frames come with their number.

    Args:
        path: The file.

    Raises:
        VideoError: If it cannot be opened as a video.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.index: FrameIndex | None = None
        self._open()

    def _open(self) -> None:
        try:
            self.container: Any = av.open(str(self.path))
        except (av.error.FFmpegError, OSError) as error:
            raise VideoError(
                f"Cannot open '{self.path}' as a video: {error.strerror or error}. If the "
                "recording was cut off, repair it; else convert it: "
                "ffmpeg -i INPUT -c:v libx264 -pix_fmt yuv420p OUTPUT.mp4"
            ) from None
        streams = [one for one in self.container.streams.video if _is_recording(one)]
        if not streams:
            self.container.close()
            raise VideoError(
                f"Cannot open '{self.path}' as a video: it holds no video stream that can be "
                "decoded. If the recording was cut off, repair it."
            )
        self.stream = streams[0]
        self.stream.thread_type = "AUTO"
        self.stream.codec_context.thread_count = min(os.cpu_count() or 1, MAX_THREADS)
        self._packets: Iterator[Any] = self.container.demux(self.stream)
        self.next_ordinal: int | None = 0
        self._is_drained = False

    def close(self) -> None:
        """Close the file."""
        self.container.close()

    def start_at(self, ordinal: int) -> None:
        """Go to a packet, so that the next one decoded is that one.

        The container's own seek may arrive elsewhere; where it arrived is told from the packet
        read there. What lies between is read and not decoded.

        Raises:
            VideoError: If the file changed since it was opened.
        """
        if self._seek(ordinal):
            return
        self.close()
        self._open()
        if not self._skip_to(ordinal, at=-1):
            raise VideoError(f"Cannot read '{self.path}': it changed since it was opened.")

    def _seek(self, ordinal: int) -> bool:
        assert self.index is not None
        time = self.index.seek_time(ordinal)
        if time is None or self.index.identity is None:
            return False
        try:
            self.container.seek(time, stream=self.stream, backward=True)
            self._packets = self.container.demux(self.stream)
            first = next(self._packets)
        except (av.error.FFmpegError, StopIteration):
            return False
        self._is_drained = False
        at = self.index.find(first) if first.size else None
        if at is None or at > ordinal:
            return False
        if at == ordinal:
            self._packets = _prepend(first, self._packets)
            self.next_ordinal = ordinal
            return True
        return self._skip_to(ordinal, at=at)

    def _skip_to(self, ordinal: int, at: int) -> bool:
        """Read packets, not decoding them, until ``ordinal`` is next; the last read was ``at``."""
        for _ in range(ordinal - at - 1):
            packet = next(self._packets, None)
            at += 1
            if packet is None or not packet.size or not self._is_packet(packet, at):
                return False
        self.next_ordinal = ordinal
        return True

    def _is_packet(self, packet: Any, ordinal: int) -> bool:
        """Tell whether a packet is the one of that ordinal, as far as the container tells."""
        if self.index is None or self.index.identity is None:
            return True
        return self.index.find(packet, ordinal) == ordinal

    def decode_next(self) -> list[VideoFrame] | None:
        """Decode one packet; frames carry the ordinal of their packet as ``pts``.

        Returns:
            The frames that came out, in order of showing, often none; None after the last.
        """
        if self._is_drained:
            return None
        try:
            packet = next(self._packets, None)
        except av.error.FFmpegError:
            packet = None
        try:
            if packet is None or not packet.size:
                self._is_drained = True
                self.next_ordinal = None
                return list(self.stream.codec_context.decode(None))
            assert self.next_ordinal is not None
            packet.pts = self.next_ordinal
            self.next_ordinal += 1
            return list(self.stream.codec_context.decode(packet))
        except av.error.FFmpegError:
            return []  # a damaged packet gives no frame

    def decode_all(self) -> list[int]:
        """Decode the file from its start and return the ordinals in order of showing."""
        self.close()
        self._open()
        order: dict[int, None] = {}
        while (frames := self.decode_next()) is not None:
            order.update((frame.pts, None) for frame in frames if frame.pts is not None)
        return list(order)


def _is_recording(stream: Any) -> bool:
    """Tell whether a stream can be decoded and is more than a cover picture."""
    is_cover = bool(stream.disposition & Disposition.attached_pic)
    return stream.codec_context is not None and not is_cover


def _prepend(first: Any, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest
