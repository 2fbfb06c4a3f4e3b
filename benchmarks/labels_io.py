"""A project of a million instances: opening, arrays, editing, saving, beside sleap-io in one run.

    python benchmarks/labels_io.py --work build/labels_io [--rounds 3] [--slow] [--peer PYTHON]

It makes 200,000 frames x 5 instances x 15 nodes (uncompressed, as the original and sleap-io write
them), then runs each operation in a process of its own, ours and theirs in turn. Times are without
imports; peak memory is that of the whole process. ``--slow`` adds what takes sleap-io half a minute
(eager loading and saving, making a lazy project editable). ``--formats`` instead writes and reads
100,000 instances in every format there is.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OURS = ("load", "frame", "numpy", "edit", "save")
THEIRS = ("lazy load", "lazy frame", "lazy numpy", "lazy save")
THEIRS_SLOW = ("eager load", "eager numpy", "eager save", "lazy edit")

RATIOS = {
    "load": "lazy load",
    "frame": "lazy frame",
    "numpy": "lazy numpy",
    "edit": "lazy edit",
    "save": "eager save",
}
"""What of ours is compared with what of theirs: the fastest mode that can do it."""


def make_project(path: Path, *shape: int) -> None:
    """Write tracked predictions on a video that need not be there."""
    from projects import make_labels

    import sleap

    make_labels(sleap.Video("big.mp4", shape=(shape[0], 1024, 1024, 1)), *shape).save(path)


# -- one operation, in a process of its own ------------------------------------------------------


def run_ours(path: Path, operation: str) -> dict[str, float]:
    """Run one operation of ours; return seconds by step."""
    import numpy as np

    import sleap
    from sleap.io.files import load_file

    times: dict[str, float] = {}
    instance = sleap.Instance
    labels = _time(times, "load", lambda: load_file(path))
    middle = len(labels) // 2
    if operation == "frame":
        _time(times, "frame", lambda: labels[middle].instances[0].numpy())
    elif operation == "numpy":
        _time(times, "numpy", labels.numpy)
    elif operation in ("edit", "save"):
        points = np.zeros((labels.skeleton.n_nodes, 2))
        frame = labels[middle]
        _time(times, "edit", lambda: frame.append(instance(labels.skeleton, points)))
    if operation == "save":
        _time(times, "save", lambda: labels.save(path.with_name("saved.slp")))
    return times


def run_theirs(path: Path, operation: str) -> dict[str, float]:
    """Run one operation of sleap-io; return seconds by step."""
    import sleap_io

    mode, action = operation.split()
    times: dict[str, float] = {}
    load = sleap_io.load_slp
    labels = _time(
        times, f"{mode} load", lambda: load(str(path), open_videos=False, lazy=mode == "lazy")
    )
    saved = str(path.with_name("saved.peer.slp"))
    steps: dict[str, Callable[[], Any]] = {
        "frame": lambda: labels[len(labels) // 2].instances[0].numpy(),
        "numpy": lambda: labels.numpy(),
        "edit": lambda: labels.materialize(),
        "save": lambda: labels.save(saved, embed=False, verbose=False),
    }
    if action in steps:
        _time(times, operation, steps[action])
    return times


def _time(times: dict[str, float], name: str, action: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = action()
    times[name] = time.perf_counter() - started
    return result


def run_operation(side: str, path: Path, operation: str) -> None:
    """Run one operation and print its figures as JSON."""
    import resource

    times = run_ours(path, operation) if side == "ours" else run_theirs(path, operation)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("RESULT " + json.dumps({"seconds": times[operation], "peak_mib": peak}))


# -- every format --------------------------------------------------------------------------------


def time_formats(work: Path) -> None:
    """Write and read 100,000 instances in every format."""
    import sleap
    from sleap.io.files import load_file, save_file
    from sleap.io.format import FORMATS

    project = work / "formats.slp"
    if not project.exists():
        make_project(project, 20_000, 5, 15)
    labels = sleap.load_file(project)
    print(f"{'format':14} {'write s':>8} {'read s':>8} {'MiB':>7}   (100,000 instances x 15 nodes)")
    for name in FORMATS:
        entry = FORMATS.get(name)
        if not entry.can_write:
            continue
        path = work / f"formats{entry.suffixes[0]}"
        times: dict[str, float] = {}
        _time(times, "write", lambda path=path, name=name: save_file(labels, path, format=name))
        if entry.read is not None:
            _time(times, "read", lambda path=path: load_file(path))
        read = f"{times['read']:8.2f}" if "read" in times else "       -"
        size = path.stat().st_size / 2**20
        print(f"{name:14} {times['write']:8.2f} {read} {size:7.1f}", flush=True)


# -- all of it -----------------------------------------------------------------------------------


def measure(python: str, side: str, path: Path, operation: str) -> tuple[float, float]:
    """Run one operation in a fresh process; return seconds and peak memory in MiB."""
    words = [python, __file__, "--work", str(path), "--run", side, operation]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    return result["seconds"], result["peak_mib"]


def compare(project: Path, rounds: int, slow: bool, peer: str) -> None:
    """Measure both sides in turn and print medians and ratios."""
    jobs = [(sys.executable, "ours", name) for name in OURS]
    jobs += [(peer, "theirs", name) for name in (*THEIRS, *(THEIRS_SLOW if slow else ()))]
    figures: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(rounds):
        for python, side, operation in jobs:
            figures.setdefault((side, operation), []).append(
                measure(python, side, project, operation)
            )
        print(f"round {number + 1} of {rounds} done", file=sys.stderr)
    medians: dict[tuple[str, str], float] = {}
    print(f"{'side':7} {'operation':12} {'median s':>9} {'min':>8} {'max':>8} {'peak MiB':>9}")
    for (side, operation), results in figures.items():
        seconds = [result[0] for result in results]
        peak = statistics.median(result[1] for result in results)
        medians[side, operation] = statistics.median(seconds)
        print(
            f"{side:7} {operation:12} {medians[side, operation]:9.4f} {min(seconds):8.4f} "
            f"{max(seconds):8.4f} {peak:9.0f}"
        )
    for ours, theirs in RATIOS.items():
        if ("theirs", theirs) in medians:
            ratio = medians["theirs", theirs] / medians["ours", ours]
            print(f"{ours}: {ratio:.3g} times as fast as sleap-io's {theirs}")


def main() -> None:
    """Make the project, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for the files")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", action="store_true", help="also what takes sleap-io minutes")
    parser.add_argument("--formats", action="store_true", help="every format in place of the peer")
    parser.add_argument("--peer", default=sys.executable, help="a Python that has sleap-io")
    parser.add_argument("--shape", type=int, nargs=3, default=(200_000, 5, 15))
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run_operation(options.run[0], options.work, options.run[1])
        return
    options.work.mkdir(parents=True, exist_ok=True)
    if options.formats:
        time_formats(options.work)
        return
    project = options.work / "project.slp"
    if options.make:
        make_project(project, *options.shape)
        return
    # In a process of its own: what this one has used would count as the peak of its children.
    words = ["--shape", *map(str, options.shape), "--make"]
    subprocess.run([sys.executable, __file__, "--work", options.work, *words], check=True)
    compare(project, options.rounds, options.slow, options.peer)


if __name__ == "__main__":
    main()
