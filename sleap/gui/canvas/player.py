"""Playing a video: by the clock, so that what is late is left out, and never piles up."""

import time
from collections.abc import Callable

from qtpy.QtCore import QObject, Qt, QTimer, Signal

SPEEDS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_SHORTEST = 8  # ms between two looks at the clock
_PATIENCE = 1.0  # seconds after which a frame that was never shown is given up


class Player(QObject):
    """Asks for the frame that is due, whenever the last one asked for has been shown.

    Args:
        parent: Owner.
        clock: Seconds, growing.

    Attributes:
        fps: Frames per second of the recording.
        loops: Whether it goes on at the beginning after the end.
    """

    frame_requested = Signal(int)
    playing_changed = Signal(bool)
    speed_changed = Signal(float)

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self.fps = 25.0
        self.loops = False
        self.n_dropped = 0
        """How many frames were left out since playing began."""
        self._clock = clock
        self._speed = 1.0
        self._first, self._last = 0, 0
        self._anchor = (0, 0.0)  # a frame, and when it was due
        self._asked = -1
        self._asked_at = 0.0
        self._is_waiting = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    @property
    def is_playing(self) -> bool:
        """Whether it plays."""
        return self._timer.isActive()

    @property
    def speed(self) -> float:
        """How much faster than recorded; negative: backwards."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Play faster or slower from here on."""
        if not speed or speed == self._speed:
            return
        if self.is_playing:
            self._anchor = self._asked, self._clock()
        self._speed = speed
        if self.is_playing:
            self._timer.start(self._interval())
        self.speed_changed.emit(speed)

    def set_range(self, first: int, last: int) -> None:
        """Set the first and the last frame that are played, both included."""
        self._first, self._last = first, max(first, last)

    def play(self, frame_idx: int) -> None:
        """Play from a frame on; from the last one, from the first."""
        ends = (self._last, self._first)
        if self._speed < 0:
            ends = ends[::-1]
        if (frame_idx - ends[0]) * self._speed >= 0:
            frame_idx = ends[1]
            self.frame_requested.emit(frame_idx)
        was_playing = self.is_playing
        self.n_dropped = 0
        self._is_waiting = False
        self._asked = frame_idx
        self._anchor = frame_idx, self._clock()
        self._timer.start(self._interval())
        if not was_playing:
            self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stop at the frame that is shown."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit(False)

    def toggle(self, frame_idx: int) -> None:
        """Play from a frame on, or pause."""
        if self.is_playing:
            self.pause()
        else:
            self.play(frame_idx)

    def step(self, frame_idx: int, n_frames: int) -> None:
        """Pause, and ask for exactly the frame so many further, as far as there is one."""
        self.pause()
        self.frame_requested.emit(min(max(frame_idx + n_frames, self._first), self._last))

    def shown(self, frame_idx: int) -> None:
        """Hear that a frame was shown, or could not be; one not asked for is gone on from."""
        if not self.is_playing:
            return
        if frame_idx == self._asked:
            self._is_waiting = False

    def seek(self, frame_idx: int) -> None:
        """Go on from another frame: the user went there."""
        if self.is_playing and frame_idx != self._asked:
            self._asked, self._is_waiting = frame_idx, False
            self._anchor = frame_idx, self._clock()

    def tick(self) -> None:
        """Look at the clock, and ask for the frame that is due."""
        now = self._clock()
        if self._is_waiting and now - self._asked_at < _PATIENCE:
            return
        due = self._anchor[0] + int((now - self._anchor[1]) * self.fps * self._speed)
        if due == self._asked:
            return
        if not self._first <= due <= self._last:
            if self.loops:
                due = self._first if self._speed > 0 else self._last
                self._anchor = due, now
            else:
                due = min(max(due, self._first), self._last)
                is_there = due == self._asked
                self.pause()
                if is_there:
                    return
        self.n_dropped += max(0, abs(due - self._asked) - 1)
        self._asked, self._asked_at, self._is_waiting = due, now, True
        self.frame_requested.emit(due)

    def _interval(self) -> int:
        return max(_SHORTEST, int(1000 / max(self.fps * abs(self._speed), 0.1) / 2))
