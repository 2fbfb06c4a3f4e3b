"""What is marked on a timeline: labeled frames, suggestions, frames without an animal."""

from enum import IntFlag

import numpy as np
import numpy.typing as npt
from attrs import define, field

from sleap.core.tables import BoolArray, IntArray

FlagArray = npt.NDArray[np.uint8]

OPEN, PREDICTED_ONLY, DONE = 1, 2, 4
"""States of a suggestion: nothing is on its frame; only predictions; the user labeled it."""


class Flag(IntFlag):
    """What is on a labeled frame. Nothing at all: it is a frame without an animal."""

    USER = 1
    """An instance set by the user."""
    PREDICTED = 2
    UNTRACKED = 4
    """An instance without a track."""
    NEGATIVE = 8
    """A labeled frame without instances."""


MARKED = int(Flag.USER | Flag.UNTRACKED | Flag.NEGATIVE)
"""Labeled frames with one of these have a mark of their own."""


def _none() -> IntArray:
    return np.empty(0, np.int64)


def _no_flags() -> FlagArray:
    return np.empty(0, np.uint8)


@define(eq=False)
class Marks:
    """Marked frames of one video.

    Attributes:
        labeled: (n,) indices of the labeled frames, ascending, each once.
        flags: (n,) ``Flag`` of each.
        suggested: (m,) indices of the suggested frames, ascending, each once.
        states: (m,) ``OPEN``, ``PREDICTED_ONLY`` or ``DONE``.
        anchored: (k,) indices of frames with places without an animal, ascending, each once.
    """

    labeled: IntArray = field(factory=_none)
    flags: FlagArray = field(factory=_no_flags)
    suggested: IntArray = field(factory=_none)
    states: FlagArray = field(factory=_no_flags)
    anchored: IntArray = field(factory=_none)

    def flags_at(self, frame_idx: int) -> int | None:
        """Return the flags of a frame; None if it is not labeled."""
        place = _find(self.labeled, frame_idx)
        return None if place < 0 else int(self.flags[place])

    def state_at(self, frame_idx: int) -> int:
        """Return the state of the suggestion of a frame; 0 if it is not suggested."""
        place = _find(self.suggested, frame_idx)
        return 0 if place < 0 else int(self.states[place])

    def is_negative(self, frame_idx: int) -> bool:
        """Tell whether a frame is marked as one without an animal, or has a place without one."""
        flags = self.flags_at(frame_idx)
        return flags == Flag.NEGATIVE or _find(self.anchored, frame_idx) >= 0

    def set_flags(self, frame_idx: int, flags: int | None) -> bool:
        """Say what is on a frame, None: it is not labeled; return whether that is news."""
        place = int(np.searchsorted(self.labeled, frame_idx))
        is_known = place < len(self.labeled) and self.labeled[place] == frame_idx
        if flags is None:
            if not is_known:
                return False
            self.labeled = np.delete(self.labeled, place)
            self.flags = np.delete(self.flags, place)
        elif is_known:
            if self.flags[place] == flags:
                return False
            self.flags[place] = flags
        else:
            self.labeled = np.insert(self.labeled, place, frame_idx)
            self.flags = np.insert(self.flags, place, flags)
        suggestion = _find(self.suggested, frame_idx)
        if suggestion >= 0:
            self.states[suggestion] = _states(np.array([flags or 0], np.uint8))[0]
        return True

    def set_suggested(self, frames: IntArray) -> None:
        """Say which frames are suggested: (m,) indices, ascending, each once."""
        self.suggested = frames
        flags = np.zeros(len(frames), np.uint8)
        if len(self.labeled):
            place = np.searchsorted(self.labeled, frames)
            place[place == len(self.labeled)] = 0
            is_labeled = self.labeled[place] == frames
            flags[is_labeled] = self.flags[place[is_labeled]]
        self.states = _states(flags)

    def add_suggested(self, frame_idx: int) -> None:
        """Say that one more frame is suggested."""
        place = int(np.searchsorted(self.suggested, frame_idx))
        if place == len(self.suggested) or self.suggested[place] != frame_idx:
            state = _states(np.array([self.flags_at(frame_idx) or 0], np.uint8))[0]
            self.suggested = np.insert(self.suggested, place, frame_idx)
            self.states = np.insert(self.states, place, state)

    def nearest(self, frame_idx: int, reach: int) -> int:
        """Return the mark to snap to: of a user's labels, a suggestion, or of no animal.

        Args:
            frame_idx: Index of a frame.
            reach: How many frames away a mark may be.

        Returns:
            Index of the nearest marked frame, or the given one if there is none in reach.
        """
        found = []
        for frames in (self.suggested, self.anchored):
            found += _near(frames, frame_idx, reach)
        first, last = np.searchsorted(self.labeled, (frame_idx - reach, frame_idx + reach + 1))
        mask = (self.flags[first:last] & (Flag.USER | Flag.NEGATIVE)) != 0
        found += _near(self.labeled[first:last][mask], frame_idx, reach)
        return min(found, key=lambda one: (abs(one - frame_idx), one), default=frame_idx)

    def run(self, frame_idx: int) -> tuple[int, int] | None:
        """Return the first and last of the marked frames that lie around one without a gap.

        Where a frame has no mark, labeled frames count; None if it is not labeled either.
        """
        for marked_only in (True, False):
            if self._are_marked(frame_idx, frame_idx + 1, marked_only)[0]:
                return self._seek(frame_idx, -1, marked_only), self._seek(frame_idx, 1, marked_only)
        return None

    def _seek(self, frame_idx: int, step: int, marked_only: bool) -> int:
        """Return the last frame of a run in one direction."""
        size = 256
        while True:
            if step > 0:
                first, last = frame_idx + 1, frame_idx + 1 + size
            else:
                first, last = max(0, frame_idx - size), frame_idx
            marked = self._are_marked(first, last, marked_only)[::step]
            gaps = np.flatnonzero(~marked)
            n_marked = int(gaps[0]) if len(gaps) else len(marked)
            frame_idx += step * n_marked
            if len(gaps) or not len(marked):
                return frame_idx
            size *= 4

    def _are_marked(self, first: int, last: int, marked_only: bool) -> BoolArray:
        """Return (last - first,) which frames have a mark, or are labeled."""
        marked = np.zeros(last - first, bool)
        for frames in (self.suggested, self.anchored) if marked_only else ():
            begin, end = np.searchsorted(frames, (first, last))
            marked[frames[begin:end] - first] = True
        begin, end = np.searchsorted(self.labeled, (first, last))
        chosen = slice(None) if not marked_only else (self.flags[begin:end] & MARKED) != 0
        marked[self.labeled[begin:end][chosen] - first] = True
        return marked


def _states(flags: FlagArray) -> FlagArray:
    """Return the state of suggestions by what is on their frames."""
    states = np.full(len(flags), OPEN, np.uint8)
    states[(flags & Flag.PREDICTED) != 0] = PREDICTED_ONLY
    states[(flags & (Flag.USER | Flag.NEGATIVE)) != 0] = DONE
    return states


def _find(frames: IntArray, frame_idx: int) -> int:
    place = int(np.searchsorted(frames, frame_idx))
    return place if place < len(frames) and frames[place] == frame_idx else -1


def _near(frames: IntArray, frame_idx: int, reach: int) -> list[int]:
    """Return the nearest frame on each side that is in reach."""
    place = int(np.searchsorted(frames, frame_idx))
    beside = frames[max(0, place - 1) : place + 1].tolist()
    return [one for one in beside if abs(one - frame_idx) <= reach]
