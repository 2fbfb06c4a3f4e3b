"""Where the time goes: what each stage took, and how long the network was busy."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import define


@define
class Timings:
    """Seconds spent in each stage of one prediction; stages overlap, so they may exceed the total.

    Attributes:
        n_frames: Frames finished.
        total: From the first frame asked for to the last one delivered.
        decode: Reading frames.
        prepare: Making network inputs of frames.
        network: While at least one network was computing.
        grouping: Turning network outputs into poses.
    """

    n_frames: int = 0
    total: float = 0.0
    decode: float = 0.0
    prepare: float = 0.0
    network: float = 0.0
    grouping: float = 0.0

    @property
    def frames_per_second(self) -> float:
        """Frames finished per second of the total; 0 before the first."""
        return self.n_frames / self.total if self.total else 0.0

    @property
    def network_share(self) -> float:
        """Share of the total, 0 to 1, during which a network was computing."""
        return self.network / self.total if self.total else 0.0

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add the time of the block to a stage; each stage belongs to one thread."""
        start = time.perf_counter()
        try:
            yield
        finally:
            setattr(self, stage, getattr(self, stage) + time.perf_counter() - start)


class BusyClock:
    """Sums the time during which at least one piece of work is under way; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._n_running = 0
        self._since = 0.0
        self._seconds = 0.0

    def start(self) -> None:
        """Count one more piece of work."""
        with self._lock:
            if self._n_running == 0:
                self._since = time.perf_counter()
            self._n_running += 1

    def stop(self) -> None:
        """Count one less piece of work."""
        with self._lock:
            self._n_running -= 1
            if self._n_running == 0:
                self._seconds += time.perf_counter() - self._since

    @property
    def seconds(self) -> float:
        """The busy time so far, without a stretch still running."""
        return self._seconds
