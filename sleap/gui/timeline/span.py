"""Which frames a timeline shows, and where on the screen."""

import numpy as np
from attrs import evolve, frozen

from sleap.core.tables import FloatArray

N_LEAST = 8
"""Frames that are visible at the closest zoom."""


@frozen
class Span:
    """A stretch of frames laid out from left to right; frame ``i`` takes up ``i`` to ``i + 1``.

    Attributes:
        n_frames: Frames of the video.
        left: Where the first visible frame begins, pixels of the widget.
        width: What the visible frames take up, pixels of the widget.
        first: Where the visible stretch begins, in frames.
        last: Where it ends.
    """

    n_frames: int
    left: float
    width: float
    first: float
    last: float

    @classmethod
    def whole(cls, n_frames: int, left: float, width: float) -> "Span":
        """Show all frames."""
        return cls(max(n_frames, 1), left, max(width, 1.0), 0.0, float(max(n_frames, 1)))

    @property
    def is_zoomed(self) -> bool:
        """Whether a part of the frames is out of sight."""
        return self.last - self.first < self.n_frames

    @property
    def scale(self) -> float:
        """Pixels of the widget for each frame."""
        return self.width / (self.last - self.first)

    def x(self, frame: float) -> float:
        """Return where a frame begins; of ``frame_idx + 0.5``, its middle."""
        return self.left + (frame - self.first) * self.scale

    def frame_at(self, x: float) -> int:
        """Return the frame under a place, the nearest visible one beside the span."""
        found = int(np.floor(self.first + (x - self.left) / self.scale))
        lowest = int(np.ceil(self.first - 0.5)) if self.is_zoomed else 0
        highest = int(np.floor(self.last - 0.5)) if self.is_zoomed else self.n_frames - 1
        return max(0, lowest, min(found, highest, self.n_frames - 1))

    def edges(self, n_columns: int) -> FloatArray:
        """Return (n_columns + 1,) where equal columns begin and end, in frames."""
        return np.linspace(self.first, self.last, n_columns + 1)

    def resized(self, n_frames: int, left: float, width: float) -> "Span":
        """Show the same frames in another place; all, if all were visible or some are gone."""
        if not self.is_zoomed or self.last > n_frames:
            return Span.whole(n_frames, left, width)
        return evolve(self, n_frames=n_frames, left=left, width=max(width, 1.0))

    def shown(self, first: float, last: float) -> "Span":
        """Show the frames from one place to another; a few at least, none beyond the ends."""
        size = min(max(last - first, N_LEAST), self.n_frames)
        first = min(max((first + last - size) / 2, 0.0), self.n_frames - size)
        return evolve(self, first=first, last=first + size)

    def zoomed(self, x: float, factor: float) -> "Span":
        """Show fewer frames (factor above 1) or more, leaving the one at a place where it is."""
        share = min(max((x - self.left) / self.width, 0.0), 1.0)
        size = min(max((self.last - self.first) / factor, N_LEAST), self.n_frames)
        fixed = self.first + share * (self.last - self.first)
        return self.shown(fixed - share * size, fixed + (1 - share) * size)

    def moved(self, frames: float) -> "Span":
        """Show later frames, or earlier ones."""
        size = self.last - self.first
        first = min(max(self.first + frames, 0.0), self.n_frames - size)
        return evolve(self, first=first, last=first + size)

    def revealing(self, frame_idx: int) -> "Span":
        """Move as little as needed to show a frame, a bit away from the border."""
        margin = min(1.0 + 0.08 * (self.last - self.first), (self.last - self.first) / 2)
        if frame_idx < self.first:
            return self.moved(frame_idx - margin - self.first)
        if frame_idx + 1 > self.last:
            return self.moved(frame_idx + 1 + margin - self.last)
        return self
