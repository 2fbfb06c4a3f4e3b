"""The program is killed while a user works in its window: at most the edit in flight is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sleap.core.labels import Labels
from sleap.editing.document import Document
from sleap.editing.journal.lost import find_lost
from sleap.io.files import load_file, save_file

sys.path.insert(0, str(Path(__file__).parent.parent / "editing"))
from random_edits import contents

SCRIPT = Path(__file__).parent / "killed_session.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


def run_and_kill(project: Path, seed: int) -> list[str]:
    """Let a user work, kill the program at a random moment, and return the lines it said."""
    command = [sys.executable, str(SCRIPT), str(project), str(seed), "2000"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("ready")
        time.sleep(random.Random(seed).random() * 2)
        process.kill()
        rest = process.stdout.read()
    lines = [first, *rest.splitlines(keepends=True)]
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def check_recovery(project: Path, lines: list[str]) -> bool:
    """Compare what is recovered with what the program said; tell whether there was any work."""
    last = [line.split()[-1] for line in lines if line.startswith(("ready", "end"))][-1]
    lost = find_lost()
    document = Document.recover(lost[0]) if lost else Document(load_file(project))
    if contents(document.labels) != last:
        assert lines[-1].startswith("begin"), "an edit that was done is lost"
        assert last in neighbors(document), "more than the edit in flight differs"
    document.close()
    for one in find_lost():
        one.discard()
    return bool(lost)


def neighbors(document: Document) -> list[str]:
    """Return what labels are one step before and one step after."""
    found = []
    for there, back in ((document.undo, document.redo), (document.redo, document.undo)):
        if there():
            found.append(contents(document.labels))
            back()
    return found


def kill_programs(folder: Path, labels: Labels, seeds: range) -> int:
    """Kill programs; return how many of them left work behind."""
    n_lost = 0
    for seed in seeds:
        project = folder / f"{seed}.slp"
        save_file(labels, project)
        lines = run_and_kill(project, seed)
        n_lost += check_recovery(project, lines)
        print(f"seed {seed}: {sum(line.startswith('end') for line in lines)} steps")
    return n_lost


@pytest.mark.slow
def test_twenty_killed_programs_lose_at_most_the_edit_in_flight(
    tmp_path: Path, labels: Labels
) -> None:
    assert kill_programs(tmp_path, labels, range(20)) >= 12
