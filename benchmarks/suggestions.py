"""Wall time of statistics over frames and of suggestions, and the memory that images take.

    python benchmarks/suggestions.py                    # 500,000 frames x 2 instances x 13 nodes
    python benchmarks/suggestions.py --frames 20000
    python benchmarks/suggestions.py --video clip.mp4   # image features on 200 of its frames

Predictions are made in memory. An update is one of a frame after an edit of it.
"""

import argparse
import statistics
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import sleap
from sleap.core.labels import Labels
from sleap.core.series import STATISTICS, LiveSeries
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS
from sleap.suggestions.options import FEATURES, METHODS, ImageFeaturesOptions, SuggestionOptions
from sleap.suggestions.suggest import merge, suggest
from sleap.suggestions.table import SuggestionTable

N_ANIMALS, N_NODES = 2, 13


def make(n_frames: int) -> Labels:
    """Make a project of tracked predictions; one point in twenty is missing."""
    random, n = np.random.default_rng(0), n_frames * N_ANIMALS
    frames, rows = np.zeros(n_frames, FRAMES), np.zeros(n, INSTANCES)
    frames["frame_id"] = frames["frame_idx"] = np.arange(n_frames)
    frames["instance_id_start"] = np.arange(n_frames) * N_ANIMALS
    frames["instance_id_end"] = frames["instance_id_start"] + np.uint64(N_ANIMALS)
    rows["instance_id"], rows["instance_type"] = np.arange(n), 1
    rows["frame_id"], rows["track"] = np.divmod(np.arange(n), N_ANIMALS)
    rows["from_predicted"], rows["score"] = -1, random.random(n) * 10
    rows["point_id_start"] = np.arange(n) * N_NODES
    rows["point_id_end"] = rows["point_id_start"] + np.uint64(N_NODES)
    points = np.zeros(n * N_NODES, PRED_POINTS)
    for name in ("x", "y"):
        points[name] = random.random(len(points)) * 500
    points["score"], points["visible"] = random.random(len(points)), True
    points["x"][random.random(len(points)) < 0.05] = np.nan
    return Labels.from_tables(
        frames=frames,
        instances=rows,
        points=np.zeros(0, POINTS),
        pred_points=points,
        videos=[sleap.Video("a.mp4", shape=(n_frames, 512, 512, 1))],
        skeletons=[sleap.Skeleton([f"n{node}" for node in range(N_NODES)])],
        tracks=[sleap.Track(name) for name in "ab"],
    )


def seconds(run: Callable[[], Any], n_times: int = 3) -> float:
    """Return the median time of a call."""
    taken = []
    for _ in range(n_times):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def measure_statistics(labels: Labels) -> None:
    """Print the time to compute each statistic and to follow an edit."""
    print(f"{'statistic':34} {'compute':>9} {'update: median':>15} {'max':>9}")
    for name in STATISTICS:
        taken = seconds(partial(LiveSeries, labels.store, 0, name))
        live = LiveSeries(labels.store, 0, name)
        edits = [
            seconds(partial(live.update, labels.store, [frame]), 1)
            for frame in np.linspace(10, len(labels) - 10, 100).astype(int).tolist()
        ]
        median, most = statistics.median(edits) * 1e3, max(edits) * 1e3
        print(f"{name:34} {taken:7.3f} s {median:12.2f} ms {most:6.2f} ms")


def measure_suggestions(labels: Labels) -> None:
    """Print the time of the methods that read only labels, and of 100,000 suggestions."""
    print(f"\n{'method':34} {'time':>9} {'suggestions':>12}")
    for name in METHODS:
        if name != "image_features":
            options = SuggestionOptions(method=name)
            n_found = len(suggest(labels, None, options))
            taken = seconds(partial(suggest, labels, None, options))
            print(f"{name:34} {taken:7.3f} s {n_found:12}")
    video = labels.video
    old = [sleap.SuggestionFrame(video, index) for index in range(100_000)]
    new = [sleap.SuggestionFrame(video, index) for index in range(50_000, 150_000)]
    labels.suggestions = old
    print(f"{'table of 100,000':34} {seconds(partial(SuggestionTable, labels)):7.3f} s")
    print(f"{'join 100,000 to 100,000':34} {seconds(partial(merge, old, new)):7.3f} s")


def measure_images(path: Path) -> None:
    """Print the time and the memory of image features of one video."""
    labels = Labels(videos=[sleap.load_video(path)])
    print(f"\n{path.name}, {labels.video.shape}")
    for name in FEATURES:
        images = ImageFeaturesOptions(feature_type=name)
        options = SuggestionOptions(method="image_features", image_features=images)
        with Peak() as peak:
            taken = seconds(partial(suggest, labels, None, options), 1)
        print(f"{name:34} {taken:7.3f} s  +{peak.n_bytes / 2**20:.0f} MiB at most")


class Peak:
    """Watches how much memory the process takes on, at most."""

    def __enter__(self) -> "Peak":
        self.n_bytes = 0
        self._start, self._is_done = _resident(), threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def _watch(self) -> None:
        while not self._is_done.wait(0.05):
            self.n_bytes = max(self.n_bytes, _resident() - self._start)

    def __exit__(self, *error: object) -> None:
        self._is_done.set()
        self._thread.join()


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=500_000)
    parser.add_argument("--video", type=Path)
    arguments = parser.parse_args()
    if arguments.video:
        measure_images(arguments.video)
        return
    labels = make(arguments.frames)
    print(f"{labels}")
    measure_statistics(labels)
    measure_suggestions(labels)


if __name__ == "__main__":
    main()
