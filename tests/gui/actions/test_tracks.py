import pytest

from sleap.gui.actions import tracks
from sleap.gui.dialogs.delete_tracks import ChosenTracks
from sleap.gui.main_window import MainWindow


def names(window: MainWindow, frame_idx: int) -> list[str]:
    frame = window.session.labels.find(window.session.labels.videos[0], frame_idx)
    assert frame is not None
    return [one.track.name for one in frame.user_instances if one.track]


def test_a_track_is_set_up_to_the_end(window: MainWindow) -> None:
    window.session.go_to(10)
    window.session.select(window.session.selectable[0])
    window.menus.trigger("set track 2")
    assert [names(window, idx) for idx in (0, 10, 20)] == [["a", "b"], ["b", "a"], ["b", "a"]]


def test_a_track_is_set_on_one_frame(window: MainWindow) -> None:
    window.menus.trigger("propagate tracks")
    window.session.select(window.session.selectable[0])
    window.menus.trigger("set track 2")
    assert [names(window, idx) for idx in (0, 10)] == [["b", "a"], ["a", "b"]]


def test_two_instances_exchange_their_tracks_on_the_selected_frames(window: MainWindow) -> None:
    window.session.set_range(0, 12)
    window.menus.trigger("transpose")
    assert [names(window, idx) for idx in (0, 10, 20)] == [["b", "a"], ["b", "a"], ["a", "b"]]


def test_tracks_are_copied(window: MainWindow) -> None:
    window.session.select(window.session.selectable[1])
    window.menus.trigger("paste track")
    assert "No track" in window.status.currentMessage()
    window.menus.trigger("copy track")
    window.session.select(window.session.selectable[0])
    window.menus.trigger("paste track")
    assert names(window, 0) == ["b", "a"]


def test_tracks_are_deleted(window: MainWindow) -> None:
    window.session.select(window.session.selectable[0])
    window.menus.trigger("delete track")
    assert names(window, 20) == ["b"]
    window.menus.trigger("delete unused tracks")
    assert [track.name for track in window.session.labels.tracks] == ["b"]
    window.menus.trigger("delete all tracks")
    assert window.session.labels.tracks == []


def test_several_tracks_are_deleted_in_one_step(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = window.session.labels
    n_before, listed = labels.store.n_instances, list(labels.tracks)
    monkeypatch.setattr(tracks, "ask_tracks", lambda *_: ChosenTracks(listed, True))
    window.menus.trigger("delete tracks")
    assert labels.tracks == [] and labels.store.n_instances == n_before - 6
    assert "2 tracks" in window.status.currentMessage()
    window.menus.trigger("undo")
    assert labels.tracks == listed and labels.store.n_instances == n_before
    monkeypatch.setattr(tracks, "ask_tracks", lambda *_: None)
    window.menus.trigger("delete tracks")
    assert labels.tracks == listed


def test_the_tracks_that_are_deleted_are_counted(window: MainWindow) -> None:
    window.menus.trigger("delete all tracks")
    assert window.status.currentMessage().startswith("Deleted 2 tracks")
