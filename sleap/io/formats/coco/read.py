"""COCO files in: tables in any order, understood when all are there."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.errors import FormatError, LabelsError
from sleap.io.assembly import UNDATED, Columns
from sleap.io.formats.coco.annotations import AnnotationTable
from sleap.io.formats.coco.images import ImageTable
from sleap.io.json_text import members, reading
from sleap.io.slp.videos import remember_search

logger = logging.getLogger(__name__)

MAX_NODES = 10_000
"""Keypoints, and edges, of a category, at most."""


def read(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read labels from COCO keypoints.

    Args:
        path: The file.
        search: Folders in which images and videos may lie, to look in after those where such data
            sets keep them: beside the file, in ``images``, and one folder up.

    Returns:
        The labels. Annotations without keypoints, and those of which no point was labeled, are
        left out; the log says how many.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it is damaged, a list of results only, or its tables do not fit together.
    """
    images, annotations = ImageTable(), AnnotationTable()
    rest: dict[str, Any] = {}
    with reading(path), path.open("rb") as file:
        _refuse_results(file.read(64))
        file.seek(0)
        for key, value in members(file, listed=("images", "annotations")):
            if key == "images":
                for item in _listed(value, key):
                    images.add(item)
            elif key == "annotations":
                for item in _listed(value, key):
                    annotations.add(item)
            else:
                rest[key] = value
        labels = _assemble(images, annotations, rest)
    folders = [*_likely_folders(path), *search]
    for video in labels.videos:
        remember_search(video, folders)
    return labels


def _refuse_results(head: bytes) -> None:
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        raise FormatError(
            "it is a list of detections, which does not say what its images and points are. Put "
            'it into one file with the tables they were made from: {"images": [...], '
            '"categories": [...], "annotations": <this list>}.'
        )


def _listed(value: Any, key: str) -> Any:
    if isinstance(value, dict | str) or not hasattr(value, "__iter__"):
        raise FormatError(f"'{key}' should be a list.")
    return value


def _assemble(images: ImageTable, annotations: AnnotationTable, rest: dict[str, Any]) -> Labels:
    """Make labels of the tables."""
    if annotations.n_skipped:
        logger.info("%d annotations without keypoints are left out.", annotations.n_skipped)
    videos, image_videos, image_frames = images.make_videos(_table(rest, "videos"))
    category_places, skeletons = _read_categories(_table(rest, "categories"))
    owners = _places(annotations.images, images.places, "image", "the table of images")
    numbers = _places(
        annotations.categories, category_places, "category", "the categories with keypoints"
    )
    n_nodes = np.array([skeleton.n_nodes for skeleton in skeletons], np.int64)
    annotations.check_counts(n_nodes[numbers])
    found = annotations.understand()
    owners = owners[found.places]
    tracks, track_numbers = _read_tracks(annotations.tracks, _table(rest, "tracks"))

    # Frames in the order of the images; two images may show the same frame.
    is_labeled = np.array(images.is_labeled, bool)
    is_labeled[owners] = True
    places = np.flatnonzero(is_labeled)
    keys = np.stack([image_videos[places], image_frames[places]], axis=1)
    _, first, same = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    frame_of_image = np.zeros(len(images), np.int64)
    frame_of_image[places] = rank[same.reshape(-1)]
    places = places[np.sort(first)]

    info = rest.get("info")
    provenance = info.get("provenance") if isinstance(info, dict) else None
    return Columns(
        videos=image_videos[places],
        frame_indices=image_frames[places],
        frames=frame_of_image[owners],
        is_user=found.is_user,
        skeletons=numbers[found.places],
        tracks=track_numbers[found.places],
        scores=found.scores,
        points=found.points,
        visible=found.visible,
        point_scores=found.point_scores,
        tracking_scores=found.tracking_scores,
    ).to_labels(videos, skeletons, tracks, provenance if isinstance(provenance, dict) else None)


def _table(rest: dict[str, Any], key: str) -> list[Any]:
    value = rest.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FormatError(f"'{key}' should be a list, and is {value!r:.40}.")
    return value


def _places(ids: list[Any], places: dict[Any, int], what: str, where: str) -> IntArray:
    """Return (n,) the place in a table of each id."""
    try:
        return np.array([places[one] for one in ids], np.int64)
    except KeyError as error:
        raise FormatError(
            f"An annotation names {what} {error.args[0]!r:.40}, which is not in {where}."
        ) from None


def _read_categories(items: list[Any]) -> tuple[dict[Any, int], list[Skeleton]]:
    """Return the number of the skeleton of each category id, and the skeletons."""
    places: dict[Any, int] = {}
    skeletons: list[Skeleton] = []
    for item in items:
        if not isinstance(item, dict) or "id" not in item:
            raise FormatError(f"A category should be an object with an 'id': {item!r:.80}.")
        names = item.get("keypoints")
        if isinstance(names, list) and names:
            places[item["id"]] = len(skeletons)
            skeletons.append(_read_skeleton(item, [str(name) for name in names]))
    return places, skeletons


def _read_skeleton(item: dict[str, Any], names: list[str]) -> Skeleton:
    name = str(item.get("name", f"Skeleton-{item['id']}"))
    edges, symmetries = _pairs(item.get("skeleton")), _pairs(item.get("symmetries"))
    if max(len(names), len(edges), len(symmetries)) > MAX_NODES:
        raise FormatError(f"Category '{name:.40}' has more than {MAX_NODES} keypoints or edges.")
    # The format counts nodes from 1; some programs count from 0.
    base = 0 if any(0 in edge for edge in edges) else 1
    unique = {(a - base, b - base): None for a, b in edges if a != b}
    try:
        return Skeleton(names, unique, [(a - 1, b - 1) for a, b in symmetries], name=name)
    except LabelsError as error:
        raise FormatError(f"Category '{name}': {error}") from error


def _pairs(value: Any) -> list[tuple[int, int]]:
    pairs = value if isinstance(value, list) else []
    for pair in pairs:
        if not isinstance(pair, list) or [type(end) for end in pair] != [int, int]:
            raise FormatError(f"An edge should be two numbers of keypoints, and is {pair!r:.40}.")
    return [(a, b) for a, b in pairs]


def _read_tracks(ids: list[Any], items: list[Any]) -> tuple[list[Track], IntArray]:
    """Return the tracks, and (n,) the number of the track of each annotation, -1 for none."""
    places: dict[Any, int] = {None: -1}
    tracks: list[Track] = []
    for item in items:
        if isinstance(item, dict) and "id" in item and item["id"] not in places:
            spawned = item.get("spawned_on")
            places[item["id"]] = len(tracks)
            tracks.append(
                Track(
                    str(item.get("name", item["id"])), spawned if type(spawned) is int else UNDATED
                )
            )
    for one in dict.fromkeys(ids):
        if one not in places:
            places[one] = len(tracks)
            tracks.append(Track(str(one), UNDATED))
    return tracks, np.array([places[one] for one in ids], np.int64)


def _likely_folders(path: Path) -> list[Path]:
    """Name where the images of such a data set lie: person_keypoints_val2017.json, ../val2017."""
    here = path.absolute().parent
    split = path.name.split(".")[0].rpartition("_")[2]
    return [
        folder
        for parent in (here, here.parent)
        for folder in (parent, parent / "images", parent / split)
    ]
