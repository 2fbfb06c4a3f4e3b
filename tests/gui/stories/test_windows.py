"""Several projects at once: files are dropped, windows opened, and some work is not saved yet."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.gui.main_window import MainWindow
from sleap.io.files import load_file
from tests.gui.stories.user import User


@pytest.fixture
def two(experienced: User, copied: Callable[[str], Path]) -> tuple[MainWindow, MainWindow]:
    """Two windows of projects, both edited and not saved."""
    user = experienced
    first = user.start(copied("two_flies") / "two_flies.tracks.slp")
    user.wait(lambda: len(first.session.labels) > 0)
    path = copied("flies_tutorial") / "labels.v000.slp"
    with user.answering("Open Project", user.enters_file(path)):
        user.choose("File", "Open Project…")
    user.wait(lambda: len(user.program.windows) == 2)
    user.wait_for_jobs()
    second = user.program.windows[1]
    assert isinstance(second, MainWindow)
    for window in (first, second):
        window.activateWindow()
        user.wait(lambda window=window: user.window is window)
        user.wait_for_frame()
        user.press("1", "Ctrl+Backspace")
        assert window.isWindowModified()
    return first, second


def test_files_are_dropped(
    experienced: User, openfield: Path, data_dir: Path, copied: Callable[[str], Path]
) -> None:
    user = experienced
    window = user.start()
    user.drop(openfield, data_dir / "two_flies" / "two_flies.mp4")
    user.wait_for_jobs()
    assert [video.name for video in user.session.labels.videos] == ["m3v1.mp4", "two_flies.mp4"]
    user.wait_for_frame()
    assert user.session.n_frames == 2330
    project = copied("flies_tutorial") / "labels.v000.slp"
    user.drop(project)
    user.wait(lambda: len(user.program.windows) == 2)
    assert [one.session.document.path for one in user.program.windows] == [None, project]
    assert window.isWindowModified()


def test_cancel_keeps_all(two: tuple[MainWindow, MainWindow], experienced: User) -> None:
    user = experienced
    with user.answering("Unsaved changes", lambda dialog: user.push("Cancel", dialog)):
        user.press("Ctrl+Q")
    assert list(user.program.windows) == list(two)
    assert all(window.isVisible() and window.isWindowModified() for window in two)
    user.press("Ctrl+Z")
    assert not user.window.isWindowModified()


def test_some_is_saved_and_some_given_up(
    two: tuple[MainWindow, MainWindow], experienced: User
) -> None:
    user = experienced
    first, second = (window.session.document.path for window in two)
    answers = {first.name: "Discard", second.name: "Save"}

    def answer(dialog):
        text = user.words(dialog)
        (button,) = [answer for name, answer in answers.items() if name in text]
        user.push(button, dialog)

    n_before = [load_file(path).n_user_instances for path in (first, second)]
    user.plan("Unsaved changes", answer)
    with user.answering("Unsaved changes", answer):
        user.press("Ctrl+Q")
    user.wait(lambda: not user.program.windows)
    n_after = [load_file(path).n_user_instances for path in (first, second)]
    assert n_after == [n_before[0], n_before[1] - 1]


def test_a_project_that_is_open_is_not_opened_again(
    two: tuple[MainWindow, MainWindow], experienced: User
) -> None:
    user, (first, second) = experienced, two
    assert user.window is second
    user.drop(first.session.document.path)
    user.wait_for_jobs()
    user.wait(lambda: user.window is first)
    assert list(user.program.windows) == [first, second]


def test_a_moved_project_finds_its_video_beside_it(
    experienced: User, data_dir: Path, tmp_path: Path
) -> None:
    for name in ("two_flies.mp4", "two_flies.tracks.slp"):
        shutil.copyfile(data_dir / "two_flies" / name, tmp_path / name)
    user = experienced
    user.start(tmp_path / "two_flies.tracks.slp")
    user.wait(lambda: user.session.video is not None)
    user.wait_for_frame()
