"""Train on real recordings, track their videos, and score against labels kept back.

    python benchmarks/real_recordings.py flies13-topdown --data shared/data --work /tmp/real
    python benchmarks/real_recordings.py flies13-bottomup openfield --data …

Everything goes through the documented commands and the shipped profiles of the same names. Run it
on a quiet machine: the profiles hold time limits, and a busy processor gets less far in them. Each
job prints the commands, their wall time, and the figures of ``python -m sleap.evaluation``.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from attrs import frozen


@frozen
class Job:
    """One recording, the networks trained on it, and what they are judged by.

    Attributes:
        folder: Folder of the recording in the data folder.
        profiles: Shipped profiles, in the order of training.
        predict: Arguments of ``sleap-track`` after the models; the first is the input.
        truths: By title: labels to score the predictions against.
        validation: Labels that choose the best model; "": a part of the training labels, so that
            none of the labels scored against has a say.
    """

    folder: str
    profiles: tuple[str, ...]
    predict: tuple[str, ...]
    truths: dict[str, str]
    validation: str = "val.pkg.slp"


TRACKING = (
    *("--tracking.tracker", "flow", "--tracking.match", "hungarian"),
    *("--tracking.max_tracks", "2", "-n", "2"),
)
FLIES = {"held-out frames": "test.pkg.slp", "identities, all frames": "flies13.tracks.slp"}
JOBS = {
    "flies13-topdown": Job(
        "flies13", ("flies13_centroids", "flies13_topdown"), ("flies13.mp4", *TRACKING), FLIES
    ),
    "flies13-bottomup": Job(
        "flies13", ("flies13_confmaps", "flies13_pafs"), ("flies13.mp4", *TRACKING), FLIES
    ),
    "openfield": Job(
        "mouse_openfield",
        ("openfield_confmaps",),
        ("val.pkg.slp",),
        {"val": "val.pkg.slp"},
        validation="",
    ),
}


def timed(command: list[str]) -> float:
    """Run a command of this installation, show it, and return its wall time in seconds."""
    print("$", " ".join(command), flush=True)
    program = Path(sys.executable).with_name(command[0])
    words = [str(program), *command[1:]] if program.exists() else [sys.executable, *command[1:]]
    started = time.monotonic()
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - started


def run(name: str, job: Job, data: Path, work: Path, skip_training: bool) -> dict[str, object]:
    """Train, track and score one job; the recording is copied to the work folder first."""
    source, folder = data / job.folder, work / name
    if not source.is_dir():
        raise SystemExit(f"{source} is not there: nothing to run {name} on.")
    folder.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.is_file() and not (folder / path.name).exists():
            shutil.copy(path, folder)
    os.chdir(folder)
    result: dict[str, object] = {"job": name}
    models: list[str] = []
    for profile in job.profiles:
        words = ["sleap-train", f"{profile}.json", "train.pkg.slp"]
        words += ["--val", job.validation] if job.validation else []
        if not skip_training:
            shutil.rmtree(f"models/{profile}", ignore_errors=True)
            result[f"train {profile}, s"] = timed([*words, "-o", profile])
        models += ["-m", f"models/{profile}"]
    predictions = f"{name}.predictions.slp"
    words = ["sleap-track", job.predict[0], *models, *job.predict[1:], "-o", predictions]
    result["track, s"] = timed(words)
    for title, truth in job.truths.items():
        figures = f"{name}.{Path(truth).stem}.json"
        timed(["python", "-m", "sleap.evaluation", truth, predictions, "-o", figures])
        result[title] = json.loads(Path(figures).read_text())
    return result


def main() -> None:
    """Run the jobs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="+", choices=JOBS)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/real_recordings"))
    parser.add_argument("--skip-training", action="store_true", help="use the models there")
    arguments = parser.parse_args()
    data, work = arguments.data.absolute(), arguments.work.absolute()
    for name in arguments.jobs:
        result = run(name, JOBS[name], data, work, arguments.skip_training)
        (work / f"{name}.json").write_text(json.dumps(result, indent=4))
        times = {key: round(value, 1) for key, value in result.items() if isinstance(value, float)}
        print("RESULT", json.dumps({"job": name, **times}), flush=True)


if __name__ == "__main__":
    main()
