from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.core.video import Video
from sleap.gui import jobs
from sleap.gui.actions import videos
from sleap.gui.dialogs.replace_videos import Replacement
from sleap.gui.main_window import MainWindow
from sleap.video import prefixes


def test_added_videos_are_shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    new = Video("third.mp4", shape=(9, 4, 4, 1))
    monkeypatch.setattr(videos, "ask_videos", lambda parent: [new])
    window.menus.trigger("add videos")
    assert window.session.video is new and window.session.document.undo_title == "Add Videos"
    monkeypatch.setattr(videos, "ask_videos", lambda parent: None)
    window.menus.trigger("add videos")
    assert len(window.session.labels.videos) == 3


def test_replacing_keeps_the_labels(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    new = Video("better.mp4", shape=(100, 96, 128, 1))
    answer = [Replacement(0, new, False)]
    last: list[int] = []

    def ask(parent: object, listed: object, last_labeled, current: int) -> list[Replacement]:
        last.append(last_labeled(window.session.labels.videos[0]))
        return answer

    monkeypatch.setattr(videos, "ask_replacements", ask)
    window.menus.trigger("replace videos")
    assert last == [20]
    assert window.session.labels.videos[0].name == "better.mp4"
    assert window.session.labels.store.n_instances == 12


def test_missing_videos_are_asked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def ask(parent: object, listed: list[Video], project: Path) -> dict[int, Path]:
        asked.append(len(listed))
        return {0: tmp_path / "found.mp4"}

    monkeypatch.setattr(videos, "ask_missing_videos", ask)
    window.menus.trigger("find videos")
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)
    assert asked == [2]
    assert window.session.labels.videos[0].filename == str(tmp_path / "found.mp4")


def test_where_videos_went_is_remembered_for_other_projects(tmp_path: Path) -> None:
    listed = [Video("/old/day1/a.mp4"), Video("/old/day1/b.mp4"), Video(["/old/1.png"])]
    places: dict[int, str | list[str]] = {
        0: "/new/day1/a.mp4",
        1: "/new/day1/b.mp4",
        2: ["/n/1.png"],
    }
    videos.remember(listed, places)
    assert [str(one) for one in prefixes.remembered()] == ["/old=/new"]
