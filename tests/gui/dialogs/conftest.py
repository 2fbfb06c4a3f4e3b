"""Fixtures for tests of dialogs."""

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
