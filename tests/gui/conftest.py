"""Fixtures for tests of the window: no screen, settings of nobody, warnings of Qt are errors."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from pytestqt.qtbot import QtBot
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.gui import jobs, saves
from sleap.gui.actions import videos
from sleap.gui.dialogs.unsaved import Unsaved
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program
from sleap.gui.session import Session

PATIENCE = 30_000
"""Milliseconds of a test after which a dialog that is open counts as forgotten."""


@pytest.fixture(autouse=True)
def _home_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test settings and journals of its own."""
    monkeypatch.setenv("SLEAP_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("SLEAP_STATE", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def _no_forgotten_dialogs(qapp: QApplication) -> Iterator[None]:
    """Close a dialog that nobody answers, and fail the test instead of waiting for ever."""
    forgotten: list[str] = []

    def close() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            forgotten.append(f"{type(dialog).__name__} '{dialog.windowTitle()}'")
            dialog.close()

    timer = QTimer()
    timer.timeout.connect(close)
    timer.start(PATIENCE)
    yield
    timer.stop()
    assert not forgotten, f"Nobody answered: {', '.join(forgotten)}."


@pytest.fixture
def labels() -> Labels:
    """Two videos; on frames 0, 10 and 20 of the first two tracked users and two predictions."""
    edges = [("head", "thorax"), ("thorax", "tail")]
    skeleton = Skeleton(["head", "thorax", "tail"], edges, name="fly")
    videos = [
        Video("first.mp4", shape=(100, 96, 128, 1)),
        Video("second.mp4", shape=(50, 96, 128, 1)),
    ]
    tracks = [Track(name="a"), Track(name="b")]
    labels = Labels(videos=videos, skeletons=[skeleton], tracks=tracks)
    base = np.array([[20.0, 20.0], [30.0, 22.0], [40.0, 26.0]])
    for frame_idx in (0, 10, 20):
        frame = labels.add_frame(videos[0], frame_idx)
        for number, track in enumerate(tracks):
            shift = frame_idx / 10 + 30 * number
            frame.append(Instance(skeleton, base + shift, track=track))
            frame.append(PredictedInstance(skeleton, base + shift + 8, score=0.9 - 0.2 * number))
    labels.suggestions += [SuggestionFrame(videos[0], idx) for idx in (5, 10, 15)]
    return labels


@pytest.fixture
def session(labels: Labels) -> Iterator[Session]:
    """A session over ``labels``, at frame 0 of the first video."""
    session = Session(Document(labels))
    yield session
    session.close()


@pytest.fixture
def program(qapp: QApplication) -> Iterator[Program]:
    """The program without a window, with the settings of nobody."""
    program = Program(qapp, MainWindow)
    program.is_private = True
    yield program
    for window in program.windows:
        assert isinstance(window, MainWindow)
        window.close()


@pytest.fixture
def window(
    qtbot: QtBot, program: Program, labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window over ``labels``; errors fail the test, and what is not saved is given up."""

    def fail(parent: object, title: str, error: BaseException) -> None:
        raise AssertionError(f"{title}: {error}") from error

    monkeypatch.setattr(jobs, "_reporter", [fail])
    monkeypatch.setattr(saves, "ask_unsaved", lambda *_: Unsaved.DISCARD)
    monkeypatch.setattr(videos, "ask_missing_videos", lambda *_: None)
    window = program.show(Document(labels))
    assert isinstance(window, MainWindow)
    window.resize(1280, 800)
    qtbot.waitExposed(window)
    return window


def finish_jobs(qtbot: QtBot) -> None:
    """Wait until no job is running."""
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)
