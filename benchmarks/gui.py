"""The labeling window on a project of a million instances: start, steps, edits, undo, memory.

    python benchmarks/gui.py --work build/gui --video flies13.mp4 [--rounds 3] [--platform xcb]

It makes a project of 500,000 frames x 2 predicted instances x 13 nodes on a real video, starts the
program on it in a process of its own (offscreen unless told otherwise), and measures

- from the start of the process to the first painted frame,
- steps to random frames of the video, with trails of 50 and colours on: the time the thread of the
  window is busy until the frame is painted and all else follows (waiting for the decoder does not
  count: the window is free then), and the time until it is there; the same among few frames, which
  are in memory,
- moving a node, from the edit to the repainted window,
- deleting all predictions, and its undo,
- the peak of resident memory.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

N_STEPS = 200
N_EDITS = 50
PATIENCE = 60.0


def make_project(path: Path, video: Path, *shape: int) -> None:
    """Write tracked predictions on a real video."""
    from projects import make_labels

    import sleap

    make_labels(sleap.Video(str(video.absolute())), *shape).save(path)


# -- in the process that is measured -------------------------------------------------------------


class Watch:
    """Runs the events of a program and counts how long they keep its thread busy.

    Args:
        app: The application.
    """

    def __init__(self, app: Any) -> None:
        from qtpy.QtCore import QEventLoop

        self.app = app
        self._loop = QEventLoop()

    def until(self, is_done: Callable[[], bool]) -> tuple[float, float]:
        """Run events until something is so, and what it put off; return (busy, elapsed) seconds."""
        started, busy = time.perf_counter(), 0.0
        while not is_done():
            if time.perf_counter() - started > PATIENCE:
                raise TimeoutError("the window did not get there")
            used = self._process()
            busy += used
            if not used:
                time.sleep(0.0005)
        elapsed = time.perf_counter() - started
        while used := self._process():
            busy += used
        return busy, elapsed

    def _process(self) -> float:
        """Run the events there are; return the seconds that took, 0 if there were none."""
        before = time.perf_counter()
        return time.perf_counter() - before if self._loop.processEvents() else 0.0


def run_window(project: Path, started: float) -> None:
    """Drive the window and print what was measured as JSON."""
    from sleap.editing.document import Document
    from sleap.editing.edits import points, predictions
    from sleap.editing.edits.instances.adding import convert_prediction
    from sleap.gui.app import make_app
    from sleap.gui.main_window import MainWindow
    from sleap.gui.program import Program

    app = make_app()
    watch = Watch(app)
    program = Program(app, MainWindow)
    window = program.show(Document.new())
    window.resize(1400, 1000)
    app.processEvents()
    figures: dict[str, Any] = {"first window s": time.time() - started}
    painted: list[int] = []
    window.canvas.painted.connect(painted.append)
    opening = time.perf_counter()
    window.open_project(project)
    watch.until(lambda: bool(len(window.session.labels)))
    figures["open s"] = time.perf_counter() - opening
    watch.until(lambda: bool(painted))
    figures["first painted frame s"] = time.time() - started
    session = window.session
    session.set_look(trail_length=50, color_predicted=True)
    watch.until(lambda: threads_done())
    figures["step"] = time_steps(watch, session, painted)
    figures["step among the last 25"] = time_steps(watch, session, painted, 25)
    document = session.document
    document.run(convert_prediction, session.frame.predicted_instances[0])
    figures["edit ms"] = time_edits(watch, session, points.move_node)
    before = time.perf_counter()
    document.run(predictions.delete_predictions)
    app.processEvents()
    figures["delete all s"] = time.perf_counter() - before
    before = time.perf_counter()
    document.undo()
    app.processEvents()
    figures["undo s"] = time.perf_counter() - before
    figures["peak MiB"] = peak_memory()
    print("RESULT " + json.dumps(figures), flush=True)
    os._exit(0)


def threads_done() -> bool:
    """Tell whether the tables have been read."""
    import threading

    return all(thread.name != "settle tables" for thread in threading.enumerate())


def time_steps(
    watch: Watch, session: Any, painted: list[int], n_frames: int = 1300
) -> dict[str, float]:
    """Step to random frames of the first so many; milliseconds busy and until painted."""
    import random

    choice = random.Random(0)
    busy, elapsed = [], []
    for _ in range(N_STEPS):
        frame = choice.randrange(n_frames)
        if frame == session.frame_idx:
            continue
        painted.clear()
        before = time.perf_counter()
        session.go_to(frame)
        asked = time.perf_counter() - before
        used, waited = watch.until(lambda frame=frame: frame in painted)
        busy.append(1000 * (asked + used))
        elapsed.append(1000 * (asked + waited))
    busy.sort()
    elapsed.sort()
    return {
        "busy median ms": statistics.median(busy),
        "busy 99 % ms": busy[int(0.99 * len(busy)) - 1],
        "until painted median ms": statistics.median(elapsed),
    }


def time_edits(watch: Watch, session: Any, move_node: Any) -> dict[str, float]:
    """Move a node again and again; milliseconds from the edit to the repainted window."""
    instance = session.frame.user_instances[0]
    times = []
    for number in range(N_EDITS):
        before = time.perf_counter()
        session.document.run(move_node, instance, number % 13, 400.0 + number, 300.0)
        watch.app.processEvents()
        times.append(1000 * (time.perf_counter() - before))
    return {"median": statistics.median(times), "worst": max(times)}


def peak_memory() -> float:
    """Return the peak of resident memory of this process, MiB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


# -- all of it -----------------------------------------------------------------------------------


def measure(project: Path, platform: str, work: Path) -> dict[str, Any]:
    """Run the window once in a fresh process."""
    wishes = {"SLEAP_CONFIG": str(work / "config"), "SLEAP_STATE": str(work / "state")}
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, **wishes}
    words = [sys.executable, __file__, "--work", str(project), "--run", repr(time.time())]
    if platform == "xcb" and "DISPLAY" not in os.environ:
        server = shutil.which("xvfb-run")
        if server is None:
            raise SystemExit("no X server: install Xvfb, or leave --platform xcb out")
        words = [server, "-a", "-s", "-screen 0 1920x1200x24", *words]
    done = subprocess.run(words, capture_output=True, text=True, env=environment)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        raise SystemExit(done.stderr)
    return dict(json.loads(lines[0].removeprefix("RESULT ")))


def main() -> None:
    """Make the project, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for the project")
    parser.add_argument("--video", type=Path, help="a video of 1,300 frames or more")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shape", type=int, nargs=3, default=(500_000, 2, 13))
    parser.add_argument(
        "--platform",
        default="offscreen",
        help="offscreen, or xcb: under Xvfb unless there is a display",
    )
    parser.add_argument("--run", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run is not None:
        run_window(options.work, options.run)
        return
    if options.video is None or not options.video.is_file():
        raise SystemExit("give a video of 1,300 frames or more: --video flies13.mp4")
    options.work.mkdir(parents=True, exist_ok=True)
    project = options.work / "project.slp"
    if options.make:
        make_project(project, options.video, *options.shape)
        return
    # In a process of its own: what this one has used would count as the peak of its children.
    shape = map(str, options.shape)
    words = ["--work", options.work, "--video", options.video, "--shape", *shape, "--make"]
    subprocess.run([sys.executable, __file__, *map(str, words)], check=True)
    for number in range(options.rounds):
        print(f"round {number + 1}: {json.dumps(measure(project, options.platform, options.work))}")


if __name__ == "__main__":
    main()
