"""Reads labels of version 2 from JSON."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io import skeleton_json
from sleap.io.formats.labels_json import leap_dev
from sleap.io.formats.labels_json.gather import Gatherer
from sleap.io.formats.labels_json.references import read_anchors, read_suggestions, read_track
from sleap.io.json_text import members
from sleap.io.slp import spec, videos

LABELS = "labels"

KNOWN = {*spec.METADATA_KEYS, LABELS, "format_id"}
"""Keys that are read into labels; what else there is, is kept in ``Labels.metadata["json"]``."""

DecodeVideo = Callable[[Any], Video]


def read(
    file: IO[bytes],
    path: Path,
    search: Sequence[Path] = (),
    decode_video: DecodeVideo | None = None,
) -> Labels:
    """Read labels of version 2, or of the one before it.

    Points are taken as they are: this format never had the other coordinates of old HDF5 files.

    Args:
        file: The bytes of the JSON.
        path: The file that they lie in.
        search: Folders in which videos may lie, to look in after that of the file.
        decode_video: Reads the entry of a video; None for that of ordinary files.

    Raises:
        FormatError: If these are no labels, or they are damaged.
    """
    gatherer = Gatherer()
    header: dict[str, Any] = {}
    for key, value in members(file, [LABELS]):
        if key == LABELS:
            if not isinstance(value, Iterator):
                raise FormatError(f'"labels" should be a list, and is {value!r:.60}.')
            for frame in value:
                gatherer.add(frame)
            header[key] = None
        else:
            header[key] = value
    if leap_dev.is_leap_dev(header):
        labels = leap_dev.build(header, path)
    elif LABELS in header or "skeletons" in header:
        labels = _build(header, gatherer, path, decode_video)
    else:
        raise FormatError(
            'it holds no labels: there is neither "labels" nor "skeletons" in the JSON. '
            "It may be a JSON file of another kind, such as a training profile or a skeleton."
        )
    for video in labels.videos:
        videos.remember_search(video, [path.absolute().parent, *search])
    return labels


def _build(
    header: dict[str, Any], gatherer: Gatherer, path: Path, decode_video: DecodeVideo | None
) -> Labels:
    decode = decode_video or (lambda item: videos.decode(item, path))
    listed = [decode(item) for item in _list(header, "videos")]
    tracks = [read_track(item) for item in _list(header, "tracks")]
    nodes = _list(header, "nodes")
    skeletons = [
        skeleton_json.decode(graph, nodes, name=f"Skeleton-{number}")
        for number, graph in enumerate(_list(header, "skeletons"))
    ]
    tables = gatherer.tables(len(listed), skeletons, len(tracks), nodes)
    provenance = header.get("provenance")
    labels = Labels.from_tables(
        frames=tables["frames"],
        instances=tables["instances"],
        points=tables["points"],
        pred_points=tables["pred_points"],
        videos=listed,
        skeletons=skeletons,
        tracks=tracks,
        suggestions=read_suggestions(header.get("suggestions"), listed),
        provenance=provenance if isinstance(provenance, dict) else {},
        negative_anchors=read_anchors(header.get("negative_anchors")),
    )
    unknown = {key: value for key, value in header.items() if key not in KNOWN}
    if unknown:
        labels.metadata["json"] = unknown
    return labels


def _list(header: dict[str, Any], key: str) -> list[Any]:
    value = header.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise FormatError(f'"{key}" should be a list, and is {type(value).__name__}.')
    return value
