"""Fixtures for tests of dialogs."""

from pathlib import Path

import numpy as np
import pytest
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication


@pytest.fixture
def answer(qtbot):
    """Plan what is done with the next dialog that waits; it is closed in any case afterwards."""
    failures = []

    def plan(act):
        def go():
            dialog = QApplication.activeModalWidget()
            try:
                dialog.activateWindow()
                qtbot.waitUntil(dialog.isActiveWindow, timeout=2000)
                act(dialog)
                # A mnemonic presses its button for a moment before it clicks.
                qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=2000)
            except BaseException as error:
                failures.append(error)
            finally:
                if dialog is not None and dialog.isVisible():
                    dialog.close()

        QTimer.singleShot(0, go)

    yield plan
    assert not failures, failures


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the plugin without a screen say what it cannot do."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def recording(tmp_path):
    """Write a video of ten frames; return its path."""

    def write(name="day1.mp4", size=(48, 64), seed=0):
        from sleap.video.writer import VideoWriter

        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        random = np.random.default_rng(seed)
        with VideoWriter(path, 20.0) as writer:
            for _ in range(10):
                writer.write(random.integers(0, 255, (*size, 1), np.uint8))
        return path

    return write
