"""All edits in any order, with whatever arguments: undo, redo and replay always fit."""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleap.core.check import check_tables
from sleap.core.choice import Choice
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.merge import MergeRules, plan_merge
from sleap.core.merge.apply import RESOLUTIONS
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
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
from sleap.editing.edits.instances.filling import METHODS
from sleap.editing.journal.replay import replay
from sleap.errors import LabelsError
from sleap.io.files import load_file, save_file

Content = Callable[[Labels], tuple[Any, ...]]


class Draws:
    """Draws arguments out of labels; an ``IndexError`` where there is nothing to draw from."""

    def __init__(self, labels: Labels, seed: int) -> None:
        self.of = labels
        self.rng = random.Random(seed)
        self.one = self.rng.choice

    def number(self, least: int = 0, most: int = 30) -> int:
        return self.rng.randint(least, most)

    def yes(self) -> bool:
        return self.rng.random() < 0.5

    def pixel(self) -> float:
        return self.rng.uniform(0, 400)

    def xy(self) -> tuple[float, float]:
        return self.pixel(), self.pixel()

    def video(self) -> Video:
        return self.one(self.of.videos)

    def place(self) -> tuple[Video, int]:
        if self.yes() and len(self.of):
            frame = self.one(self.of[:])
            return frame.video, frame.frame_idx
        return self.video(), self.number()

    def span(self) -> tuple[int, int]:
        first = self.number()
        return first, first + self.number(0, 9)

    def instance(self, kind: str = "all") -> Any:
        rows = self.of.instance_rows(kind=kind).tolist()
        record = self.of.store.instances.rows[self.one(rows)]
        frame = next(one for one in self.of if one.row == record["frame_id"])
        return next(one for one in frame if one.row == record["instance_id"])

    def user(self) -> Any:
        return self.instance("user")

    def neighbors(self) -> list[Instance]:
        return self.rng.sample(self.instance().frame.instances, 2)

    def track(self) -> Track:
        return self.one(self.of.tracks)

    def skeleton(self) -> Skeleton:
        return self.one(self.of.skeletons)

    def node(self, of: Skeleton) -> int:
        return self.one(range(len(of)))

    def node_of(self) -> tuple[Any, int]:
        instance = self.user()
        return instance, self.node(instance.skeleton)

    def nodes(self, n: int = 2) -> tuple[Any, ...]:
        of = self.skeleton()
        return of, *(self.node(of) for _ in range(n))

    def order(self) -> tuple[Skeleton, list[int]]:
        of = self.skeleton()
        return of, self.rng.sample(range(len(of)), len(of))

    def name(self) -> str:
        return self.one(["head", "thorax", "left", "nose", "tail", "x", "7"])

    def some(self, items: Any) -> list[Any]:
        items = list(items)
        return self.rng.sample(items, self.rng.randint(0, min(3, len(items))))

    def template(self) -> Skeleton:
        names = self.rng.sample(["head", "thorax", "left", "right", "tail", "nose"], 4)
        symmetries = [(2, 3)] if self.yes() else []
        return Skeleton(names, [(0, 1), (0, 2)][: self.number(0, 2)], symmetries)

    def choice(self) -> Choice:
        return Choice(
            video=self.one([None, 0]),
            kind=self.one([None, 0, 1]),
            frame_range=self.one([None, self.span()]),
            tracks=self.one([None, [0, -1], [1]]),
        )

    def suggested(self) -> list[SuggestionFrame]:
        return [
            SuggestionFrame(*self.place(), self.one([None, 1])) for _ in range(self.number(0, 4))
        ]

    def poses(self, n_nodes: int) -> list[Poses]:
        tracks = list(range(-1, len(self.of.tracks)))
        found = []
        for index in {self.number() for _ in range(self.number(0, 4))}:
            n = self.number(0, 2)
            xy = np.array([self.xy() for _ in range(n * n_nodes)]).reshape(n, n_nodes, 2)
            numbers = [self.one(tracks) for _ in range(n)]
            found.append(Poses(index, xy, np.ones((n, n_nodes)), np.full(n, self.pixel()), numbers))
        return found

    def other(self) -> Labels:
        """Draw labels to be merged."""
        known = [Video(one.filename, shape=one.shape) for one in self.of.videos]
        other = Labels(videos=self.some([*known, Video("new.mp4")]))
        own = self.template()
        for video in other.videos:
            for index in self.some(range(30)):
                frame = other.add_frame(video, index)
                for number in range(self.number(0, 2)):
                    track = Track(str(number), self.number()) if self.yes() else None
                    frame.append(Instance(own, [self.xy() for _ in range(4)], track))
        if other.videos:
            poses = [one for one in self.poses(4) if (one.tracks < 0).all()]
            other.add_poses(other.videos[0], poses, own)
            other.negative_anchors[0] = [(self.number(), *self.xy())]
            other.suggestions.append(SuggestionFrame(other.videos[0], self.number()))
        other.provenance["made"] = self.number()
        return other


def _relink(draws: Draws) -> Any:
    number = draws.one(range(len(draws.of.videos)))
    return (videos.relink_videos, {number: f"place{draws.number()}/day.mp4"})


Draw = Callable[[Draws], tuple[Any, ...]]
DRAWS: list[Draw] = [
    lambda a: (frames.add_negative_anchor, *a.place(), *a.xy()),
    lambda a: (frames.clear_negative_anchors, a.video(), a.one([None, 5])),
    lambda a: (frames.clear_negative_frame, *a.place()),
    lambda a: (frames.mark_negative_frame, *a.place()),
    lambda a: (frames.remove_frames, a.video(), a.some(range(30))),
    lambda a: (adding.add_instance, *a.place(), a.one(METHODS)),
    lambda a: (adding.add_instance, *a.place(), a.one(METHODS)),
    lambda a: (adding.convert_prediction, a.instance("predicted")),
    lambda a: (adding.convert_predictions, *a.place()),
    lambda a: (adding.add_missing_nodes, a.user()),
    lambda a: (copying.paste_instance, *a.place(), copying.copy_instance(a.instance())),
    lambda a: (deleting.delete_instances, [a.instance(), a.instance()]),
    lambda a: (merge.add_predictions, a.other()),
    lambda a: (
        *(merge.merge_labels, plan_merge(a.of, a.other(), MergeRules(match_tracks=a.yes()))),
        a.one([*RESOLUTIONS]),
    ),
    lambda a: (points.move_node, *a.node_of(), *a.xy()),
    lambda a: (points.shift_nodes, [a.node_of(), a.node_of()], *a.xy()),
    lambda a: (points.move_instance, a.user(), *a.xy()),
    lambda a: (points.rotate_instance, *a.node_of(), a.number(-90, 90)),
    lambda a: (points.toggle_visibility, *a.node_of()),
    lambda a: (points.mark_complete, a.user()),
    lambda a: (lambda tx, one, node: points.clear_nodes(tx, one, [node]), *a.node_of()),
    lambda a: (predictions.add_poses, a.video(), a.poses(len(a.of.skeleton))),
    lambda a: (predictions.delete_beyond_instance_limit, a.number(0, 2)),
    lambda a: (predictions.delete_chosen, a.choice()),
    lambda a: (predictions.delete_low_scores, a.pixel(), a.one([None, a.video()])),
    lambda a: (predictions.delete_predictions_in_area, a.video(), (*a.xy(), *a.xy())),
    lambda a: (predictions.delete_predictions_in_clip, a.video(), *a.span()),
    lambda a: (predictions.delete_predictions_outside_clip, a.video(), *a.span()),
    lambda a: (skeleton.add_edge, *a.nodes()),
    lambda a: (skeleton.add_node, a.skeleton(), a.name()),
    lambda a: (skeleton.add_skeleton, a.template()),
    lambda a: (skeleton.load_skeleton, a.skeleton(), a.template()),
    lambda a: (
        lambda tx, of, wanted: skeleton.load_skeleton(tx, of, wanted, keep_others=True),
        *(a.skeleton(), a.template()),
    ),
    lambda a: (skeleton.remove_edge, *a.nodes()),
    lambda a: (lambda tx, of, node: skeleton.remove_nodes(tx, of, [node]), *a.nodes(1)),
    lambda a: (skeleton.remove_skeletons, [a.skeleton()]),
    lambda a: (skeleton.rename_node, *a.nodes(1), a.name()),
    lambda a: (skeleton.reorder_nodes, *a.order()),
    lambda a: (skeleton.set_description, a.skeleton(), a.name()),
    lambda a: (skeleton.set_symmetry, *a.nodes()),
    lambda a: (suggestions.add_suggestion, *a.place()),
    lambda a: (suggestions.add_suggestions, a.suggested()),
    lambda a: (suggestions.clear_suggestions,),
    lambda a: (suggestions.remove_suggestions, a.some(a.of.suggestions)),
    lambda a: (suggestions.replace_suggestions, a.suggested()),
    lambda a: (tracks.delete_instance_and_track, a.instance()),
    lambda a: (tracks.delete_tracks, a.some(a.of.tracks)),
    lambda a: (tracks.delete_unused_tracks,),
    lambda a: (tracks.rename_track, a.track(), a.name()),
    lambda a: (tracks.set_new_track, a.instance()),
    lambda a: (tracks.set_track, a.instance(), a.one([None, *a.of.tracks])),
    lambda a: (tracks.transpose_tracks, *a.neighbors()),
    lambda a: (videos.add_videos, [Video(f"new{a.number()}.mp4", shape=(20, 8, 8, 1))]),
    _relink,
    lambda a: (videos.remove_videos, [a.video()]),
    lambda a: (videos.replace_video, a.video(), Video("short.mp4", shape=(25, 8, 8, 1))),
]

STEPS = st.tuples(st.sampled_from(range(-2, len(DRAWS))), st.integers(0, 2**32 - 1))
UNDO, REDO = -2, -1


def play(document: Document, steps: list[tuple[int, int]], content: Content) -> None:
    """Do steps; check after each that labels are sound, and at the end all that was done."""
    labels = document.labels
    states = [content(labels)]
    place = 0
    for number, seed in steps:
        if number == UNDO:
            place -= document.undo() is not None
        elif number == REDO:
            place += document.redo() is not None
        else:
            n_done = len(document.history.done)
            try:
                edit, *args = DRAWS[number](Draws(labels, seed))
            except (IndexError, ValueError, LabelsError):
                continue  # there is nothing to draw from
            try:
                document.run(edit, *args)
            except LabelsError:
                assert len(document.history.done) == n_done
            if len(document.history.done) > n_done:
                place += 1
                states[place:] = [content(labels)]
                check(labels)
        assert content(labels) == states[place]
    while document.undo():
        place -= 1
        assert content(labels) == states[place]
    assert place == 0
    while document.redo():
        place += 1
        assert content(labels) == states[place]
    assert place == len(states) - 1


def check(labels: Labels) -> None:
    """Refuse tables that do not fit together, and tracks that a frame has twice."""
    check_tables(
        *labels.to_tables(),
        n_videos=len(labels.videos),
        skeletons=labels.skeletons,
        n_tracks=len(labels.tracks),
    )
    keys = {(id(one.video), one.frame_idx) for one in labels}
    assert len(keys) == len(labels)


def play_on_disk(labels: Labels, steps: list[tuple[int, int]], content: Content) -> None:
    """Do steps on a project in a file, and replay the journal as after a crash."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SLEAP_STATE", folder)
        save_file(labels, Path(folder, "project.slp"))
        document = Document.open(Path(folder, "project.slp"))
        play(document, steps, content)
        for journal in Path(folder, "journals").glob("*.journal"):
            assert content(replay(journal, load_file).labels) == content(document.labels)
        document.close()


RELAXED = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=40, **RELAXED)
@given(steps=st.lists(STEPS, max_size=40))
def test_any_session_is_undone_redone_and_replayed(
    labels: Labels, compare: Content, steps: list[tuple[int, int]]
) -> None:
    play_on_disk(labels, steps, compare)


@pytest.mark.slow
@settings(max_examples=2000, **RELAXED)
@given(steps=st.lists(STEPS, min_size=50, max_size=50))
def test_thousands_of_sessions(
    labels: Labels, compare: Content, steps: list[tuple[int, int]]
) -> None:
    play_on_disk(labels, steps, compare)
