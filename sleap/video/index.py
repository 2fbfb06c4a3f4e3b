"""Which packet of a video file shows as which frame, and from where to decode it.

Containers store compressed packets in the order of decoding; with B-frames that differs from the
order of showing. Seeking by time is inexact in most libraries: timestamps may be missing (AVI),
repeat, start below zero (edit lists), or differ after a seek. So the packets are listed once,
without decoding: their place in decoding order (the *ordinal*) is what identifies a frame, and the
decoder carries it through in place of the timestamp.

Frame ``i`` is the ``i``-th frame that decoding the whole file from its start would show.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from sleap.errors import VideoError

IntArray = npt.NDArray[np.int64]

NONE = np.iinfo(np.int64).min
"""Stands for a timestamp or position that the container does not tell."""

TIMED_CONTAINERS = frozenset({"mov", "mp4", "matroska", "webm", "mpegts", "asf", "flv", "mpeg"})
"""Containers that store when a frame is shown, not only the order of decoding."""

STEADY_CONTAINERS = TIMED_CONTAINERS - {"mpeg", "mpegts"}
"""Containers whose packets have the same times after a seek as before (others guess some)."""


@frozen(eq=False)
class FrameIndex:
    """The packets of one video stream.

    Args:
        pts: (n_packets,) when the packet's frame is shown, in units of ``time_base``; may be NONE.
        dts: (n_packets,) when it is decoded, same units; may be NONE.
        position: (n_packets,) byte position in the file; may be NONE.
        keyframes: (n_keys,) ordinals of packets from which decoding may start, ascending.
        ordinals: (n_frames,) ordinal of the packet of each frame, in order of showing.
        ranks: (n_packets,) frame number of each packet, -1 if it is not shown.
        time_base: Seconds per unit of time.
        identity: Which of "position", "pts", "dts" tells a packet from all others; None if none.
    """

    pts: IntArray
    dts: IntArray
    position: IntArray
    keyframes: IntArray
    ordinals: IntArray
    ranks: IntArray
    time_base: float
    identity: str | None

    @property
    def n_frames(self) -> int:
        """How many frames the file shows."""
        return len(self.ordinals)

    @property
    def n_packets(self) -> int:
        """How many packets the file has."""
        return len(self.ranks)

    def starts(self, frame: int) -> Iterator[int]:
        """Name the packets from which decoding leads to a frame, the nearest first.

        The nearest is the last keyframe that is neither decoded nor shown after the frame: frames
        that are decoded after a keyframe but shown before it (open groups of pictures) may need
        what came before. Further ones follow for files whose marks of keyframes are wrong; the
        last is the start of the file.

        Args:
            frame: Frame number, in order of showing.

        Yields:
            Ordinals, strictly descending, ending in 0.
        """
        at = int(np.searchsorted(self.keyframes, self.ordinals[frame], side="right")) - 1
        while at > 0 and self.ranks[self.keyframes[at]] > frame:
            at -= 1
        for back in (0, 1, 3):
            if at - back > 0:
                yield int(self.keyframes[at - back])
        yield 0

    def seek_time(self, ordinal: int) -> int | None:
        """Return the time to ask a container for to arrive at or before a packet; None: unknown."""
        known = [int(time[ordinal]) for time in (self.pts, self.dts) if time[ordinal] != NONE]
        return min(known) if known else None

    def find(self, packet: Any, expected: int | None = None) -> int | None:
        """Tell which packet of the list a demuxed packet is.

        Args:
            packet: A packet of ``av``.
            expected: The ordinal it has if it follows the one before; checked first.

        Returns:
            Its ordinal; None if it is not in the list.
        """
        if self.identity is None:
            return None
        values = getattr(self, self.identity)
        value = _value(packet, self.identity)
        if expected is not None and expected < len(values) and values[expected] == value:
            return expected
        hits = np.flatnonzero(values == value)
        return int(hits[0]) if len(hits) == 1 else None

    def times(self) -> npt.NDArray[np.float64]:
        """Return when each frame is shown.

        Returns:
            (n_frames,) seconds from the first frame; NaN where the container does not tell.
        """
        pts = self.pts[self.ordinals]
        seconds = np.where(pts == NONE, np.nan, pts.astype(np.float64) * self.time_base)
        return seconds - seconds[0] if len(seconds) else seconds

    def without_leading(self, n_frames: int) -> "FrameIndex":
        """Drop frames at the start that the decoder never shows (their references are missing)."""
        return evolve_order(self, self.ordinals[n_frames:])


def evolve_order(index: FrameIndex, ordinals: IntArray) -> FrameIndex:
    """Return the index with another order of showing.

    Args:
        index: The index.
        ordinals: (n_frames,) ordinals of the packets that are shown, in that order.
    """
    ranks = np.full(index.n_packets, -1, dtype=np.int64)
    ranks[ordinals] = np.arange(len(ordinals))
    return evolve(index, ordinals=ordinals, ranks=ranks)


def scan(container: Any, stream: Any) -> FrameIndex:
    """List the packets of a stream, from where the container stands: its start.

    Args:
        container: An open container of ``av``.
        stream: Its video stream.

    Returns:
        The index, ordered by timestamps where these tell the order of showing, else as decoded;
        ``is_order_sure`` says which.

    Raises:
        VideoError: If the stream holds no frame.
    """
    rows, keys, hidden = _demux(container, stream)
    if not rows:
        raise VideoError(
            f"Video '{container.name}' holds no frame: the file is empty or was cut off at its "
            "start. Record or copy it again."
        )
    table = np.array(rows, dtype=np.int64)
    pts, dts, position = table[:, 0], table[:, 1], table[:, 2]
    shown = np.flatnonzero(~np.array(hidden))
    ordinals = shown
    if np.all(pts[shown] != NONE):
        ordinals = shown[np.argsort(pts[shown], kind="stable")]
    ranks = np.full(len(table), -1, dtype=np.int64)
    ranks[ordinals] = np.arange(len(ordinals))
    return FrameIndex(
        pts=pts,
        dts=dts,
        position=position,
        keyframes=np.flatnonzero(keys).astype(np.int64),
        ordinals=ordinals,
        ranks=ranks,
        time_base=float(stream.time_base or 0),
        identity=_identity(pts, dts, position, _formats(container)),
    )


def is_order_sure(index: FrameIndex, container: Any, stream: Any) -> bool:
    """Tell whether the timestamps tell the order in which frames are shown.

    They do not where the decoder reorders frames and timestamps are missing, repeat, or follow the
    order of decoding in a container that stores no other (AVI, raw streams). Then only decoding
    the file tells the order.
    """
    if not stream.codec_context.has_b_frames:
        return True
    pts = index.pts[index.ranks >= 0]
    if np.any(pts == NONE) or len(np.unique(pts)) < len(pts):
        return False
    return not TIMED_CONTAINERS.isdisjoint(_formats(container)) or bool(np.any(np.diff(pts) < 0))


def _demux(
    container: Any, stream: Any
) -> tuple[list[tuple[int, int, int]], list[bool], list[bool]]:
    import av

    rows: list[tuple[int, int, int]] = []
    keys: list[bool] = []
    hidden: list[bool] = []
    is_cut = False
    try:
        for packet in container.demux(stream):
            if not packet.size:
                continue
            pts, dts, position = (_value(packet, name) for name in ("pts", "dts", "position"))
            rows.append((pts, dts, position))
            keys.append(packet.is_keyframe)
            hidden.append(packet.is_discard)
            is_cut = packet.is_corrupt
    except av.error.FFmpegError:
        pass  # a damaged end: what came before it can be read
    if is_cut and rows:
        hidden[-1] = True
    return rows, keys, hidden


def _value(packet: Any, name: str) -> int:
    value = getattr(packet, "pos" if name == "position" else name)
    return NONE if value is None else value


def _identity(pts: IntArray, dts: IntArray, position: IntArray, formats: set[str]) -> str | None:
    tells = [("position", position)]
    if not STEADY_CONTAINERS.isdisjoint(formats):
        tells += [("pts", pts), ("dts", dts)]
    for name, values in tells:
        if np.all(values != NONE) and len(np.unique(values)) == len(values):
            return name
    return None


def _formats(container: Any) -> set[str]:
    return set(container.format.name.split(","))
