import pytest
from qtpy.QtCore import Qt

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
