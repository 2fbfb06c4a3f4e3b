"""Playing by the clock."""

import pytest
from pytestqt.qtbot import QtBot

from sleap.gui.canvas.player import Player


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(qtbot: QtBot, clock: Clock) -> Player:
    player = Player(clock=clock)
    player.set_range(0, 99)
    player.fps = 10
    return player


@pytest.fixture
def asked(player: Player) -> list[int]:
    asked: list[int] = []
    player.frame_requested.connect(asked.append)
    return asked


def run(player: Player, clock: Clock, ticks: int, seconds: float = 0.05) -> None:
    for _ in range(ticks):
        clock.now += seconds
        player.tick()


def test_frames_come_at_their_time(player: Player, clock: Clock, asked: list[int]) -> None:
    player.frame_requested.connect(player.shown)
    player.play(5)
    run(player, clock, 10, 0.051)
    assert asked == [6, 7, 8, 9, 10]
    assert player.n_dropped == 0
    player.pause()
    assert not player.is_playing


def test_late_frames_are_left_out(player: Player, clock: Clock, asked: list[int]) -> None:
    player.play(0)
    run(player, clock, 1, 0.11)
    assert asked == [1]
    run(player, clock, 5, 0.1)
    assert asked == [1], "the one asked for was not shown yet"
    player.shown(1)
    player.tick()
    assert asked == [1, 6] and player.n_dropped == 4


def test_a_frame_that_never_comes_is_given_up(
    player: Player, clock: Clock, asked: list[int]
) -> None:
    player.play(0)
    run(player, clock, 1, 0.11)
    run(player, clock, 1, 1.01)
    assert asked == [1, 11]


def test_speed_and_direction(player: Player, clock: Clock, asked: list[int]) -> None:
    player.frame_requested.connect(player.shown)
    player.play(50)
    player.set_speed(2.0)
    run(player, clock, 4, 0.0501)
    assert asked == [51, 52, 53, 54]
    player.set_speed(-1.0)
    run(player, clock, 2, 0.101)
    assert asked[4:] == [53, 52]


def test_it_stops_at_the_end_and_begins_anew(
    player: Player, clock: Clock, asked: list[int], qtbot: QtBot
) -> None:
    player.frame_requested.connect(player.shown)
    player.play(97)
    with qtbot.waitSignal(player.playing_changed) as heard:
        run(player, clock, 1, 5)
    assert heard.args == [False] and asked == [99]
    player.play(99)
    assert asked == [99, 0] and player.is_playing
    player.pause()
    player.loops = True
    player.play(98)
    run(player, clock, 1, 5)
    assert asked[-1] == 0 and player.is_playing
    player.pause()


def test_a_step_is_exact_and_pauses(player: Player, clock: Clock, asked: list[int]) -> None:
    player.play(10)
    player.step(10, 1)
    assert asked == [11] and not player.is_playing
    player.step(99, 1)
    assert asked == [11, 99]


def test_going_elsewhere_goes_on_from_there(player: Player, clock: Clock, asked: list[int]) -> None:
    player.frame_requested.connect(player.shown)
    player.play(10)
    player.seek(40)
    run(player, clock, 1, 0.101)
    assert asked == [41]
    player.toggle(41)
    assert not player.is_playing


def test_its_timer_runs(player: Player, clock: Clock, qtbot: QtBot) -> None:
    player.play(0)
    clock.now += 0.5
    with qtbot.waitSignal(player.frame_requested) as heard:
        pass
    assert heard.args == [5]
    player.pause()
