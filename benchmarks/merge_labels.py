"""Wall time and peak memory of merging and bulk edits of large labels.

    python benchmarks/merge_labels.py                 # two projects of 500,000 instances x 15 nodes
    python benchmarks/merge_labels.py --frames 20000

Each case runs in a process of its own: two projects of 5 animals a frame are made in memory, then
the merge is planned and applied, timed apart. Memory is what the process holds beyond the two
projects, at its peak.
"""

import argparse
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sleap.core.labels import Labels
from sleap.core.merge import MergePlan, MergeResult, MergeRules, apply_merge, plan_merge
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS
from sleap.core.track import Track
from sleap.core.video import Video

N_ANIMALS, N_NODES = 5, 15
CASES = {
    "equal": "the same project twice",
    "apart": "no frame in common",
    "half": "half of the frames in common, all poses differ",
    "conflict": "all frames in common, all poses differ, both kept",
    "replace": "all frames in common, new predictions replace old ones",
    "nodes": "as half, nodes in reverse order, one of them new",
    "edits": "bulk edits of one project",
}


def make(n_frames: int, first: int = 0, seed: int = 0) -> Labels:
    """Make a project of predictions from a frame on."""
    random = np.random.default_rng(seed)
    n = n_frames * N_ANIMALS
    frames, rows = np.zeros(n_frames, FRAMES), np.zeros(n, INSTANCES)
    frames["frame_id"] = np.arange(n_frames)
    frames["frame_idx"] = frames["frame_id"] + np.uint64(first)
    frames["instance_id_start"] = np.arange(n_frames) * N_ANIMALS
    frames["instance_id_end"] = frames["instance_id_start"] + np.uint64(N_ANIMALS)
    rows["instance_id"], rows["instance_type"] = np.arange(n), 1
    rows["frame_id"], rows["track"] = np.divmod(np.arange(n), N_ANIMALS)
    rows["from_predicted"], rows["tracking_score"] = -1, np.nan
    rows["score"] = random.random(n)
    rows["point_id_start"] = np.arange(n) * N_NODES
    rows["point_id_end"] = rows["point_id_start"] + np.uint64(N_NODES)
    points = np.zeros(n * N_NODES, PRED_POINTS)
    for name in ("x", "y", "score"):
        points[name] = random.random(len(points))
    points["visible"] = True
    return Labels.from_tables(
        frames=frames,
        instances=rows,
        points=np.empty(0, POINTS),
        pred_points=points,
        videos=[Video("day1/arena.mp4")],
        skeletons=[Skeleton([f"node {k}" for k in range(N_NODES)])],
        tracks=[Track(f"animal {k}") for k in range(N_ANIMALS)],
    )


class Peak(threading.Thread):
    """Watches the memory of this process; Linux only."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.start_size = self.size = self.read()
        self.start()

    def read(self) -> float:
        """Return the resident memory, megabytes."""
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

    def run(self) -> None:
        """Look every 5 ms."""
        while True:
            self.size = max(self.size, self.read())
            time.sleep(0.005)

    @property
    def growth(self) -> float:
        """Most memory so far beyond that at the start, megabytes."""
        return self.size - self.start_size


def timed(work: Callable[[], object]) -> str:
    """Return the seconds that something takes, of the clock and of the processor."""
    start, cpu_start = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu_start
    return f"{wall:5.2f} s (CPU {cpu:.2f})"


def run_merge(case: str, n_frames: int) -> None:
    """Plan and apply one merge."""
    first = {"apart": n_frames, "half": n_frames // 2, "nodes": n_frames // 2}.get(case, 0)
    base, new = make(n_frames), make(n_frames, first, seed=0 if case == "equal" else 1)
    if case == "nodes":
        new.skeleton.node_names[:] = [f"node {k}" for k in range(N_NODES, 0, -1)]
    peak = Peak()
    rules = MergeRules(replace_predictions=case == "replace")
    plans: list[MergePlan] = []
    results: list[MergeResult] = []
    planning = timed(lambda: plans.append(plan_merge(base, new, rules)))
    plan_peak = peak.growth
    applying = timed(lambda: results.append(apply_merge(base, plans[0])))
    print(
        f"{case:9} plan {planning} +{plan_peak:.0f} MB, apply {applying} +{peak.growth:.0f} MB; "
        f"{plans[0].n_conflicts} conflicts, {len(results[0].instances_added)} added, "
        f"{len(results[0].instances_removed)} removed"
    )


def run_edits(n_frames: int) -> None:
    """Time edits of whole tables."""
    labels = make(n_frames)
    a, b = labels.tracks[:2]
    edits: dict[str, Callable[[], object]] = {
        "transpose_tracks": lambda: labels.transpose_tracks(a, b, n_frames // 2),
        "add_node": lambda: labels.add_node("tip"),
        "reorder_nodes": lambda: labels.reorder_nodes(labels.skeleton.node_names[::-1]),
        "remove_node": lambda: labels.remove_node("tip"),
        "choose area": lambda: labels.choose_instances(area=(0, 0, 0.9, 0.9)),
        "choose rank": lambda: labels.choose_instances(rank_limit=3),
        "extract half": lambda: labels.extract(labels.frame_rows()[::2]),
        "remove_predictions": lambda: labels.remove_predictions(score_below=0.5),
        "remove_tracks": lambda: labels.remove_tracks([a]),
        "remove_video": lambda: labels.remove_video(labels.video),
    }
    for name, edit in edits.items():
        print(f"{name:19} {timed(edit)}")


def main() -> None:
    """Run all cases."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--frames", type=int, default=100_000, help="frames of each project")
    parser.add_argument("--case", choices=CASES, help="only this one, in this process")
    options = parser.parse_args()
    if options.case == "edits":
        run_edits(options.frames)
    elif options.case:
        run_merge(options.case, options.frames)
    else:
        n = options.frames * N_ANIMALS
        print(f"{n:,} instances x {N_NODES} nodes in each project", flush=True)
        for case in CASES:
            words = ["--case", case, "--frames", str(options.frames)]
            subprocess.run([sys.executable, __file__, *words], check=True)


if __name__ == "__main__":
    main()
