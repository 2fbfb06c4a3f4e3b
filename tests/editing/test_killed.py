"""A session of editing is killed at random moments: at most the edit in flight is lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
import random_edits

from sleap.editing.document import Document
from sleap.editing.journal.lost import find_lost
from sleap.io.files import load_file, save_file

SESSION = Path(__file__).parent / "session.py"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")


def run_and_kill(project: Path, seed: int) -> list[str]:
    """Run a session, kill it at a random moment, and return the lines that it said."""
    rng = random.Random(seed)
    command = [sys.executable, str(SESSION), str(project), str(seed), "400"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.startswith("ready")
        time.sleep(rng.random() * 0.4)
        process.kill()
        rest = process.stdout.read()
    lines = [first, *rest.splitlines(keepends=True)]
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]


def check_recovery(project: Path, lines: list[str]) -> None:
    """Recover what a killed session left, and compare it with what the session said."""
    states = [line.split()[-1] for line in lines if line.startswith(("ready", "end"))]
    is_in_flight = lines[-1].startswith("begin")
    lost = find_lost()
    if lost:
        assert len(lost) <= 2  # two only where it was killed while one replaced the other
        document = Document.recover(lost[0])
        found = random_edits.contents(document.labels)
        document.close()
    else:
        found = random_edits.contents(load_file(project))
    if found != states[-1]:
        # Then the edit in flight was done, and only that: a replay says what it comes to.
        assert is_in_flight
        assert found == state_after(project, lines)


def state_after(project: Path, lines: list[str]) -> str:
    """Return what the labels are after the edit in flight."""
    from session import step

    seed = int(project.stem)
    n_steps = int(lines[-1].split()[1]) + 1
    twin = project.with_name(f"{seed}-twin.slp")
    save_file(random_edits.start(), twin)
    document, rng = Document.open(twin), random.Random(seed)
    for _ in range(n_steps):
        step(document, rng)
    state = random_edits.contents(document.labels)
    document.close()
    return state


def kill_sessions(folder: Path, seeds: range) -> int:
    """Kill sessions; return how many of them had edited something."""
    n_edited = 0
    for seed in seeds:
        project = folder / f"{seed}.slp"
        save_file(random_edits.start(), project)
        lines = run_and_kill(project, seed)
        check_recovery(project, lines)
        for lost in find_lost():
            lost.discard()
        n_edited += len(lines) > 2
    return n_edited


def test_a_killed_session_loses_at_most_the_edit_in_flight(tmp_path: Path) -> None:
    assert kill_sessions(tmp_path, range(5)) >= 3


@pytest.mark.slow
def test_a_hundred_killed_sessions(tmp_path: Path) -> None:
    assert kill_sessions(tmp_path, range(1000, 1100)) >= 90
