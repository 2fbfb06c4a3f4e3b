"""Labels of version 1: the JSON of the time when the program was yet a branch of LEAP.

It has no ``version``. Tables lie in it as lists of records or as columns, and MATLAB counts in
them: frames, nodes and pixels from 1.

================================== ==============================================================
key                                columns
================================== ==============================================================
videos                             id, filepath, format, dataset, ...
skeleton                           nodeNames; edges, (n, 2) or (2, n), from 1
instances, predicted_instances     id, videoId, frameIdx, trackId
points                             instanceId, videoId, frameIdx, node, x, y, visible
predicted_points                   the same, confidence
================================== ==============================================================
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import (
    INSTANCES,
    POINTS,
    PRED_POINTS,
    PREDICTED,
    USER,
    FloatArray,
    IntArray,
    Rows,
)
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.slp import videos

KEYS = {"instances", "points", "predicted_instances", "predicted_points", "skeleton"}

_NONE = -1


def is_leap_dev(header: Mapping[str, Any]) -> bool:
    """Tell whether a JSON object holds labels of version 1."""
    return "version" not in header and "skeletons" not in header and len(KEYS & header.keys()) >= 2


def build(header: Mapping[str, Any], path: Path) -> Labels:
    """Make labels.

    Args:
        header: The JSON object.
        path: The file.

    Raises:
        FormatError: If a column is missing, or something refers to what is not there.
    """
    skeleton = _skeleton(header.get("skeleton"))
    video_table = _Columns(header.get("videos"), "videos")
    listed = [_video(video_table, row, path) for row in range(video_table.n)]
    video_ids = video_table.integers("id", "videoId", default=np.arange(1, video_table.n + 1))
    parts = [
        _Part(header, "instances", "points", USER),
        _Part(header, "predicted_instances", "predicted_points", PREDICTED),
    ]
    names = np.unique(np.concatenate([part.tracks for part in parts]))
    names = names[names >= 0]
    labels = Labels(videos=listed, skeletons=[skeleton], tracks=[Track(str(i)) for i in names])
    for part in parts:
        numbers = _find(video_ids, part.videos, "video")
        part.add_to(labels, numbers, np.searchsorted(names, part.tracks), skeleton)
    _note_first_frames(labels)
    return labels


class _Columns:
    """A table given as a list of records, or as columns that are lists or objects by row."""

    def __init__(self, value: Any, name: str) -> None:
        self.name = name
        self._columns: dict[str, list[Any]] = {}
        self.n = 0
        if isinstance(value, list):
            if not all(isinstance(record, dict) for record in value):
                raise FormatError(f'"{name}" should be a list of objects.')
            keys = dict.fromkeys(key for record in value for key in record)
            if len(keys) > 1000:
                raise FormatError(f'"{name}" has {len(keys)} columns.')
            self._columns = {key: [record.get(key) for record in value] for key in keys}
            self.n = len(value)
        elif isinstance(value, dict):
            for key, column in value.items():
                self._columns[key] = (
                    list(column.values()) if isinstance(column, dict) else list(column)
                )
            sizes = {len(column) for column in self._columns.values()}
            if len(sizes) > 1:
                raise FormatError(f'The columns of "{name}" are of different lengths.')
            self.n = sizes.pop() if sizes else 0
        elif value is not None:
            raise FormatError(f'"{name}" should be a table, and is {type(value).__name__}.')

    def values(self, *names: str) -> list[Any] | None:
        """Return a column by the first of its names that is there."""
        found = next((name for name in names if name in self._columns), None)
        return None if found is None else self._columns[found]

    def numbers(self, *names: str, default: float | None = None) -> FloatArray:
        """Return a column of numbers; what is null is NaN."""
        values = self.values(*names)
        if values is None:
            if default is None and self.n:
                raise FormatError(f'"{self.name}" has no column "{names[0]}".')
            return np.full(self.n, np.nan if default is None else default)
        odd = {type(value) for value in values} - {int, float, bool, type(None)}
        if odd:
            raise FormatError(f'"{self.name}" has {odd.pop().__name__} in column "{names[0]}".')
        array = np.array(values, np.float64)
        if np.isinf(array).any():
            raise FormatError(f'"{self.name}" has an infinite number in column "{names[0]}".')
        return array

    def integers(self, *names: str, default: IntArray | int | None = None) -> IntArray:
        """Return a column of whole numbers; what is null is -1."""
        if default is not None and self.values(*names) is None:
            return np.broadcast_to(np.asarray(default, np.int64), self.n)
        array = np.nan_to_num(self.numbers(*names), nan=_NONE)
        if (array != np.round(array)).any() or (np.abs(array) > 2**40).any():
            raise FormatError(f'"{self.name}" has no whole numbers in column "{names[0]}".')
        return array.astype(np.int64)


class _Part:
    """The instances of one kind, and their points."""

    def __init__(self, header: Mapping[str, Any], instances: str, points: str, kind: int) -> None:
        self.kind = kind
        self.points = _Columns(header.get(points), points)
        owners = self.points.integers("instanceId", "instance_id")
        table = _Columns(header.get(instances), instances)
        if table.n or not len(owners):
            self.ids = table.integers("id", "instanceId", default=np.arange(1, table.n + 1))
            self.owners = _find(self.ids, owners, "instance")
            firsts = None
        else:
            # Points without their instances say themselves where they lie.
            self.ids, firsts, self.owners = np.unique(
                owners, return_index=True, return_inverse=True
            )
            table = self.points
        videos = table.integers("videoId", "video_id", default=1)
        frames = table.integers("frameIdx", "frame_idx") - 1
        tracks = table.integers("trackId", "track_id", "track", default=_NONE)
        scores = table.numbers("score", "tracking_score", default=np.nan)
        chosen = slice(None) if firsts is None else firsts
        self.videos, self.frames = videos[chosen], frames[chosen]
        self.tracks, self.scores = tracks[chosen], scores[chosen]
        if (self.frames < 0).any():
            raise FormatError(f'"{instances}" has a frame before the first, which is 1.')

    def add_to(
        self, labels: Labels, videos: IntArray, tracks: IntArray, skeleton: Skeleton
    ) -> None:
        """Add them to labels: by number of their videos and tracks."""
        n, n_nodes = len(self.ids), skeleton.n_nodes
        if n * n_nodes > max(1 << 22, 200 * (n + self.points.n)):
            raise FormatError(f"Its {n} instances claim {n * n_nodes} points.")
        owners = _frame_rows(labels, videos, self.frames)
        order = np.argsort(owners, kind="stable")
        rank = np.empty(n, np.int64)
        rank[order] = np.arange(n)
        rows = np.zeros(n, INSTANCES)
        rows["frame_id"] = owners[order]
        rows["instance_type"] = self.kind
        rows["track"] = np.where(self.tracks >= 0, tracks, -1)[order]
        rows["from_predicted"] = -1
        rows["score"] = self.scores[order] if self.kind == PREDICTED else np.nan
        rows["tracking_score"] = np.nan
        rows["point_id_start"] = np.arange(n) * n_nodes
        rows["point_id_end"] = rows["point_id_start"] + np.uint64(n_nodes)
        points = self._make_points(rank, n_nodes)
        none = np.empty(0, POINTS), np.empty(0, PRED_POINTS)
        if self.kind == PREDICTED:
            labels.store.add_instances(rows, none[0], points)
        else:
            labels.store.add_instances(rows, points, none[1])

    def _make_points(self, rank: IntArray, n_nodes: int) -> Rows:
        rows = np.zeros(len(rank) * n_nodes, PRED_POINTS if self.kind == PREDICTED else POINTS)
        rows["x"] = rows["y"] = np.nan
        nodes = self.points.integers("node") - 1
        if ((nodes < 0) | (nodes >= n_nodes)).any():
            raise FormatError(f'"{self.points.name}" has a node outside of 1 to {n_nodes}.')
        places = rank[self.owners] * n_nodes + nodes
        for name in ("x", "y"):
            rows[name][places] = self.points.numbers(name) - 1
        rows["visible"][places] = np.nan_to_num(self.points.numbers("visible", default=1)) != 0
        if self.kind == PREDICTED:
            rows["score"][places] = self.points.numbers("confidence", "score", default=np.nan)
        return rows


def _frame_rows(labels: Labels, videos: IntArray, indices: IntArray) -> IntArray:
    """Return the row of the frame of each instance, adding frames that are not there."""
    places, inverse = np.unique(np.stack([videos, indices], axis=1), axis=0, return_inverse=True)
    known = [labels.store.occupancy.find(video, index) for video, index in places.tolist()]
    rows = np.array(known, np.int64)
    new = rows < 0
    first = labels.store.add_frames(places[new, 0], places[new, 1])
    rows[new] = np.arange(first, first + int(new.sum()))
    return rows[inverse.reshape(-1)]


def _note_first_frames(labels: Labels) -> None:
    rows = labels.store.instances.rows
    frames = labels.store.frames.rows["frame_idx"][rows["frame_id"].astype(np.int64)]
    for number, track in enumerate(labels.tracks):
        track.spawned_on = int(frames[rows["track"] == number].min())


def _find(known: IntArray, wanted: IntArray, what: str) -> IntArray:
    """Return the places of ids among those that are known."""
    order = np.argsort(known, kind="stable")
    if not len(known):
        places = np.zeros(len(wanted), np.int64)
        lost = np.ones(len(wanted), bool)
    else:
        places = order[np.searchsorted(known, wanted, sorter=order).clip(max=len(known) - 1)]
        lost = known[places] != wanted
    if lost.any():
        raise FormatError(f"It refers to {what} {wanted[lost][0]}, which is not there.")
    return places


def _video(table: _Columns, row: int, path: Path) -> Video:
    names = table.values("filepath", "filename", "path")
    if names is None or not isinstance(names[row], str):
        raise FormatError("A video has no filepath.")
    dataset, form = (values[row] if values else None for values in _video_columns(table))
    backend = {"filename": names[row]}
    if isinstance(dataset, str) and dataset:
        first = "channels_first" if form == "channels_first" else "channels_last"
        backend |= {"dataset": dataset, "input_format": first}
    return videos.decode({"backend": backend}, path)


def _video_columns(table: _Columns) -> Sequence[list[Any] | None]:
    return table.values("dataset"), table.values("input_format", "format")


def _skeleton(value: Any) -> Skeleton:
    if not isinstance(value, dict):
        raise FormatError("It has no skeleton with nodeNames.")
    names = value.get("nodeNames", value.get("nodes"))
    if not isinstance(names, list):
        raise FormatError("Its skeleton has no list of nodeNames.")
    skeleton = Skeleton([str(name) for name in names])
    edges = value.get("edges") or []
    if len(edges) == 2 and any(len(edge) != 2 for edge in edges):
        edges = list(zip(*edges, strict=True))
    for edge in edges:
        source, target = edge
        skeleton.add_edge(int(source) - 1, int(target) - 1)
    return skeleton
