from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt

from sleap.core.track import Track
from sleap.gui.actions import go
from sleap.gui.main_window import MainWindow


def test_frames_that_are_asked_for(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go, "ask_frame", lambda *_: 42)
    monkeypatch.setattr(go, "ask_select_to", lambda *_: 50)
    window.menus.trigger("goto frame")
    window.menus.trigger("select to frame")
    assert (window.session.frame_idx, window.session.frame_range) == (42, (42, 50))
    monkeypatch.setattr(go, "ask_frame", lambda *_: None)
    window.menus.trigger("goto frame")
    assert window.session.frame_idx == 42


def test_marks_are_come_back_to(window: MainWindow) -> None:
    window.session.go_to(7)
    window.menus.trigger("mark frame")
    window.menus.trigger("next video")
    window.menus.trigger("goto marked")
    assert window.session.frame_idx == 7
    assert window.session.video is window.session.labels.videos[0]


def test_goes_back_to_where_was_edited(window: MainWindow) -> None:
    window.session.go_to(10)
    window.session.select(window.session.selectable[0])
    window.menus.trigger("delete instance")
    window.session.go_to(80)
    window.menus.trigger("goto last interacted")
    assert window.session.frame_idx == 10


def test_says_when_there_is_nowhere_to_go(window: MainWindow) -> None:
    window.menus.trigger("goto next track spawn")
    assert "No track begins" in window.status.currentMessage()


def test_suggestions_come_in_the_order_of_their_table(window: MainWindow) -> None:
    window.menus.trigger("goto next suggestion")
    assert window.session.frame_idx == 5
    window.suggestions_dock.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    window.menus.trigger("goto next suggestion")
    assert window.session.frame_idx == 15
    window.menus.trigger("goto prev suggestion")
    assert window.session.frame_idx == 5


NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
K = Qt.Key


@pytest.fixture
def press(qtbot: QtBot, window: MainWindow) -> Callable[..., tuple[int, int]]:
    """Press a key in the window from a frame; return the video and frame gone to."""
    window.activateWindow()
    window.canvas.setFocus()

    def do(frame_idx: int, key: Qt.Key, keys: Qt.KeyboardModifier = NONE, video: int = 0):
        session = window.session
        session.go_to(frame_idx, session.labels.videos[video])
        session.set_range(None)
        qtbot.keyClick(window.canvas, key, keys)
        return session.video_number, session.frame_idx

    return do


@pytest.mark.parametrize(
    ("start", "key", "keys", "expected"),
    [
        (5, K.Key_Right, NONE, 6),
        (99, K.Key_Right, NONE, 0),
        (0, K.Key_Left, NONE, 99),
        (95, K.Key_Right, CTRL, 5),
        (5, K.Key_Left, CTRL, 95),
        (30, K.Key_Right, CTRL | ALT, 30),
        (30, K.Key_Down, NONE, 80),
        (80, K.Key_Down, NONE, 30),
        (30, K.Key_Up, NONE, 80),
        (30, K.Key_Home, NONE, 0),
        (30, K.Key_End, NONE, 99),
        (0, K.Key_Right, ALT, 10),
        (20, K.Key_Right, ALT, 0),
        (0, K.Key_Left, ALT, 20),
        (0, K.Key_Period, CTRL, 10),
        (10, K.Key_U, CTRL, 20),
        (10, K.Key_Greater, CTRL, 20),
        (20, K.Key_U, CTRL, 0),
        (20, K.Key_U, CTRL | SHIFT, 10),
        (5, K.Key_Space, NONE, 10),
        (15, K.Key_Space, NONE, 5),
        (5, K.Key_Space, SHIFT, 15),
        (10, K.Key_F3, NONE, 15),
        (10, K.Key_F3, SHIFT, 5),
        (10, K.Key_G, CTRL, 15),
        (10, K.Key_G, CTRL | SHIFT, 5),
        (7, K.Key_K, NONE, 10),
        (7, K.Key_J, NONE, 0),
        (20, K.Key_K, NONE, 20),
        (0, K.Key_E, CTRL, 0),
    ],
)
def test_keys_go_where_they_should_and_round_at_the_ends(
    press: Callable[..., tuple[int, int]],
    start: int,
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
    expected: int,
) -> None:
    assert press(start, key, keys) == (0, expected)


def test_keys_of_videos_go_round(press: Callable[..., tuple[int, int]]) -> None:
    assert press(5, K.Key_Right, ALT | SHIFT) == (1, 0)
    assert press(5, K.Key_Right, ALT | SHIFT, video=1) == (0, 0)
    assert press(5, K.Key_Left, ALT | SHIFT) == (1, 0)


def test_keys_of_marks_come_back_from_another_video(
    press: Callable[..., tuple[int, int]],
) -> None:
    assert press(5, K.Key_M, CTRL | SHIFT) == (0, 5)  # nothing is marked yet
    assert press(7, K.Key_M, CTRL) == (0, 7)
    assert press(30, K.Key_M, CTRL | SHIFT, video=1) == (0, 7)


def test_key_of_the_next_track(press: Callable[..., tuple[int, int]], window: MainWindow) -> None:
    labels = window.session.labels
    new = labels[(labels.videos[0], 20)].instances[0]
    new.track = Track("late")
    assert press(0, K.Key_E, CTRL) == (0, 20)
    assert press(20, K.Key_E, CTRL) == (0, 20)
    assert "No track begins" in window.status.currentMessage()


def test_the_last_edited_frame_is_come_back_to_by_its_key(
    press: Callable[..., tuple[int, int]], window: MainWindow
) -> None:
    assert press(42, K.Key_A, CTRL) == (0, 42)
    window.session.go_to(10)
    window.session.select(window.session.selectable[0])
    window.menus.trigger("delete instance")
    assert press(42, K.Key_A, CTRL, video=1) == (0, 10)


@pytest.mark.parametrize(
    ("key", "keys", "expected"),
    [
        (K.Key_Right, SHIFT, (30, 31)),
        (K.Key_Left, SHIFT, (29, 30)),
        (K.Key_Right, CTRL | SHIFT, (30, 40)),
        (K.Key_Down, SHIFT, (30, 80)),
        (K.Key_Home, SHIFT, (0, 30)),
        (K.Key_End, SHIFT, (30, 99)),
        (K.Key_J, SHIFT, (20, 30)),
    ],
)
def test_shift_selects_what_is_gone_over(
    press: Callable[..., tuple[int, int]],
    window: MainWindow,
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
    expected: tuple[int, int],
) -> None:
    press(30, key, keys)
    assert window.session.frame_range == expected


def test_a_selected_range_grows_and_shrinks_by_keys_and_stays_without_shift(
    qtbot: QtBot, press: Callable[..., tuple[int, int]], window: MainWindow
) -> None:
    press(30, K.Key_Right, SHIFT)
    for key, expected in ((K.Key_Right, (30, 32)), (K.Key_Left, (30, 31)), (K.Key_Home, (0, 30))):
        qtbot.keyClick(window.canvas, key, SHIFT)
        assert window.session.frame_range == expected
    qtbot.keyClick(window.canvas, K.Key_Right)
    assert (window.session.frame_idx, window.session.frame_range) == (1, (0, 30))
