"""Frames per second of ``sleap-track`` with each engine, on a small trained bottom-up model.

    python benchmarks/inference_speed.py --data shared/data --work build/inference_speed

It labels frames of the recording ``centered_pair`` with the predictions that come with it, trains
confidence maps and part affinity fields on them for two minutes each, then runs ``sleap-track`` on
300 frames: engines and precisions in turn, several rounds. The figures are those that the command
itself prints (frames/s from the first frame read to the last one grouped, and the share of that
time in the network) and the wall time of the whole process.
"""

import argparse
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import sleap
from sleap.io.slp.embed import write_package
from sleap.nn.config.profile import load_profile, save_profile

RUNS = [
    ("openvino", "float32"),
    ("openvino", "bfloat16"),
    ("keras", "float32"),
    ("keras", "bfloat16"),
]
RESULT = re.compile(r"\(([\d.]+) frames/s; (\d+)%")


def make_package(data: Path, path: Path) -> None:
    """Write a training package of 90 frames, their predictions taken for labels."""
    predictions = sleap.load_file(data / "predictions.slp")
    video = sleap.load_video(data / "centered_pair_low_quality.mp4")
    frames = []
    for frame in predictions:
        found = [one for one in frame.instances if one.n_visible >= 18]
        if frame.frame_idx < 800 and frame.frame_idx % 8 == 0 and len(found) == 2:
            instances = [sleap.Instance(predictions.skeleton, one.numpy()) for one in found]
            frames.append(sleap.LabeledFrame(video, frame.frame_idx, instances))
    write_package(sleap.Labels(frames[:90]), path)


def program(name: str) -> str:
    """Return the path of a program of this installation."""
    return str(Path(sys.executable).with_name(name))


def train(work: Path, minutes: float) -> list[str]:
    """Train both networks, and return the arguments that name them."""
    models = []
    for name in ("confmaps", "pafs"):
        profile = load_profile(f"flies13_{name}.json")
        profile.trainer.max_minutes = minutes
        save_profile(profile, work / f"{name}.json")
        words = [f"{name}.json", "labels.pkg.slp", "-o", name]
        if not (work / "models" / name).exists():
            subprocess.run([program("sleap-train"), *words], cwd=work, check=True)
        models += ["-m", f"models/{name}"]
    return models


def track(work: Path, video: Path, models: list[str], engine: str, precision: str) -> list[float]:
    """Track 300 frames, and return frames/s, share in the network and wall time in seconds."""
    words = [str(video), *models, "--frames", "0-299", "-o", "out.slp"]
    words += ["--engine", engine, "--precision", precision]
    started = time.monotonic()
    done = subprocess.run(
        [program("sleap-track"), *words], cwd=work, check=True, capture_output=True, text=True
    )
    wall = time.monotonic() - started
    match = RESULT.search(done.stderr)
    assert match, done.stderr
    return [float(match[1]), float(match[2]), wall]


def main() -> None:
    """Make what is missing, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("build/inference_speed"))
    parser.add_argument("--minutes", type=float, default=2.0, help="for training each network")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    data, work = (arguments.data / "centered_pair").absolute(), arguments.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    make_package(data, work / "labels.pkg.slp")
    models = train(work, arguments.minutes)
    video = data / "centered_pair_low_quality.mp4"
    figures: dict[tuple[str, str], list[list[float]]] = {run: [] for run in RUNS}
    for _ in range(arguments.rounds):
        for run in RUNS:
            figures[run].append(track(work, video, models, *run))
    print("engine    precision   frames/s  (min-max)       in the network   whole command, s")
    for (engine, precision), rows in figures.items():
        rates, shares, walls = zip(*rows, strict=True)
        print(
            f"{engine:9} {precision:11} {statistics.median(rates):7.1f}  "
            f"({min(rates):.1f}-{max(rates):.1f})   {statistics.median(shares):10.0f} %   "
            f"{statistics.median(walls):14.1f}"
        )


if __name__ == "__main__":
    main()
