import gc
import json
import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.gui import jobs, projects
from sleap.gui.actions import videos
from sleap.gui.main_window import MainWindow
from sleap.io.guard import Holder, Lock


def wait(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not jobs.running, timeout=20_000)


@pytest.fixture
def project(labels: Labels, tmp_path: Path) -> Path:
    path = tmp_path / "project.slp"
    labels.copy().save(path)
    return path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[Video]]:
    """Note who is asked for missing videos; they are left."""
    found: list[list[Video]] = []
    monkeypatch.setattr(
        videos, "ask_missing_videos", lambda _, listed, project: found.append(listed)
    )
    return found


def test_missing_videos_are_asked_for_and_labels_are_shown_without(
    qtbot: QtBot, window: MainWindow, project: Path, asked: list[list[Video]]
) -> None:
    window.open_project(project)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    wait(qtbot)
    other = window.program.windows[1]
    assert isinstance(other, MainWindow)
    assert [video.name for video in asked[0]] == ["first.mp4", "second.mp4"]
    assert len(other.canvas.poses) > 0 and not other.session.document.is_modified


def test_nothing_is_asked_when_all_videos_are_there(
    qtbot: QtBot, window: MainWindow, project: Path, tmp_path: Path, asked: list[list[Video]]
) -> None:
    for name in ("first.mp4", "second.mp4"):
        (tmp_path / name).write_bytes(b"x")
    window.open_project(project)
    qtbot.waitUntil(lambda: len(window.program.windows) == 2, timeout=20_000)
    wait(qtbot)
    assert asked == []


def test_a_project_is_held_while_it_is_open(
    qtbot: QtBot, window: MainWindow, project: Path, asked: list[list[Video]]
) -> None:
    window.open_project(project)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    wait(qtbot)
    holder = Lock(project).holder
    assert holder is not None and holder.pid == os.getpid()
    window.program.windows[1].close()
    assert Lock(project).holder is None


def test_a_project_open_elsewhere_is_opened_only_if_the_user_wants_it(
    qtbot: QtBot,
    window: MainWindow,
    project: Path,
    asked: list[list[Video]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = Lock(project)
    lock.acquire()
    entry = json.loads(lock.path.read_text())
    lock.path.write_text(json.dumps({**entry, "host": "another", "user": "ada", "mark": "x"}))
    holders: list[Holder] = []
    answers = iter([False, True])

    def ask(parent: object, name: str, holder: Holder) -> bool:
        holders.append(holder)
        return next(answers)

    monkeypatch.setattr(projects, "ask_elsewhere", ask)
    window.open_project(project)
    assert not jobs.running and [one.user for one in holders] == ["ada"]
    window.open_project(project)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    wait(qtbot)
    window.program.windows[1].close()
    holder = lock.holder
    assert holder is not None and holder.user == "ada"


def test_videos_and_projects_are_received(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    added: list[list[Path]] = []
    monkeypatch.setattr(window, "open_project", opened.append)
    monkeypatch.setattr(videos, "add_files", lambda _, files: added.append(files))
    window.receive([Path("a.mp4"), Path("b.slp"), Path("C.AVI")])
    assert (opened, added) == ([Path("b.slp")], [[Path("a.mp4"), Path("C.AVI")]])


def test_an_open_project_is_spared_from_garbage_collections() -> None:
    alive = [[number] for number in range(1000)]
    projects.spare_from_collection()
    try:
        assert gc.get_freeze_count() > len(alive)
        assert len(gc.get_objects()) < len(alive)
    finally:
        gc.unfreeze()
