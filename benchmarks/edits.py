"""Every kind of edit on a project of a million instances: what it, its undo and its redo cost.

    python benchmarks/edits.py [--frames 500000] [--nodes 13] [--only set_track]

Prints milliseconds: the median and the worst of several. Two predicted instances a frame, in
memory, without a journal. The first of each kind may copy a table that has to grow.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sleap import Labels, Skeleton, SuggestionFrame, Track, Video
from sleap.core.choice import Choice
from sleap.core.poses import Poses
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, PREDICTED
from sleap.editing.document import Document
from sleap.editing.edits import (
    frames,
    merge,
    points,
    predictions,
    skeleton,
    suggestions,
    tracks,
    videos,
)
from sleap.editing.edits.instances import adding, copying, deleting

Case = tuple[str, int, Callable[[], tuple[Any, ...]]]
"""Name, how often, and what makes an edit with its arguments."""


def make_labels(n_frames: int, n_nodes: int) -> Labels:
    rng = np.random.default_rng(0)
    n = 2 * n_frames
    frame_rows, instances = np.zeros(n_frames, FRAMES), np.zeros(n, INSTANCES)
    frame_rows["frame_id"] = frame_rows["frame_idx"] = np.arange(n_frames)
    frame_rows["instance_id_start"] = 2 * np.arange(n_frames)
    frame_rows["instance_id_end"] = frame_rows["instance_id_start"] + 2
    instances["instance_id"] = np.arange(n)
    instances["frame_id"] = np.arange(n) // 2
    instances["instance_type"] = PREDICTED
    instances["track"] = np.arange(n) % 2
    instances["from_predicted"] = -1
    instances["score"] = rng.random(n)
    instances["point_id_start"] = np.arange(n) * n_nodes
    instances["point_id_end"] = instances["point_id_start"] + n_nodes
    found = np.zeros(n * n_nodes, PRED_POINTS)
    found["x"], found["y"] = rng.random((2, len(found))) * 1000
    found["visible"], found["score"] = True, 0.5
    edges = [(node, node + 1) for node in range(n_nodes - 1)]
    return Labels.from_tables(
        frames=frame_rows,
        instances=instances,
        points=np.empty(0, POINTS),
        pred_points=found,
        videos=[Video("a.mp4", shape=(n_frames + 1000, 1024, 1024, 1))],
        skeletons=[Skeleton([f"n{node}" for node in range(n_nodes)], edges, [(1, 2)])],
        tracks=[Track("1"), Track("2")],
    )


class Project:
    """Things of a project to edit, drawn at random."""

    def __init__(self, document: Document) -> None:
        self.labels = document.labels
        self.video, self.skeleton = self.labels.video, self.labels.skeleton
        self.rng = np.random.default_rng(1)
        self.n_frames = len(self.labels)
        self.users = [
            document.run(adding.convert_prediction, self.frame().predicted_instances[0])
            for _ in range(50)
        ]

    def index(self) -> int:
        """Draw a frame."""
        return int(self.rng.integers(self.n_frames))

    def frame(self) -> Any:
        """Draw a frame with its instances."""
        return self.labels[self.video, self.index()]

    def user(self) -> Any:
        """Draw a user instance."""
        return self.users[int(self.rng.integers(len(self.users)))]

    def found(self) -> list[Any]:
        """Draw the two predictions of a frame."""
        return self.frame().predicted_instances[:2]

    def poses(self, n: int) -> list[Poses]:
        """Draw what a model finds on the first frames."""
        size = len(self.skeleton)
        return [
            Poses(index, self.rng.random((2, size, 2)), np.ones((2, size)), np.ones(2))
            for index in range(n)
        ]

    def run_of_a_model(self, n: int) -> Labels:
        """Draw the labels that a run of a model writes."""
        new = Labels(videos=[Video("a.mp4", shape=self.video.shape)])
        new.add_poses(new.video, self.poses(n), self.skeleton.copy())
        return new


def on_one_frame(of: Project) -> Iterator[Case]:
    video = of.video
    for method in ("best", "force_directed", "random", "copy_prior_frame", "average"):
        yield (
            f"add_instance, {method}",
            15,
            lambda m=method: (*(adding.add_instance, video, of.index(), m),),
        )
    far = of.n_frames + 900
    yield "add_instance, long after", 5, lambda: (adding.add_instance, video, far)
    yield "convert_prediction", 15, lambda: (adding.convert_prediction, of.found()[1])
    yield (
        "paste_instance",
        15,
        lambda: (*(copying.paste_instance, video, of.index(), copying.copy_instance(of.user())),),
    )
    yield "delete_instance", 15, lambda: (deleting.delete_instance, of.found()[0])
    yield (
        "delete_instances, the frame goes",
        15,
        lambda: (*(deleting.delete_instances, of.frame().instances),),
    )
    yield "move_node", 15, lambda: (points.move_node, of.user(), 3, *of.rng.random(2))
    yield "move_instance", 15, lambda: (points.move_instance, of.user(), 1, 1)
    yield "rotate_instance", 15, lambda: (points.rotate_instance, of.user(), 0, 5)
    yield "toggle_visibility", 15, lambda: (points.toggle_visibility, of.user(), 1)
    yield "mark_negative_frame", 15, lambda: (frames.mark_negative_frame, video, far - 1)
    yield "remove_frames", 15, lambda: (frames.remove_frames, video, [of.index()])
    yield "transpose_tracks, here", 15, lambda: (here, *of.found())
    yield (
        "set_new_track, here",
        15,
        lambda: (
            lambda tx, one: tracks.set_new_track(tx, one, propagate=False),
            of.found()[1],
        ),
    )
    yield "add_poses, 1 frame", 5, lambda: (predictions.add_poses, video, of.poses(1))


def here(tx: Any, a: Any, b: Any) -> None:
    tracks.transpose_tracks(tx, a, b, propagate=False)


def on_many(of: Project) -> Iterator[Case]:
    video, body, n = of.video, of.skeleton, of.n_frames
    many = [SuggestionFrame(video, index) for index in range(min(n, 100_000))]
    yield "replace_suggestions, 100,000", 2, lambda: (suggestions.replace_suggestions, list(many))
    of.labels.suggestions[:] = many
    yield "add_suggestion", 5, lambda: (suggestions.add_suggestion, video, n + 1)
    yield "remove_suggestions, 1", 5, lambda: (suggestions.remove_suggestions, [many[n // 10]])
    yield "transpose_tracks", 3, lambda: (tracks.transpose_tracks, *of.found())
    yield "set_new_track", 3, lambda: (tracks.set_new_track, of.found()[0])
    yield (
        "delete_instance_and_track",
        2,
        lambda: (*(tracks.delete_instance_and_track, of.found()[0]),),
    )
    yield "delete_all_tracks", 2, lambda: (tracks.delete_all_tracks,)
    yield "rename_node", 5, lambda: (skeleton.rename_node, body, 0, f"m{of.rng.random()}")
    yield "add_node", 2, lambda: (skeleton.add_node, body, "new")
    yield "remove_nodes", 2, lambda: (skeleton.remove_nodes, body, [1])
    yield "delete_predictions", 2, lambda: (predictions.delete_predictions,)
    yield (
        "delete_predictions_in_clip",
        2,
        lambda: (*(predictions.delete_predictions_in_clip, video, n // 4, n // 2),),
    )
    yield (
        "delete_predictions_in_area",
        2,
        lambda: (*(predictions.delete_predictions_in_area, video, (0, 0, 900, 1000)),),
    )
    yield "delete_low_scores", 2, lambda: (predictions.delete_low_scores, 0.5)
    yield "delete_beyond_instance_limit", 2, lambda: (predictions.delete_beyond_instance_limit, 1)
    yield "delete_chosen", 2, lambda: (predictions.delete_chosen, Choice(tracks=[0]))
    yield "remove_videos", 2, lambda: (videos.remove_videos, [video])
    new = of.run_of_a_model(min(n, 10_000))
    yield "add_predictions, 10,000 frames", 2, lambda: (merge.add_predictions, new)


def measure(document: Document, case: Case) -> None:
    name, n, make = case
    times: list[list[float]] = [[], [], []]
    for _ in range(n):
        edit, *args = make()
        for step, act in enumerate(
            (lambda: document.run(edit, *args), document.undo, document.redo)  # noqa: B023
        ):
            start = time.perf_counter()
            act()
            times[step].append(1000 * (time.perf_counter() - start))
        document.undo()
    texts = [f"{np.median(some):9.2f} {max(some):9.2f}" for some in times]
    print(f"{name:34} {'  '.join(texts)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=int, default=500_000)
    parser.add_argument("--nodes", type=int, default=13)
    parser.add_argument("--only", default="", help="only edits whose name holds this")
    options = parser.parse_args()
    document = Document(make_labels(options.frames, options.nodes))
    project = Project(document)
    print(f"{'ms: median, worst':34} {'edit':>19}  {'undo':>19}  {'redo':>19}")
    for case in (*on_one_frame(project), *on_many(project)):
        if options.only in case[0]:
            measure(document, case)


if __name__ == "__main__":
    main()
