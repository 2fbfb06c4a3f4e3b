"""COCO files out.

A frame of a video file is written as the image ``{name of the video}/{frame_idx:06d}.png``, which
is where a program that needs pictures puts them; ``video_id`` and ``frame_id`` say which frame of
which video it is. Images that are files on disk already keep their names.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PREDICTED, USER, BoolArray, FloatArray, IntArray, Rows
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.atomic import replacing
from sleap.version import __version__

N_BLOCK = 4096
"""Instances turned into text at a time."""

Json = dict[str, Any]


def write(labels: Labels, path: Path) -> None:
    """Write labels as COCO keypoints, whole or not at all.

    Args:
        labels: The labels. Their suggestions, and which prediction a user instance was made from,
            are not written.
        path: The file.

    Raises:
        FileError: If the system refuses.
        LabelsError: If the provenance does not fit into JSON.
    """
    frames, instances, points, pred_points = labels.to_tables()
    stems = _video_stems(labels.videos)
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write('{"info": ' + _info(labels))
        _write_list(file, "licenses", ())
        _write_list(file, "videos", _videos(labels.videos, stems))
        _write_list(file, "tracks", _tracks(labels))
        _write_list(file, "categories", _categories(labels.skeletons))
        _write_list(file, "images", _images(labels.videos, stems, frames))
        tables = {USER: points, PREDICTED: pred_points}
        _write_list(file, "annotations", _annotations(labels.skeletons, instances, tables))
        file.write("\n}\n")


def _write_list(file: TextIO, name: str, items: Iterable[Json]) -> None:
    file.write(f',\n"{name}": [')
    separator = "\n"
    for item in items:
        file.write(separator + json.dumps(item))
        separator = ",\n"
    file.write("\n]" if separator != "\n" else "]")


def _info(labels: Labels) -> str:
    info = {"description": "Made by SLEAP", "version": __version__}
    try:
        return json.dumps({**info, "provenance": labels.provenance})
    except (TypeError, ValueError) as error:
        raise LabelsError(
            f"The provenance of the labels does not fit into JSON: {error}"
        ) from error


def _video_stems(videos: Iterable[Video]) -> list[str]:
    """Return the folder for the images of each video, no two the same."""
    stems: dict[str, None] = {}
    for number, video in enumerate(videos):
        stem = Path(video.name).stem or "video"
        while stem in stems:
            stem = f"{stem}_{number}"
        stems[stem] = None
    return list(stems)


def _videos(videos: Iterable[Video], stems: list[str]) -> Iterator[Json]:
    for number, (video, stem) in enumerate(zip(videos, stems, strict=True), start=1):
        # What is embedded in a labels file is better told by the video it was taken from.
        shown = video.source if video.is_embedded and video.source is not None else video
        entry: Json = {"id": number, "name": stem}
        if isinstance(shown.filename, str):
            entry["file_name"] = shown.filename
        if shown.shape is not None:
            names = ("n_frames", "height", "width", "channels")
            entry |= dict(zip(names, shown.shape, strict=True))
        for key in ("grayscale", "dataset", "input_format"):
            if getattr(shown, key) is not None:
                entry[key] = getattr(shown, key)
        yield entry


def _tracks(labels: Labels) -> Iterator[Json]:
    for number, track in enumerate(labels.tracks, start=1):
        yield {"id": number, "name": track.name, "spawned_on": track.spawned_on}


def _categories(skeletons: Iterable[Skeleton]) -> Iterator[Json]:
    for number, skeleton in enumerate(skeletons, start=1):
        entry = {
            "id": number,
            "name": skeleton.name,
            "supercategory": "animal",
            "keypoints": skeleton.node_names,
            "skeleton": [[a + 1, b + 1] for a, b in skeleton.edges],
        }
        if skeleton.symmetries:
            entry["symmetries"] = [[a + 1, b + 1] for a, b in skeleton.symmetries]
        yield entry


def _images(videos: list[Video], stems: list[str], frames: Rows) -> Iterator[Json]:
    """Describe the labeled frames, whose ids are their rows from 1 on; then what else is on disk.

    A list of images is written whole: what is left out of it would change the numbers of the
    others.
    """
    pairs = list(zip(frames["video"].tolist(), frames["frame_idx"].tolist(), strict=True))
    number = 0
    for number, (video, index) in enumerate(pairs, start=1):
        yield {**_image(number, videos, stems, video, index), "is_labeled": True}
    labeled = set(pairs)
    for place, video in enumerate(videos):
        if not isinstance(video.filename, str):
            for index in range(len(video.filename)):
                if (place, index) not in labeled:
                    number += 1
                    yield _image(number, videos, stems, place, index)


def _image(number: int, videos: list[Video], stems: list[str], place: int, index: int) -> Json:
    video = videos[place]
    names = video.filename
    if isinstance(names, list) and index < len(names):
        name = names[index]
    else:
        name = f"{stems[place]}/{index:06d}.png"
    entry: Json = {"id": number, "file_name": name, "video_id": place + 1, "frame_id": index}
    if video.shape is not None:
        entry["height"], entry["width"] = video.shape[1:3]
    return entry


def _annotations(
    skeletons: list[Skeleton], instances: Rows, tables: dict[int, Rows]
) -> Iterator[Json]:
    """Describe the instances, whose ids are their rows from 1 on."""
    for begin in range(0, len(instances), N_BLOCK):
        block = instances[begin : begin + N_BLOCK]
        entries = _heads(block, begin)
        for kind, table in tables.items():
            for number, skeleton in enumerate(skeletons):
                chosen = (block["instance_type"] == kind) & (block["skeleton"] == number)
                _add_points(entries, np.flatnonzero(chosen), block, table, skeleton.n_nodes)
        yield from entries


def _heads(block: Rows, begin: int) -> list[Json]:
    """Return all but the points of some instances."""
    entries: list[Json] = [
        {"id": number, "image_id": image + 1, "category_id": skeleton + 1, "iscrowd": 0}
        for number, image, skeleton in zip(
            range(begin + 1, begin + 1 + len(block)),
            block["frame_id"].tolist(),
            block["skeleton"].tolist(),
            strict=True,
        )
    ]
    kinds, tracks = block["instance_type"].tolist(), block["track"].tolist()
    scores, fits = block["score"].tolist(), block["tracking_score"].tolist()
    for entry, kind, track, score, fit in zip(entries, kinds, tracks, scores, fits, strict=True):
        entry["source"] = "predicted" if kind == PREDICTED else "user"
        if track >= 0:
            entry["track_id"] = track + 1
        if np.isfinite(score):
            entry["score"] = score
        if np.isfinite(fit):
            entry["tracking_score"] = fit
    return entries


def _add_points(
    entries: list[Json], chosen: IntArray, block: Rows, table: Rows, n_nodes: int
) -> None:
    """Add points, boxes and confidences to the chosen entries, which have one skeleton."""
    if not len(chosen):
        return
    starts = block["point_id_start"][chosen].astype(np.int64)
    points = table[starts[:, None] + np.arange(n_nodes)]
    xy = np.stack([points["x"], points["y"]], axis=-1)
    is_set = np.isfinite(xy).all(axis=-1)
    flags = np.where(is_set, np.where(points["visible"], 2, 1), 0)
    triples = np.empty((*flags.shape, 3), object)
    triples[..., :2] = np.where(is_set[..., None], xy, 0.0)
    triples[..., 2] = flags
    boxes, areas = _boxes(xy, is_set)
    for place, keypoints, count, box, area in zip(
        chosen.tolist(),
        triples.reshape(len(chosen), -1).tolist(),
        is_set.sum(axis=1).tolist(),
        boxes.tolist(),
        areas.tolist(),
        strict=True,
    ):
        entries[place] |= {
            "keypoints": keypoints,
            "num_keypoints": count,
            "bbox": box,
            "area": area,
        }
    if "score" in (table.dtype.names or ()):
        scores = points["score"].astype(object)
        scores[~np.isfinite(points["score"])] = None
        for place, one in zip(chosen.tolist(), scores.tolist(), strict=True):
            entries[place]["keypoint_scores"] = one


def _boxes(xy: FloatArray, is_set: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Return the boxes around the points, and their areas; zeros around none.

    Returns:
        (n, 4) x, y, width and height; (n,) square pixels.
    """
    inside = is_set[..., None]
    low = np.where(inside, xy, np.inf).min(axis=1, initial=np.inf)
    high = np.where(inside, xy, -np.inf).max(axis=1, initial=-np.inf)
    low[~is_set.any(axis=1)] = high[~is_set.any(axis=1)] = 0
    with np.errstate(over="ignore"):
        size = np.nan_to_num(high - low)
        return np.hstack([low, size]), np.nan_to_num(size[:, 0] * size[:, 1])
