"""Instances of the JSON, one frame after the other, into the four tables.

Only frames and instances are looked at one by one; the values of their points are drawn out of
many instances at a time, into arrays.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, count
from operator import itemgetter, methodcaller
from typing import Any

import numpy as np
import numpy.typing as npt

from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    FRAMES,
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    FloatArray,
    IntArray,
    Rows,
)
from sleap.errors import FormatError
from sleap.io.formats.labels_json.references import as_index

N_BLOCK = 1 << 15
"""Points that are drawn out together."""

FREE_ROWS = 1 << 22
"""Rows of points made without asking how many the file holds."""

MAX_EMPTY = 200
"""Rows of points made for each instance, on the average, that the file does not hold."""

Find = Callable[[str], Any]
Origin = tuple[int, float]

_NUMBERS = {int, float, type(None)}
_FLAGS = {bool, int, type(None)}

logger = logging.getLogger(__name__)


class Gatherer:
    """Collects frames and makes tables of them.

    Skeletons may come behind the frames in a file, so that numbers are resolved at the end.
    """

    def __init__(self) -> None:
        self._videos: list[Any] = []
        self._frame_indices: list[int] = []
        self._ends: list[int] = []
        self._skeletons: list[Any] = []
        self._tracks: list[Any] = []
        self._is_predicted: list[bool] = []
        self._scores: list[Any] = []
        self._tracking_scores: list[Any] = []
        self._origins: dict[int, int | Origin] = {}
        self._n_lost = 0
        self._counts: list[int] = []
        self._waiting: list[Mapping[str, Any]] = []
        self._n_waiting = 0
        self._codes: defaultdict[str, int] = defaultdict(count().__next__)
        self._blocks: list[tuple[IntArray, Rows]] = []

    def add(self, frame: Any) -> None:
        """Take in one frame of the list ``labels``.

        Raises:
            FormatError: If it is none.
        """
        if not isinstance(frame, dict) or not {"video", "frame_idx"} <= frame.keys():
            raise FormatError(f"A labeled frame has no video and frame: {frame!r:.60}.")
        instances = frame.get("_instances", frame.get("instances")) or []
        if not isinstance(instances, list):
            raise FormatError(f"Instances should be a list, and are {instances!r:.60}.")
        self._videos.append(frame["video"])
        self._frame_indices.append(as_index(frame["frame_idx"], "frame index"))
        first = len(self._counts)
        for number, instance in enumerate(instances):
            self._add_instance(instance)
            origin = instance.get("from_predicted")
            if origin is not None:
                self._link(first + number, origin, instances, first)
        self._ends.append(len(self._counts))
        if self._n_waiting >= N_BLOCK:
            self._draw()

    def _add_instance(self, instance: Any) -> None:
        if not isinstance(instance, dict):
            raise FormatError(f"An instance should be an object, and is {instance!r:.60}.")
        points = points_of(instance)
        self._skeletons.append(instance.get("skeleton") or 0)
        self._tracks.append(instance.get("track"))
        self._is_predicted.append("score" in instance)
        self._scores.append(instance.get("score"))
        self._tracking_scores.append(instance.get("tracking_score"))
        self._counts.append(len(points))
        self._waiting.append(points)
        self._n_waiting += len(points)

    def _link(self, row: int, origin: Any, frame: Sequence[Any], first: int) -> None:
        """Find the prediction that an instance was made from.

        It stands there in full once more, or is given by its number, in its frame or in all.
        """
        known: Any = origin.get("instance_id") if isinstance(origin, dict) else origin
        hint = int(known) if isinstance(known, int) or str(known).isdecimal() else -1
        if not isinstance(origin, dict):
            is_near = 0 <= hint < len(frame) and "score" in frame[hint]
            self._origins[row] = first + hint if is_near else hint
            return
        points, score = points_of(origin), origin.get("score")
        alike = [
            first + number
            for number, other in enumerate(frame)
            if isinstance(other, dict)
            and "score" in other
            and other["score"] == score
            and points_of(other) == points
        ]
        if alike:
            self._origins[row] = hint if hint in alike else alike[0]
        elif hint >= 0:
            self._origins[row] = hint, np.nan if score is None else float(score)
        else:
            self._n_lost += 1

    def _draw(self) -> None:
        """Make arrays of the points that wait."""
        points: list[Any] = list(chain.from_iterable(each.values() for each in self._waiting))
        keys = chain.from_iterable(self._waiting)
        codes = np.fromiter(map(self._codes.__getitem__, keys), np.int32, len(points))
        rows = np.empty(len(points), PRED_POINTS)
        try:
            for name in ("x", "y"):
                rows[name] = _numbers(list(map(itemgetter(name), points)), name)
            rows["visible"] = _flags(_column(points, "visible", True))
            rows["complete"] = _flags(_column(points, "complete", False))
            rows["score"] = _numbers(_column(points, "score", None), "score")
        except (KeyError, TypeError, AttributeError, IndexError) as error:
            raise FormatError(
                'A point should be an object with "x" and "y": something is amiss in the frames '
                f"before entry {len(self._ends)} of the labels."
            ) from error
        self._blocks.append((codes.astype(np.int64), rows))
        self._waiting, self._n_waiting = [], 0

    def tables(
        self, n_videos: int, skeletons: Sequence[Skeleton], n_tracks: int, nodes: Sequence[Any]
    ) -> dict[str, Rows]:
        """Make the four tables.

        Args:
            n_videos: How many videos there are.
            skeletons: The skeletons.
            n_tracks: How many tracks there are.
            nodes: The ``nodes`` list of the file, which the keys of points count in.

        Raises:
            FormatError: If something refers to what is not there.
        """
        self._draw()
        instances = self._make_instances(skeletons, n_tracks)
        user, predicted = self._make_points(instances, skeletons, nodes)
        ends = np.array(self._ends, np.uint64)
        frames = np.empty(len(ends), FRAMES)
        frames["frame_id"] = np.arange(len(ends))
        frames["video"] = _resolve(self._videos, "video", n_videos)
        frames["frame_idx"] = self._frame_indices
        frames["instance_id_end"] = ends
        frames["instance_id_start"] = np.concatenate([np.zeros(1, np.uint64), ends])[:-1]
        counts = (ends - frames["instance_id_start"]).astype(np.int64)
        instances["frame_id"] = np.repeat(np.arange(len(ends)), counts)
        return {
            "frames": frames,
            "instances": instances,
            "points": user,
            "pred_points": predicted,
        }

    def _make_instances(self, skeletons: Sequence[Skeleton], n_tracks: int) -> Rows:
        n = len(self._counts)
        instances = np.empty(n, INSTANCES)
        is_predicted = np.array(self._is_predicted, bool)
        instances["instance_id"] = np.arange(n)
        instances["instance_type"] = np.where(is_predicted, PREDICTED, 0)
        instances["skeleton"] = _resolve(self._skeletons, "skeleton", len(skeletons))
        instances["track"] = _resolve(self._tracks, "track", n_tracks, may_lack=True)
        instances["from_predicted"] = -1
        instances["score"] = _numbers(self._scores, "score")
        instances["tracking_score"] = _numbers(self._tracking_scores, "tracking score")
        n_nodes = np.array([skeleton.n_nodes for skeleton in skeletons], np.int64)
        sizes = n_nodes[instances["skeleton"]] if n else np.zeros(0, np.int64)
        if sizes.sum() > max(FREE_ROWS, sum(self._counts) + MAX_EMPTY * n):
            raise FormatError(
                f"Its {n} instances claim {sizes.sum()} points, and {sum(self._counts)} are there."
            )
        for kind in (False, True):
            of_kind = np.where(is_predicted == kind, sizes, 0)
            ends = np.cumsum(of_kind)
            chosen = is_predicted == kind
            instances["point_id_start"][chosen] = (ends - of_kind)[chosen]
            instances["point_id_end"][chosen] = ends[chosen]
        self._set_origins(instances)
        return instances

    def _set_origins(self, instances: Rows) -> None:
        n_lost = self._n_lost
        for row, origin in self._origins.items():
            target, score = origin if isinstance(origin, tuple) else (origin, None)
            fits = 0 <= target < len(instances) and target != row
            if fits and instances["instance_type"][target] == PREDICTED:
                found = instances["score"][target]
                fits = score is None or np.array_equal(found, np.float32(score), equal_nan=True)
            else:
                fits = False
            if fits:
                instances["from_predicted"][row] = target
            n_lost += not fits
        if n_lost:
            logger.warning("%d instances come from predictions that are not in the file.", n_lost)

    def _make_points(
        self, instances: Rows, skeletons: Sequence[Skeleton], nodes: Sequence[Any]
    ) -> tuple[Rows, Rows]:
        sizes = (instances["point_id_end"] - instances["point_id_start"]).astype(np.int64)
        is_predicted = instances["instance_type"] == PREDICTED
        tables = [_missing(int(sizes[is_predicted == kind].sum()), kind) for kind in (False, True)]
        places = _places(list(self._codes), skeletons, nodes)
        counts = np.array(self._counts, np.int64)
        last = np.cumsum(counts)
        done = 0
        while self._blocks:
            codes, rows = self._blocks.pop(0)
            numbers = np.arange(done, done + len(codes))
            done += len(codes)
            owners = np.searchsorted(last, numbers, side="right")
            local = places[instances["skeleton"][owners], codes]
            if (local < 0).any():
                wrong = np.flatnonzero(local < 0)[0]
                raise FormatError(
                    f"An instance has a point of node '{list(self._codes)[codes[wrong]]:.60}', "
                    "which is not in its skeleton."
                )
            targets = instances["point_id_start"][owners].astype(np.int64) + local
            of_kind = is_predicted[owners]
            for kind, table in enumerate(tables):
                chosen = of_kind == bool(kind)
                for name in table.dtype.names or ():
                    table[name][targets[chosen]] = rows[name][chosen]
        return tables[0], tables[1]


def points_of(instance: Mapping[str, Any]) -> dict[str, Any]:
    """Return the points of an instance of the JSON by key of their node.

    Raises:
        FormatError: If there are none.
    """
    points = instance.get("_points", instance.get("points"))
    if isinstance(points, list):
        return {str(number): point for number, point in enumerate(points) if point is not None}
    if not isinstance(points, dict):
        raise FormatError(f"The points of an instance should be an object: {instance!r:.60}.")
    return points


def _column(points: Sequence[Any], name: str, default: Any) -> list[Any]:
    try:
        return list(map(itemgetter(name), points))
    except KeyError:
        return list(map(methodcaller("get", name, default), points))


def _numbers(values: Iterable[Any], what: str) -> FloatArray:
    """Make an array of numbers; None is NaN."""
    values = list(values)
    odd = set(map(type, values)) - _NUMBERS
    if odd:
        raise FormatError(f"A {what} should be a number, and is {odd.pop().__name__}.")
    try:
        array = np.array(values, np.float64)
    except OverflowError:
        array = np.full(1, np.inf)
    if np.isinf(array).any():
        raise FormatError(f"A {what} is larger than any number can be.")
    return array


def _flags(values: list[Any]) -> npt.NDArray[np.bool_]:
    odd = set(map(type, values)) - _FLAGS
    if odd:
        raise FormatError(f"A point should be visible or not, and is {odd.pop().__name__}.")
    return np.array(values, bool)


def _resolve(values: list[Any], what: str, n: int, may_lack: bool = False) -> IntArray:
    """Make numbers of references; None is -1 where it may lack."""
    known: dict[Any, int] = {None: -1, -1: -1, "-1": -1} if may_lack else {}
    try:
        for value in set(values) - known.keys():
            known[value] = as_index(value, what, n)
        return np.fromiter(map(known.__getitem__, values), np.int64, len(values))
    except TypeError as error:
        raise FormatError(f"A {what} should be named by its number, and is not.") from error


def _places(keys: Sequence[str], skeletons: Sequence[Skeleton], nodes: Sequence[Any]) -> IntArray:
    """Return (n_skeletons, n_keys): the node of a skeleton that a key means, -1 for none.

    A key counts in the list of nodes, which all skeletons share; or it is the name of a node.
    """
    if len(skeletons) * len(keys) > FREE_ROWS:
        raise FormatError(f"It names {len(keys)} nodes in {len(skeletons)} skeletons.")
    names = [node.get("name") if isinstance(node, dict) else node for node in nodes]
    places = np.full((len(skeletons), max(len(keys), 1)), -1, np.int64)
    for number, skeleton in enumerate(skeletons):
        of_name = {name: place for place, name in enumerate(skeleton.node_names)}
        for code, key in enumerate(keys):
            known = key.isdecimal() and len(key) < 10 and int(key) < len(names)
            places[number, code] = of_name.get(str(names[int(key)]) if known else key, -1)
    return places


def _missing(n: int, is_predicted: bool) -> Rows:
    rows = np.zeros(n, PRED_POINTS if is_predicted else POINTS)
    rows["x"] = rows["y"] = np.nan
    return rows
