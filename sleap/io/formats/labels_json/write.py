"""Writes labels of version 2 as JSON."""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import IO, Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, IntArray, Rows
from sleap.io import skeleton_json
from sleap.io.slp import spec
from sleap.io.slp.write import all_videos

N_BLOCK = 2000
"""Instances that are made text of together."""

_FRAME = '{{"video":"{}","frame_idx":{},"_instances":[{}]}}'
_INSTANCE = '{{"skeleton":"{}","track":{},"from_predicted":{},{}"_points":{{{}}}{}}}'
_POINT = '"%s":{"x":%r,"y":%r,"visible":%s,"complete":%s}'
_PRED_POINT = '"%s":{"x":%r,"y":%r,"visible":%s,"complete":%s,"score":%r}'


def write(labels: Labels, file: IO[bytes], videos: Sequence[Any]) -> None:
    """Write labels.

    A missing point is left out: no NaN stands in the file but for the score of an instance that
    has none.

    Args:
        labels: What to write.
        file: Where to.
        videos: The entries of ``all_videos(labels)``.
    """
    graphs, nodes = skeleton_json.encode_all(labels.skeletons)
    header = {
        **(labels.metadata.get("json") or {}),
        "version": spec.JSON_VERSION,
        "skeletons": graphs,
        "nodes": nodes,
        "videos": list(videos),
        "tracks": [[track.spawned_on, track.name] for track in labels.tracks],
        "suggestions": _suggestions(labels),
        "negative_anchors": {str(key): value for key, value in labels.negative_anchors.items()},
        "provenance": labels.provenance,
    }
    header.pop("labels", None)
    # Never empty, so that the list of labels can follow a comma.
    file.write(spec.to_json(header)[:-1] + b',"labels":[')
    separator = ""
    for text in _frames(labels):
        file.write((separator + text).encode("ascii"))
        separator = ",\n"
    file.write(b"]}\n")


def _suggestions(labels: Labels) -> list[Any]:
    numbers = {id(video): number for number, video in enumerate(all_videos(labels))}
    return [
        {
            "group": suggestion.group,
            **suggestion.metadata,
            "video": str(numbers[id(suggestion.video)]),
            "frame_idx": suggestion.frame_idx,
        }
        for suggestion in labels.suggestions
    ]


def _frames(labels: Labels) -> Iterator[str]:
    """Make the text of frames, a block at a time."""
    frames, *tables = labels.to_tables()
    texts = _InstanceTexts(labels.skeletons, *tables)
    starts, ends = (
        frames[name].astype(np.int64) for name in ("instance_id_start", "instance_id_end")
    )
    videos, indices = frames["video"].tolist(), frames["frame_idx"].tolist()
    first = 0
    while first < len(frames):
        # As many frames as hold a block of instances; one at least.
        last = int(np.searchsorted(ends, starts[first] + N_BLOCK, side="right"))
        last = min(max(last, first + 1), first + N_BLOCK, len(frames))
        instances = texts.make(np.arange(starts[first], ends[last - 1]))
        yield ",\n".join(
            _FRAME.format(
                videos[row],
                indices[row],
                ",".join(instances[starts[row] - starts[first] : ends[row] - starts[first]]),
            )
            for row in range(first, last)
        )
        first = last


class _InstanceTexts:
    """Makes the text of instances.

    Args:
        skeletons: The skeletons.
        instances: (n,) ``INSTANCES``, ids numbered by row.
        points: (n,) ``POINTS``.
        pred_points: (n,) ``PRED_POINTS``.
    """

    def __init__(
        self, skeletons: Sequence[Skeleton], instances: Rows, points: Rows, pred_points: Rows
    ) -> None:
        self._instances = instances
        self._points = points, pred_points
        sizes = [skeleton.n_nodes for skeleton in skeletons]
        # The nodes of all skeletons stand in one list, one skeleton after the other.
        self._first_nodes = np.cumsum([0, *sizes])

    def make(self, rows: IntArray, *, nested: bool = False) -> list[str]:
        """Make the text of instances.

        Args:
            rows: (n,) rows of the table.
            nested: Whether they stand inside of instances that were made from them.
        """
        points = np.full(len(rows), "", object)
        kinds = self._instances["instance_type"][rows]
        for kind in (0, PREDICTED):
            chosen = kinds == kind
            points[chosen] = self._point_texts(rows[chosen], kind)
        origins = np.full(len(rows), "null", object)
        made = self._instances["from_predicted"][rows]
        if not nested and (made >= 0).any():
            unique, places = np.unique(made[made >= 0], return_inverse=True)
            origins[made >= 0] = np.array(self.make(unique, nested=True), object)[places]
        records = self._instances[rows]
        return [
            _INSTANCE.format(
                skeleton,
                f'"{track}"' if track >= 0 else "null",
                origin,
                f'"instance_id":{row},' if nested else "",
                text,
                _scores(kind, score, tracking_score),
            )
            for row, kind, skeleton, track, origin, text, score, tracking_score in zip(
                rows.tolist(),
                kinds.tolist(),
                records["skeleton"].tolist(),
                records["track"].tolist(),
                origins.tolist(),
                points.tolist(),
                records["score"].tolist(),
                records["tracking_score"].tolist(),
                strict=True,
            )
        ]

    def _point_texts(self, rows: IntArray, kind: int) -> list[str]:
        records = self._instances[rows]
        starts = records["point_id_start"].astype(np.int64)
        counts = records["point_id_end"].astype(np.int64) - starts
        owners = np.repeat(np.arange(len(rows)), counts)
        offsets = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        points = self._points[kind][starts[owners] + offsets]
        there = ~(np.isnan(points["x"]) & np.isnan(points["y"]))
        nodes = (offsets + self._first_nodes[records["skeleton"]][owners])[there]
        points = points[there]
        columns: list[list[Any]] = [nodes.tolist(), points["x"].tolist(), points["y"].tolist()]
        words = np.array(["false", "true"], object)
        columns += [words[points[name].view("u1")].tolist() for name in ("visible", "complete")]
        template = _POINT
        if kind == PREDICTED:
            template = _PRED_POINT
            columns.append(points["score"].tolist())
        texts = list(map(template.__mod__, zip(*columns, strict=True)))
        if not np.isfinite([points[name].sum() for name in ("x", "y")]).all() or (
            kind == PREDICTED and not np.isfinite(points["score"].sum())
        ):
            texts = [text.replace(":nan", ":NaN").replace(":inf", ":Infinity") for text in texts]
        ends = np.cumsum(np.bincount(owners[there], minlength=len(rows)))
        bounds = [0, *ends.tolist()]
        return [",".join(texts[first:last]) for first, last in pairwise(bounds)]


def _scores(kind: int, score: float, tracking_score: float) -> str:
    parts = [("score", score)] if kind == PREDICTED else []
    if tracking_score == tracking_score:
        parts.append(("tracking_score", tracking_score))
    return "".join(
        f',"{name}":{value!r}' if math.isfinite(value) else f',"{name}":{json.dumps(value)}'
        for name, value in parts
    )
