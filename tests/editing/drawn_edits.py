"""Every edit of ``sleap.editing.edits`` with random arguments, drawn out of the labels."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np

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
from sleap.editing.edits.instances.copying import copy_instance
from sleap.editing.edits.instances.filling import METHODS


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

    def places(self) -> tuple[Any, dict[int, tuple[float, float]]]:
        instance, first = self.node_of()
        return instance, {first: self.xy(), self.node(instance.skeleton): self.xy()}

    def pose(self) -> tuple[Any, list[tuple[float, float]]]:
        instance = self.user()
        return instance, [self.xy() for _ in range(len(instance.skeleton))]

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


def plan(draws: Draws) -> Any:
    return plan_merge(draws.of, draws.other(), MergeRules(match_tracks=draws.yes()))


def relinked(draws: Draws) -> dict[int, str]:
    number = draws.one(range(len(draws.of.videos)))
    return {number: f"place{draws.number()}/day.mp4"}


DRAWS: dict[str, Callable[[Draws], tuple[Any, ...]]] = {
    "frames.add_negative_anchor": lambda a: (*a.place(), *a.xy()),
    "frames.clear_negative_anchors": lambda a: (a.video(), a.one([None, 5])),
    "frames.clear_negative_frame": lambda a: a.place(),
    "frames.mark_negative_frame": lambda a: a.place(),
    "frames.remove_frames": lambda a: (a.video(), a.some(range(30))),
    "instances.adding.add_instance": lambda a: (*a.place(), a.one(METHODS)),
    "instances.adding.add_missing_nodes": lambda a: (a.user(),),
    "instances.adding.convert_prediction": lambda a: (a.instance("predicted"),),
    "instances.adding.convert_predictions": lambda a: a.place(),
    "instances.copying.paste_instance": lambda a: (*a.place(), copy_instance(a.instance())),
    "instances.deleting.delete_instance": lambda a: (a.instance(),),
    "instances.deleting.delete_instances": lambda a: ([a.instance(), a.instance()],),
    "merge.add_predictions": lambda a: (a.other(),),
    "merge.merge_labels": lambda a: (plan(a), a.one([*RESOLUTIONS])),
    "points.clear_nodes": lambda a: (lambda one, node: (one, [node]))(*a.node_of()),
    "points.mark_complete": lambda a: (a.user(),),
    "points.move_instance": lambda a: (a.user(), *a.xy()),
    "points.move_node": lambda a: (*a.node_of(), *a.xy()),
    "points.move_nodes": lambda a: a.places(),
    "points.place_points": lambda a: a.pose(),
    "points.rotate_instance": lambda a: (*a.node_of(), a.number(-90, 90)),
    "points.shift_nodes": lambda a: ([a.node_of(), a.node_of()], *a.xy()),
    "points.toggle_visibility": lambda a: a.node_of(),
    "predictions.add_poses": lambda a: (a.video(), a.poses(len(a.of.skeleton))),
    "predictions.delete_beyond_instance_limit": lambda a: (a.number(0, 2),),
    "predictions.delete_chosen": lambda a: (a.choice(),),
    "predictions.delete_low_scores": lambda a: (a.pixel(), a.one([None, a.video()])),
    "predictions.delete_predictions": lambda a: (),
    "predictions.delete_predictions_in_area": lambda a: (a.video(), (*a.xy(), *a.xy())),
    "predictions.delete_predictions_in_clip": lambda a: (a.video(), *a.span()),
    "predictions.delete_predictions_outside_clip": lambda a: (a.video(), *a.span()),
    "skeleton.add_edge": lambda a: a.nodes(),
    "skeleton.add_node": lambda a: (a.skeleton(), a.name()),
    "skeleton.add_skeleton": lambda a: (a.template(),),
    "skeleton.load_skeleton": lambda a: (a.skeleton(), a.template()),
    "skeleton.remove_edge": lambda a: a.nodes(),
    "skeleton.remove_nodes": lambda a: (lambda of, node: (of, [node]))(*a.nodes(1)),
    "skeleton.remove_skeletons": lambda a: ([a.skeleton()],),
    "skeleton.rename_node": lambda a: (*a.nodes(1), a.name()),
    "skeleton.rename_skeleton": lambda a: (a.skeleton(), a.name()),
    "skeleton.reorder_nodes": lambda a: a.order(),
    "skeleton.set_description": lambda a: (a.skeleton(), a.name()),
    "skeleton.set_symmetry": lambda a: a.nodes(),
    "suggestions.add_suggestion": lambda a: a.place(),
    "suggestions.add_suggestions": lambda a: (a.suggested(),),
    "suggestions.clear_suggestions": lambda a: (),
    "suggestions.remove_duplicate_suggestions": lambda a: (),
    "suggestions.remove_suggestions": lambda a: (a.some(a.of.suggestions),),
    "suggestions.replace_suggestions": lambda a: (a.suggested(),),
    "tracks.add_track": lambda a: (a.one([None, a.name()]),),
    "tracks.delete_all_tracks": lambda a: (),
    "tracks.delete_instance_and_track": lambda a: (a.instance(),),
    "tracks.delete_tracks": lambda a: (a.some(a.of.tracks),),
    "tracks.delete_unused_tracks": lambda a: (),
    "tracks.rename_track": lambda a: (a.track(), a.name()),
    "tracks.set_new_track": lambda a: (a.instance(),),
    "tracks.set_track": lambda a: (a.instance(), a.one([None, *a.of.tracks])),
    "tracks.transpose_tracks": lambda a: a.neighbors(),
    "videos.add_videos": lambda a: ([Video(f"new{a.number()}.mp4", shape=(20, 8, 8, 1))],),
    "videos.relink_videos": lambda a: (relinked(a),),
    "videos.remove_videos": lambda a: ([a.video()],),
    "videos.replace_video": lambda a: (a.video(), Video("short.mp4", shape=(25, 8, 8, 1))),
    "videos.set_grayscale": lambda a: (a.video(), a.one([None, True, False])),
}
"""What makes the arguments of each edit; an ``IndexError`` or ``ValueError`` if there is nothing
to draw from."""

KEYWORDS: dict[str, Callable[[Draws], dict[str, Any]]] = {
    "skeleton.load_skeleton": lambda a: {"keep_others": a.yes()},
    "tracks.delete_all_tracks": lambda a: {"with_instances": a.yes()},
    "tracks.delete_tracks": lambda a: {"with_instances": a.yes()},
    "tracks.set_new_track": lambda a: {"propagate": a.yes()},
    "tracks.set_track": lambda a: {"propagate": a.yes()},
    "tracks.transpose_tracks": lambda a: {"propagate": a.yes()},
    "videos.replace_video": lambda a: {"truncate": a.yes()},
}
"""What else some are given, by name."""


def draw(name: str, labels: Labels, seed: int) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Draw arguments of an edit out of labels, the same ones for the same seed.

    Raises:
        LookupError: If there is nothing to draw from.
        ValueError: Just so.
    """
    draws = Draws(labels, seed)
    return DRAWS[name](draws), KEYWORDS.get(name, lambda _: {})(draws)
