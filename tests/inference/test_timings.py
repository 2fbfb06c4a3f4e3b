import pytest

from sleap.inference import timings as module
from sleap.inference.timings import BusyClock, Timings


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The times that the clock will show."""
    times: list[float] = []
    monkeypatch.setattr(module.time, "perf_counter", lambda: times.pop(0))
    return times


def test_overlapping_work_counts_once(ticks: list[float]) -> None:
    ticks += [1.0, 4.0, 10.0, 12.0]
    clock = BusyClock()
    clock.start()
    clock.start()
    clock.stop()
    clock.stop()
    clock.start()
    clock.stop()
    assert clock.seconds == 5.0


def test_stages_add_up(ticks: list[float]) -> None:
    ticks += [0.0, 1.0, 5.0, 7.0]
    timings = Timings()
    for _ in range(2):
        with timings.measure("decode"):
            pass
    assert timings.decode == 3.0


def test_shares() -> None:
    timings = Timings(n_frames=50, total=10.0, network=8.0)
    assert timings.frames_per_second == 5
    assert timings.network_share == 0.8
    assert Timings().frames_per_second == Timings().network_share == 0
