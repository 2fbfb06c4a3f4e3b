"""Kills jobs at random instants and looks at what is left: ``python killing.py N SEED [JOB ...]``.

After each kill the target must be as it was before the job or as it is after it, must open, and
the same job must succeed, as if nothing had happened. Writes one JSON object of counts.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import forks
from jobs import PLACE, Job, all_jobs, digest, fresh, litter, opens

from sleap.io.atomic import temporary_name
from sleap.io.backups import list_backups


def main(n_kills: int, seed: int, names: Sequence[str]) -> dict[str, Any]:
    """Kill the jobs in turn."""
    jobs = all_jobs()
    chosen = [jobs[name] for name in names or jobs]
    outer = Path(tempfile.mkdtemp(prefix="kill-", dir=PLACE))
    rng = random.Random(seed)
    try:
        trials = [Trial(job, outer / str(number)) for number, job in enumerate(chosen)]
        for number in range(n_kills):
            trials[number % len(trials)].kill(rng.random())
    finally:
        shutil.rmtree(outer, ignore_errors=True)
    total: Counter[str] = Counter()
    for trial in trials:
        total.update(trial.counts)
    return {
        "kills": n_kills,
        **total,
        "jobs": {
            trial.job.name: {"ms": round(1000 * trial.seconds, 1), **trial.counts}
            for trial in trials
        },
        "wrong": [line for trial in trials for line in trial.wrong],
    }


class Trial:
    """One job, its two states, and what was seen."""

    def __init__(self, job: Job, folder: Path) -> None:
        self.job = job
        self.template, self.folder = folder / "template", folder / "work"
        self.template.mkdir(parents=True)
        self.counts = Counter({"old": 0, "new": 0, "killed at work": 0, "had finished": 0})
        self.wrong: list[str] = []
        forks.warm_up(job.prepare, self.template)
        self.old = forks.call(digest, self.template / job.target)
        times = []
        for _ in range(2):
            fresh(self.template, self.folder)
            start = time.perf_counter()
            forks.call(job.run, self.folder)
            times.append(time.perf_counter() - start)
        self.seconds = min(times)
        self.new = forks.call(digest, self.folder / job.target)
        assert self.old != self.new, f"the states of '{job.name}' cannot be told apart"

    def kill(self, fraction: float) -> None:
        """Run the job, kill it after a fraction of its time, and look."""
        wait = fraction * 1.1 * self.seconds
        for _ in range(5):  # one that had finished proves little: earlier
            fresh(self.template, self.folder)
            was_at_work = forks.kill_after(wait, self.job.run, self.folder)
            if was_at_work:
                break
            wait *= 0.7
        self.counts["killed at work" if was_at_work else "had finished"] += 1
        try:
            state = forks.call(self.look)
        except forks.ChildError as error:
            state = f"cannot be read: {error}"
        if state in ("old", "new"):
            self.counts[state] += 1
        else:
            self.wrong.append(f"{self.job.name} killed at {fraction:.4f}: {state}")
        try:
            forks.call(self.job.run, self.folder)
            again = forks.call(digest, self.folder / self.job.target)
        except forks.ChildError as error:
            again = str(error)
        # A merge that was done may be done again: it changes nothing.
        if again != self.new:
            self.wrong.append(f"{self.job.name} again after {fraction:.4f}: {again}")

    def look(self) -> str:
        """Say in which state the folder is (in a child)."""
        target = self.folder / self.job.target
        opens(target)
        for backup in list_backups(target):
            opens(backup.path)
        mark = temporary_name("").split("-")[0][2:]
        for name in litter(self.job, self.template, self.folder):
            if not (name.startswith(f".{self.job.target}.{mark}-") and name.endswith(".tmp")):
                return f"leaves {name}"
        for partial in self.folder.glob("*.partial*"):
            if partial.stat().st_size > 1000:
                opens(partial)
        return {self.old: "old", self.new: "new"}.get(digest(target), "neither old nor new")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]), indent=1))
