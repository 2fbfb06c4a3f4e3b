"""Reads a labels file of any version."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import Rows, conform
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io import skeleton_json
from sleap.io.slp import hdf5, kept, mapped, spec, videos
from sleap.io.slp.upgrade import upgrade_points

logger = logging.getLogger(__name__)


def read(path: str | Path, *, search: Sequence[Path] = ()) -> Labels:
    """Read a labels file or training package.

    All versions are brought to today's coordinates: pixels of the full frame, (0, 0) at the centre
    of the top-left pixel, NaN for a missing point. What the file holds beyond poses is kept in
    ``labels.metadata`` ("format_id", "json", "hdf5") for the next save.

    Args:
        path: The file.
        search: Folders in which videos may lie, to look in after that of the file.

    Raises:
        FileError: If the file is not there or cannot be opened.
        FormatError: If it is no labels file, is damaged, or of a version yet unknown.
    """
    path = Path(path)
    with hdf5.opened(path) as file:
        format_id, header = read_header(file)
        listed = _read_videos(file, header, path, [path.absolute().parent, *search])
        tracks = [_track(item) for item in _list(file, header, spec.TRACKS, "tracks")]
        extra = kept.Kept(videos=listed, tracks=tracks)
        tables, maps = _read_tables(file, extra)
        tables["points"] = upgrade_points(tables["points"], format_id)
        _repair(tables, listed, path)
        labels = Labels.from_tables(
            frames=tables["frames"],
            instances=tables["instances"],
            points=tables["points"],
            pred_points=tables["pred_points"],
            videos=listed,
            skeletons=_skeletons(header),
            tracks=tracks,
            suggestions=_suggestions(_list(file, header, spec.SUGGESTIONS, "suggestions"), listed),
            provenance=_provenance(file, header),
            negative_anchors=_anchors(header.get("negative_anchors")),
        )
        own = {str(video.dataset).split("/")[0] for video in listed if video.is_embedded}
        extra.parts = kept.read_parts(file, spec.KNOWN | own)
    if labels.store.n_dead_instances:
        logger.warning(
            "%s: %d instances belong to no frame and are left out.",
            path,
            labels.store.n_dead_instances,
        )
    _keep(labels, format_id, header, extra)
    pairs = {name: (getattr(labels.store, name), table) for name, table in maps.items()}
    every_edit = [pairs.pop(name) for name in ("frames", "instances") if name in pairs]
    mapped.settle(every_edit, at_once=True)
    mapped.settle(list(pairs.values()))
    return labels


def read_header(file: h5py.File) -> tuple[float, dict[str, Any]]:
    """Read the version and the JSON of the metadata.

    Raises:
        FormatError: If there is none, or the version is not known.
    """
    group = hdf5.find_group(file, spec.METADATA)
    if group is None or "json" not in group.attrs:
        raise FormatError(
            "it holds no labels: there is no group 'metadata' with a JSON text. "
            "It may be an HDF5 file of another kind, such as a video or an analysis."
        )
    format_id = spec.parse_format_id(group.attrs.get("format_id"))
    header = hdf5.parse_json(group.attrs["json"], "metadata/json")
    if not isinstance(header, dict):
        raise FormatError("Its metadata is not a JSON object.")
    return format_id, header


def _read_tables(
    file: h5py.File, extra: kept.Kept
) -> tuple[dict[str, Rows], dict[str, mapped.Mapped]]:
    tables: dict[str, Rows] = {}
    maps: dict[str, mapped.Mapped] = {}
    for name, dtype in spec.TABLES.items():
        dataset = hdf5.find_dataset(file, name)
        if dataset is None:
            logger.warning("%s has no table '%s'.", file.filename, name)
            tables[name] = np.empty(0, dtype)
            continue
        table = mapped.map_table(file, dataset, dtype)
        if table is not None:
            maps[name] = table
            tables[name] = table.rows
            continue
        rows = hdf5.read_rows(dataset)
        columns = kept.read_columns(rows, dtype)
        if columns is not None:
            extra.columns[name] = columns
        tables[name] = conform(rows, dtype)
    return tables, maps


def _repair(tables: dict[str, Rows], listed: Sequence[Video], path: Path) -> None:
    """Bring to order what some programs wrote, where the meaning is certain."""
    instances, frames = tables["instances"], tables["frames"]
    ids, origins = instances["instance_id"], instances["from_predicted"]
    lost = (origins != -1) & ~np.isin(origins, ids)
    if lost.any():
        logger.warning(
            "%s: %d instances come from predictions that are not in the file.", path, lost.sum()
        )
        tables["instances"] = instances.copy()
        tables["instances"]["from_predicted"][lost] = -1
    outside = frames["video"] >= len(listed)
    if outside.any():
        # Packages made of some of the videos of a project may go on counting as the project did:
        # then the number is that of the group of the images.
        groups = {
            int(str(video.dataset).strip("/").split("/")[0].removeprefix("video")): number
            for number, video in enumerate(listed)
            if video.is_embedded
        }
        numbers = np.array([groups.get(int(number), -1) for number in frames["video"]])
        if (numbers >= 0).all():
            tables["frames"] = frames.copy()
            tables["frames"]["video"] = numbers


def _read_videos(
    file: h5py.File, header: dict[str, Any], path: Path, search: Sequence[Path]
) -> list[Video]:
    listed = [
        videos.decode(item, path, file) for item in _list(file, header, spec.VIDEOS, "videos")
    ]
    for video in listed:
        videos.remember_search(video, search)
    return listed


def _list(file: h5py.File, header: dict[str, Any], name: str, key: str) -> list[Any]:
    """Read a list from its dataset; a file without that may hold it in the header."""
    if name in file:
        return hdf5.read_json_list(file, name)
    items = header.get(key)
    return items if isinstance(items, list) else []


def _skeletons(header: dict[str, Any]) -> list[Skeleton]:
    graphs, nodes = header.get("skeletons") or [], header.get("nodes") or []
    if not isinstance(graphs, list) or not isinstance(nodes, list):
        raise FormatError("Its skeletons are not a list.")
    return [
        skeleton_json.decode(graph, nodes, name=f"Skeleton-{number}")
        for number, graph in enumerate(graphs)
    ]


def _track(item: Any) -> Track:
    if isinstance(item, list) and len(item) >= 2:
        return Track(str(item[1]), int(item[0] or 0))
    if isinstance(item, dict) and "name" in item:
        return Track(str(item["name"]), int(item.get("spawned_on") or 0))
    raise FormatError(f"A track should be [first frame, name], and is {item!r:.60}.")


def _suggestions(items: Sequence[Any], listed: Sequence[Video]) -> list[SuggestionFrame]:
    suggestions = []
    for item in items:
        if not isinstance(item, dict) or not {"video", "frame_idx"} <= item.keys():
            raise FormatError(f"A suggestion has no video and frame: {item!r:.60}.")
        number = int(item["video"])
        if not 0 <= number < len(listed):
            raise FormatError(f"A suggestion names video {number} of {len(listed)}.")
        rest = {key: item[key] for key in item if key not in ("video", "frame_idx", "group")}
        group = item.get("group")
        if group is not None and not isinstance(group, int):
            rest, group = {**rest, "group": group}, None
        suggestions.append(SuggestionFrame(listed[number], int(item["frame_idx"]), group, rest))
    return suggestions


def _anchors(value: Any) -> dict[int, list[tuple[int, float, float]]]:
    if not isinstance(value, dict):
        return {}
    return {
        int(video): [(int(frame), float(x), float(y)) for frame, x, y in places]
        for video, places in value.items()
    }


def _provenance(file: h5py.File, header: dict[str, Any]) -> dict[str, Any]:
    provenance = header.get("provenance")
    dataset = hdf5.find_dataset(file, spec.PROVENANCE)
    if dataset is not None and dataset.size:
        larger = hdf5.parse_json(dataset[()], spec.PROVENANCE)
        if isinstance(larger, dict):
            provenance = {**(provenance or {}), **larger}
    return provenance if isinstance(provenance, dict) else {}


def _keep(labels: Labels, format_id: float, header: dict[str, Any], extra: kept.Kept) -> None:
    labels.metadata["format_id"] = format_id
    unknown = {key: value for key, value in header.items() if key not in spec.METADATA_KEYS}
    if unknown:
        labels.metadata["json"] = unknown
    if extra:
        extra.digest = kept.fingerprint(labels.to_tables())
        labels.metadata["hdf5"] = extra
