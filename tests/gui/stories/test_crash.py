"""The power fails while somebody is at work."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gui.stories.user import User, digest

SCRIPT = Path(__file__).with_name("killed_work.py")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_lost_work_is_offered(experienced: User, copied: Callable[[str], Path]) -> None:
    user = experienced
    path = copied("centered_pair") / "predictions.slp"
    before = path.read_bytes()
    command = [sys.executable, str(SCRIPT), str(path)]
    process = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert process.returncode == -signal.SIGKILL, process.stderr
    assert path.read_bytes() == before

    def recover(dialog):
        assert dialog.table.item(0, 0).text() == path.name
        user.push("Recover", dialog)

    with user.answering("Recover lost work", lambda dialog: user.push("Later", dialog)):
        window = user.start()
    window.close()
    with user.answering("Recover lost work", recover):
        user.start(path)
    user.wait_for_jobs()
    user.wait(lambda: user.session.document.path == path)
    (window,) = user.program.windows
    assert digest(window.session.labels) == process.stdout.strip()
    assert window.isWindowModified()
    user.press("Ctrl+S")
    user.wait_for_jobs()
    window.close()

    again = user.start(path)  # nothing is offered any more
    user.wait(lambda: again.session.document.path == path)
    assert digest(again.session.labels) == process.stdout.strip()
