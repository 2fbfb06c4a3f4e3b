"""What labels hold, as plain data."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.occupancy import frame_keys
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.io.slp.kept import Kept
from sleap.video.locate import find_video
from sleap.workflows.inspection.counts import VideoCounts, count

Facts = dict[str, Any]


def describe_labels(labels: Labels, search: Sequence[Path] = ()) -> Facts:
    """Collect the facts about labels.

    Args:
        labels: The labels.
        search: Folders in which videos may lie.

    Returns:
        Plain data; ``docs/how-tos/convert-files.md`` lists the keys.
    """
    counts, tracks = count(labels.store)
    extra = labels.metadata.get("hdf5")
    return {
        "kind": "package" if _is_package(labels) else "labels",
        "format_version": labels.metadata.get("format_id"),
        "totals": _totals(labels, counts, int(tracks.instances.sum())),
        "videos": [
            _describe_video(number, video, counts, search)
            for number, video in enumerate(labels.videos)
        ],
        "skeletons": _describe_skeletons(labels),
        "tracks": [
            {
                "name": track.name,
                "instances": int(tracks.instances[number]),
                "first": _or_none(tracks.first[number]),
                "last": _or_none(tracks.last[number]),
            }
            for number, track in enumerate(labels.tracks)
        ],
        "suggestions": [
            {"video": _number_of(labels, one.video), "frame": int(one.frame_idx)}
            for one in labels.suggestions
        ],
        "labeled_suggestions": _count_labeled_suggestions(labels),
        "negative_anchors": sum(len(places) for places in labels.negative_anchors.values()),
        "provenance": labels.provenance,
        "unknown": sorted(extra.names) if isinstance(extra, Kept) else [],
    }


def _totals(labels: Labels, counts: VideoCounts, n_tracked: int) -> Facts:
    return {
        "videos": len(labels.videos),
        "frames": len(labels),
        "user_frames": int(counts.user_frames.sum()),
        "predicted_frames": int(counts.predicted_frames.sum()),
        "empty_frames": int(counts.empty_frames.sum()),
        "user_instances": int(counts.user_instances.sum()),
        "predicted_instances": int(counts.predicted_instances.sum()),
        "tracked_instances": n_tracked,
        "tracks": len(labels.tracks),
        "max_instances": int(counts.max_instances.max(initial=0)),
        "suggestions": len(labels.suggestions),
    }


def _describe_video(
    number: int, video: Video, counts: VideoCounts, search: Sequence[Path]
) -> Facts:
    found = find_video(video, search)
    place = found[0] if isinstance(found, list) and found else found
    names = [video.filename] if isinstance(video.filename, str) else video.filename
    facts: Facts = {
        "number": number,
        "filename": names[0] if names else "",
        "files": len(names),
        "found": bool(found),
        "path": str(place) if place else None,
        "shape": None if video.shape is None else list(video.shape),
        "grayscale": video.grayscale,
        "dataset": video.dataset,
        "embedded_images": None,
        "source": None,
    }
    if video.is_embedded:
        held = video.frame_numbers
        facts["embedded_images"] = 0 if held is None else len(held)
    if video.source is not None:
        source = video.source
        name = source.filename if isinstance(source.filename, str) else source.filename[0]
        facts["source"] = {
            "filename": name,
            "found": bool(find_video(source, search)),
            "shape": None if source.shape is None else list(source.shape),
        }
    labeled = counts.of(number)
    first, last = labeled.pop("first"), labeled.pop("last")
    return facts | {"first": _or_none(first), "last": _or_none(last)} | labeled


def _describe_skeletons(labels: Labels) -> list[Facts]:
    store = labels.store
    used = store.instances.rows["skeleton"]
    if store.n_dead_instances:
        used = used[store.live_instances]
    counts = np.bincount(used, minlength=len(labels.skeletons))
    return [
        {**describe_skeleton(skeleton), "instances": int(count)}
        for skeleton, count in zip(labels.skeletons, counts, strict=True)
    ]


def describe_skeleton(skeleton: Skeleton) -> Facts:
    """Collect the facts about a skeleton; edges and symmetries by names of nodes."""
    return {
        "name": skeleton.name,
        "nodes": list(skeleton.node_names),
        "edges": [list(pair) for pair in skeleton.edge_names],
        "symmetries": [list(pair) for pair in skeleton.symmetry_names],
        "description": skeleton.description,
    }


def _count_labeled_suggestions(labels: Labels) -> int:
    """Count the suggestions whose frames have an instance set by the user."""
    if not labels.suggestions:
        return 0
    store = labels.store
    numbers = np.array([_number_of(labels, one.video) for one in labels.suggestions])
    indices = np.array([one.frame_idx for one in labels.suggestions], np.int64)
    frames = store.frames.rows[labels.frame_rows(kind="user")]
    labeled = frame_keys(frames["video"], frames["frame_idx"])
    return int(np.isin(frame_keys(numbers, indices)[numbers >= 0], labeled).sum())


def _number_of(labels: Labels, video: Video) -> int:
    return labels.store.find_in(labels.videos, video)


def _is_package(labels: Labels) -> bool:
    return any(video.is_embedded for video in labels.videos)


def _or_none(value: int) -> int | None:
    return None if value < 0 else int(value)
