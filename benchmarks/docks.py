"""The docks of the labeling window on large projects: how long the thread of the window is busy.

    python benchmarks/docks.py [--suggestions 100000] [--tracks 1000] [--nodes 200] [--videos 5000]

It shows each dock by itself (offscreen) on a project of 500,000 frames x 2 predictions x 13 nodes
in memory, and prints a table of processor times, median and longest, painting included where the
line says so.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from projects import make_labels
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QMainWindow

import sleap
from sleap.core.instance import PredictedInstance
from sleap.core.suggestion import SuggestionFrame
from sleap.editing.document import Document
from sleap.editing.edits import skeleton as skeletons
from sleap.gui.docks.dock import Dock
from sleap.gui.docks.instances import InstancesDock
from sleap.gui.docks.skeleton import SkeletonDock
from sleap.gui.docks.suggestions import SuggestionsDock
from sleap.gui.docks.videos import VideosDock
from sleap.gui.session import Session

N_FRAMES = 500_000


def timed(what: str, run: Callable[[], Any], n_times: int = 9) -> None:
    """Print how long something keeps the processor busy."""
    taken = []
    for _ in range(n_times):
        started = time.process_time()
        run()
        taken.append((time.process_time() - started) * 1e3)
    print(f"{what:58} {statistics.median(taken):8.2f} {max(taken):8.2f}")


def show(app: QApplication, dock: Dock) -> QMainWindow:
    """Show a dock in a window, timed."""
    window = QMainWindow()
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.resize(350, 800)

    def appear() -> None:
        window.show()
        app.processEvents()

    timed(f"show {type(dock).__name__}", appear, 1)
    return window


def measure_suggestions(app: QApplication, n_suggestions: int) -> None:
    """Measure the dock of suggestions."""
    labels = make_labels(sleap.Video("big.mp4", shape=(N_FRAMES, 512, 512, 1)), N_FRAMES, 2, 13)
    video = labels.videos[0]
    labels.suggestions += [
        SuggestionFrame(video, place * 5 % N_FRAMES, place % 10) for place in range(n_suggestions)
    ]
    session = Session(Document(labels))
    dock = SuggestionsDock(session)
    window = show(app, dock)
    random = np.random.default_rng(0)

    def add() -> None:
        dock.add_current()
        session.document.undo()
        session.document.redo()

    def remove() -> None:
        dock.table.select([int(random.integers(n_suggestions // 2))])
        dock.remove_selected()

    def painted(run: Callable[[], Any]) -> Callable[[], None]:
        def run_and_paint() -> None:
            run()
            app.processEvents()

        return run_and_paint

    timed("next suggestion, painted", painted(lambda: dock.step(1)))
    timed("go to a frame", lambda: session.go_to(int(random.integers(N_FRAMES))))
    session.go_to(3)
    timed("add the current frame", dock.add_current, 1)
    session.go_to(4)
    timed("add, undo and redo", add, 1)
    timed("remove one", remove)
    timed("remove one, painted", painted(remove))
    timed("undo that", session.document.undo)
    for column, title in ((2, "group, in turns"), (4, "score")):
        order = Qt.SortOrder.DescendingOrder
        timed(f"sort by {title}", lambda c=column, o=order: dock.table.sortByColumn(c, o), 1)
    timed("next suggestion, sorted, painted", painted(lambda: dock.step(1)))
    timed("remove one, sorted", remove)
    window.close()


def measure_instances(app: QApplication, n_tracks: int) -> None:
    """Measure the dock of instances on frames of one instance of each track."""
    labels = make_labels(sleap.Video("big.mp4", shape=(20, 512, 512, 1)), 20, n_tracks, 13)
    session = Session(Document(labels))
    window = show(app, InstancesDock(session))
    timed(f"next frame of {n_tracks:,} instances", lambda: session.step(1))
    timed("select an instance", lambda: session.select(session.instances[-1]), 1)
    window.close()


def measure_skeleton(app: QApplication, n_nodes: int) -> None:
    """Measure the dock of the skeleton."""
    names = [f"n{number}" for number in range(n_nodes)]
    skeleton = sleap.Skeleton(names, [(a, a + 1) for a in range(n_nodes - 1)])
    labels = sleap.Labels(videos=[sleap.Video("a.mp4")], skeletons=[skeleton])
    frame = labels.add_frame(labels.videos[0], 0)
    places = np.random.default_rng(0).random((n_nodes, 2)) * 500
    frame.append(PredictedInstance(skeleton, places, score=1.0))
    session = Session(Document(labels))
    window = show(app, SkeletonDock(session))
    number = iter(range(100))

    def rename() -> None:
        name = f"renamed_{next(number)}"
        session.document.run(skeletons.rename_node, labels.skeletons[0], 0, name)

    timed(f"rename one of {n_nodes} nodes", rename)
    window.close()


def measure_videos(app: QApplication, n_videos: int) -> None:
    """Measure the dock of videos."""
    shape = (1000, 512, 512, 1)
    labels = sleap.Labels(
        videos=[sleap.Video(f"day{number}.mp4", shape=shape) for number in range(n_videos)]
    )
    session = Session(Document(labels))
    dock = VideosDock(session)
    window = show(app, dock)
    timed("show the next video", lambda: session.go_to(0, labels.videos[n_videos // 2]), 1)
    timed(f"sort {n_videos:,} videos by name", lambda: dock.table.sortByColumn(0, Qt.SortOrder(1)))
    window.close()


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--suggestions", type=int, default=100_000)
    parser.add_argument("--tracks", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=200)
    parser.add_argument("--videos", type=int, default=5000)
    args = parser.parse_args()
    app = QApplication([])
    app.setStyle("Fusion")
    print(f"{'milliseconds of processor time':58} {'median':>8} {'longest':>8}")
    measure_suggestions(app, args.suggestions)
    measure_instances(app, args.tracks)
    measure_skeleton(app, args.nodes)
    measure_videos(app, args.videos)


if __name__ == "__main__":
    main()
    os._exit(0)
