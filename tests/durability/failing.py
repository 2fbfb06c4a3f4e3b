"""Lets the system refuse what jobs ask of it: ``python failing.py N_LIMITS MAX_CALLS [JOB ...]``.

Two ways. *Limits*: no file may grow beyond so many bytes (RLIMIT_FSIZE: the kernel refuses the
write, as it does on a full disk). *Calls*: the first, second, ... call of fsync, rename, open, ...
fails with "no space left" or an error of the disk, until the job needs no more calls.

Each time the job must either succeed, or end with one clear error that names the file, and leave
the old file and nothing else. Writes one JSON object.
"""

import builtins
import errno
import io
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import forks
from jobs import PLACE, Job, all_jobs, digest, fresh, litter, opens

from sleap.errors import SleapError
from sleap.io.slp import sink

CALLS = ("fsync", "replace", "rename", "link", "open", "chmod", "chown", "mkdir", "unlink")

ERRORS = (errno.ENOSPC, errno.EIO)


def main(n_limits: int, max_calls: int, names: Sequence[str]) -> dict[str, Any]:
    """Let the system refuse everything in turn."""
    jobs = all_jobs()
    outer = Path(tempfile.mkdtemp(prefix="fail-", dir=PLACE))
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    per_job: dict[str, int] = {}
    try:
        for number, name in enumerate(names or jobs):
            trial = Trial(jobs[name], outer / str(number))
            for fraction in range(n_limits):
                limit = int(trial.size * fraction / n_limits)
                trial.check(f"limit {limit}", limit_size, limit)
            for call in CALLS:
                for k in range(max_calls):
                    if trial.check(f"{call} {k}", fail_call, call, k) == "not reached":
                        break
            for k in spread(max_calls):
                if trial.check(f"write {k}", fail_write, k) == "not reached":
                    break
            counts.update(trial.counts)
            wrong += trial.wrong
            per_job[name] = trial.counts["refused"]
    finally:
        shutil.rmtree(outer, ignore_errors=True)
    return {**counts, "refusals": per_job, "wrong": wrong}


def spread(n: int) -> list[int]:
    """Return the first few numbers, and then ever larger steps."""
    return sorted({*range(min(n, 8)), *(int(1.6**step) for step in range(n))})[: 2 * n]


class Trial:
    """One job, its two states, and what was seen."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.template, self.folder = folder / "template", folder / "work"
        self.template.mkdir(parents=True)
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        forks.warm_up(job.prepare, self.template)
        self.old = forks.call(digest, self.template / job.target)
        fresh(self.template, self.folder)
        forks.call(job.run, self.folder)
        self.new = forks.call(digest, self.folder / job.target)
        self.size = (self.folder / job.target).stat().st_size

    def check(self, what: str, refuse: Callable[..., Callable[[], bool]], *given: Any) -> str:
        """Run the job while the system refuses something, and look."""
        fresh(self.template, self.folder)
        try:
            ending, text = forks.call(self.run, refuse, given)
            state = forks.call(self.look)
        except forks.ChildError as error:
            ending, text, state = "crashed", str(error), ""
        if ending == "not reached":
            return ending
        self.counts["refused"] += 1
        self.counts[ending] += 1
        is_right = state == "old" if ending == "error" else state == "new"
        if ending not in ("error", "went on") or not is_right:
            self.wrong.append(f"{self.job.name}, {what}: {ending} {text}; {state}")
        return ending

    def run(self, refuse: Callable[..., Callable[[], bool]], given: Sequence[Any]) -> Any:
        """Run the job (in a child); say how it ended."""
        was_reached = refuse(*given)
        try:
            self.job.run(self.folder)
        except SleapError as error:
            text = str(error)
            names_it = self.job.target in text or str(self.folder) in text
            return ("error" if names_it else "unclear", text)
        return ("went on" if was_reached() else "not reached", "")

    def look(self) -> str:
        """Say in which state the folder is (in a child)."""
        target = self.folder / self.job.target
        opens(target)
        left = litter(self.job, self.template, self.folder)
        if left:
            return f"leaves {left}"
        return {self.old: "old", self.new: "new"}.get(digest(target), "neither old nor new")


def limit_size(limit: int) -> Callable[[], bool]:
    """Let no file grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return lambda: True


def fail_call(name: str, k: int) -> Callable[[], bool]:
    """Let the k-th call of a function of the system fail; "open" of files that are written."""
    n_calls = 0
    number = ERRORS[k % len(ERRORS)]

    def failing(whole: Callable[..., Any], counts: Callable[..., bool]) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            nonlocal n_calls
            if counts(*given, **options):
                n_calls += 1
                if n_calls == k + 1:
                    raise OSError(number, os.strerror(number))
            return whole(*given, **options)

        return call

    if name == "open":
        os.open = failing(os.open, lambda path, flags, *rest, **more: flags & os.O_CREAT)

        def writes(path: Any, mode: str = "r", *rest: Any, **more: Any) -> bool:
            return not isinstance(path, int) and any(letter in mode for letter in "wax+")

        builtins.open = io.open = failing(io.open, writes)
    else:
        setattr(os, name, failing(getattr(os, name), lambda *given, **more: True))
    return lambda: n_calls > k


def fail_write(k: int) -> Callable[[], bool]:
    """Let the k-th write of an HDF5 file, and all after it, fail."""
    n_calls = 0
    whole = sink.Sink._write

    def write(self: sink.Sink, view: memoryview) -> None:
        nonlocal n_calls
        n_calls += 1
        if n_calls > k:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        whole(self, view)

    sink.Sink._write = write  # type: ignore[method-assign]
    return lambda: n_calls > k


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]), indent=1))
