"""A user before the program, at work on real recordings."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication

from sleap.gui import jobs
from sleap.gui.dialogs.message import show_error
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program
from tests.gui.stories.user import User


@pytest.fixture
def user(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A user who never started the program before; what is not saved at the end is discarded."""
    monkeypatch.setattr(jobs, "_reporter", [show_error])
    not_native = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    was_set = qapp.testAttribute(not_native)
    qapp.setAttribute(not_native)
    user = User(Program(qapp, MainWindow))
    try:
        yield user
        for window in user.program.windows:
            assert isinstance(window, MainWindow)
            if window.session.document.is_modified:
                user.plan("Unsaved changes", lambda dialog: user.push("Discard", dialog))
            window.close()
    finally:
        user.stop()
        qapp.setAttribute(not_native, was_set)
    user.complain()


@pytest.fixture
def experienced(user: User) -> User:
    """A user who has seen the first steps."""
    user.program.preferences.hints_seen = True
    return user


@pytest.fixture
def openfield(data_dir: Path) -> Path:
    """A mouse from above, 640x480, 2330 frames; no labels."""
    return data_dir / "mouse_openfield" / "m3v1.mp4"


@pytest.fixture
def copied(data_dir: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return what copies a folder of the recordings, to be written to."""

    def copy(folder: str) -> Path:
        target = tmp_path / folder
        shutil.copytree(data_dir / folder, target, copy_function=shutil.copyfile)
        return target

    return copy
