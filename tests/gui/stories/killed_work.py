"""A user at work in a process of its own, which is killed in the middle: run as a program."""

import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from user import User, digest, points_of

from sleap.gui.app import make_app
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program


def work(user: User, project: Path) -> str:
    """Correct predictions by mouse and keys; return the digest of what the labels are then."""
    window = user.start(project)
    user.wait(lambda: window.session.document.path == project)
    user.wait_for_frame()
    frame = user.session.frame
    assert frame is not None
    user.double_click_frame(*points_of(frame.instances[0])[2])
    for step in range(5):
        thorax = points_of(user.session.instance)[2]
        user.drag(thorax, thorax + 8 + step)
        user.press("Right", "Ctrl+I")
    user.press("Ctrl+Backspace", "Ctrl+Z", "Ctrl+0")
    return digest(window.session.labels)


if __name__ == "__main__":
    app = make_app()
    program = Program(app, MainWindow)
    program.preferences.hints_seen = True
    print(work(User(program), Path(sys.argv[1])), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
