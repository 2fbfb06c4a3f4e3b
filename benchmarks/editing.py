"""Editing a project of a million instances: what an edit, an undo, a save cost.

    python benchmarks/editing.py [--instances 1000000] [--nodes 15]

Prints milliseconds. The labels have two predicted instances a frame, as a network leaves them.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from sleap import Instance, Labels, Skeleton, SuggestionFrame, Track, Video
from sleap.core.arrays import frames_of
from sleap.core.tables import FRAMES, INSTANCES, PRED_POINTS, PREDICTED
from sleap.editing.document import Document
from sleap.editing.journal.lost import LostWork, find_lost
from sleap.io.files import load_file, save_file


def make_labels(n_instances: int, n_nodes: int) -> Labels:
    rng = np.random.default_rng(0)
    n_frames = n_instances // 2
    frames = np.zeros(n_frames, FRAMES)
    frames["frame_id"] = frames["frame_idx"] = np.arange(n_frames)
    frames["instance_id_start"] = 2 * np.arange(n_frames)
    frames["instance_id_end"] = frames["instance_id_start"] + 2
    instances = np.zeros(n_instances, INSTANCES)
    instances["instance_id"] = np.arange(n_instances)
    instances["frame_id"] = np.arange(n_instances) // 2
    instances["instance_type"] = PREDICTED
    instances["track"] = np.arange(n_instances) % 2
    instances["from_predicted"] = -1
    instances["point_id_start"] = np.arange(n_instances) * n_nodes
    instances["point_id_end"] = instances["point_id_start"] + n_nodes
    points = np.zeros(n_instances * n_nodes, PRED_POINTS)
    points["x"], points["y"] = rng.random((2, len(points))) * 1000
    points["visible"] = True
    skeleton = Skeleton([f"n{number}" for number in range(n_nodes)])
    return Labels.from_tables(
        frames=frames,
        instances=instances,
        points=np.empty(0, [("x", "<f8"), ("y", "<f8"), ("visible", "?"), ("complete", "?")]),
        pred_points=points,
        videos=[Video("a.mp4", shape=(n_frames, 1024, 1024, 1))],
        skeletons=[skeleton],
        tracks=[Track("a"), Track("b")],
    )


def measure(title: str, work: Callable[[], object], n: int = 1) -> None:
    times = []
    for _ in range(n):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    rest = times[1:] or times
    text = f"{np.median(rest):9.2f} median {max(rest):9.2f} worst {times[0]:9.2f} first"
    print(f"{title:45} {text if n > 1 else f'{times[0]:9.2f}'}")


def edits(document: Document) -> None:
    rng = np.random.default_rng(1)
    labels, store = document.labels, document.labels.store
    n = len(store.instances)
    skeleton, video = labels.skeleton, labels.video

    def move() -> None:
        row = int(rng.integers(n))
        document.run(lambda tx: tx.set_points(row, {3: rng.random(2)}), title="Move")

    def move_and_wait() -> None:
        move()
        document.journal.flush()

    def add() -> None:
        instance = Instance(skeleton, rng.random((skeleton.n_nodes, 2)))
        frame = int(rng.integers(n // 2))
        document.run(lambda tx: tx.add_instances([frame], [instance]), title="Add")

    def remove() -> None:
        row = int(rng.integers(n))
        document.run(lambda tx: tx.remove_instances([row], with_frames=True), title="Remove")

    def swap() -> None:
        def transpose(tx) -> None:
            rows = store.live_instances
            tracks = store.instances.rows["track"][rows]
            late = store.frames.rows["frame_idx"][frames_of(store, rows)] >= n // 4
            rows = rows[late & (tracks >= 0) & (tracks < 2)]
            tx.set_tracks(rows, 1 - store.instances.rows["track"][rows])

        document.run(transpose)

    def new_track() -> None:
        row = int(rng.integers(n))
        document.run(lambda tx: tx.set_tracks([row], tx.add_track(Track("new"))))

    def suggest() -> None:
        document.run(lambda tx: tx.set_suggestions(new))

    new = [SuggestionFrame(video, index) for index in range(100_000)]

    measure("move a point", move, 200)
    measure("  and wait until it is on the disk", move_and_wait, 100)
    measure("undo a move", document.undo, 50)
    measure("redo a move", document.redo, 50)
    measure("add an instance", add, 100)
    measure("remove an instance", remove, 100)
    measure("add a track and set it", new_track, 50)
    measure("swap tracks of half the instances", swap, 2)
    measure("  undo that", document.undo)
    measure("set 100,000 suggestions", suggest)
    measure("  undo that", document.undo)
    measure("remove all predictions", lambda: document.run(remove_all), 1)
    measure("  undo that", document.undo)
    measure("  redo that", document.redo)
    measure("  undo that", document.undo)


def remove_all(tx) -> None:
    kinds = tx.store.instances.rows["instance_type"]
    live = tx.store.live_instances
    tx.remove_instances(live[kinds[live] == PREDICTED], with_frames=True)


def saves(document: Document, path: Path) -> None:
    rng = np.random.default_rng(2)
    n = len(document.labels.store.instances)
    started = time.perf_counter()
    saving = document.prepare_save(path, backups=0)
    print(f"{'prepare_save':45} {1000 * (time.perf_counter() - started):9.2f}")
    before = document.labels.to_tables()[3].copy()
    worker = threading.Thread(target=saving)
    worker.start()

    def move() -> None:
        row = int(rng.integers(n))
        if document.labels.store.instances.rows["instance_type"][row] == PREDICTED:
            document.run(lambda tx: tx.set_points(row, {3: rng.random(2)}), title="Move")

    times = []
    while worker.is_alive():
        start = time.perf_counter()
        move()
        times.append(1000 * (time.perf_counter() - start))
        time.sleep(0.005)
    worker.join()
    took = 1000 * (time.perf_counter() - started)
    print(f"{'save in the background':45} {took:9.2f}")
    print(f"{'  move a point meanwhile':45} {np.median(times):9.2f} median {max(times):9.2f} worst")
    measure("finish the save", saving.finish)
    saved = load_file(path).to_tables()[3]
    print(f"{'  the file is what it was at the call':45} {bool((saved == before).all())}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instances", type=int, default=1_000_000)
    parser.add_argument("--nodes", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as state:
        import os

        os.environ["SLEAP_STATE"] = state
        path = Path(folder, "project.slp")
        save_file(make_labels(options.instances, options.nodes), path)
        start = time.perf_counter()
        document = Document.open(path)
        print(f"{'open':45} {1000 * (time.perf_counter() - start):9.2f}")
        edits(document)
        saves(document, path)
        document.journal.flush()
        journal = document.journal.path
        print(f"{'journal, bytes':45} {journal.stat().st_size:9d}")
        lost = LostWork(path, None, 0, [], journal)
        end = document.labels.to_tables()
        measure("recover", lambda: check(Document.recover(lost), end))
        assert find_lost() == []


def check(document: Document, end: tuple) -> None:
    found = document.labels.to_tables()
    print(
        "  as it was:",
        all((a == b).all() or a.tobytes() == b.tobytes() for a, b in zip(found, end, strict=True)),
    )
    document.close()


if __name__ == "__main__":
    main()
