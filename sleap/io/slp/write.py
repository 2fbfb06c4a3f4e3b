"""Writes a labels file of version 1.2."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io import skeleton_json
from sleap.io.atomic import replacing
from sleap.io.slp import hdf5, kept, spec, videos
from sleap.io.slp.sink import created

PACKAGE_SUFFIX = ".pkg.slp"

MAX_WASTE = 1 << 22
"""Bytes of padding in a list of texts of fixed length, at most."""


def write(labels: Labels, path: str | Path) -> None:
    """Write labels, replacing an old file whole or not at all.

    Embedded images come along if they lie in the very file that is replaced, or if the name ends
    in ``.pkg.slp``; otherwise the new file refers to the package that holds them.

    Args:
        labels: What to write.
        path: Where; an old file is replaced.

    Raises:
        FileError: If the file cannot be written; the old one is as it was.
        FormatError: If images to bring along cannot be read.
    """
    listed = all_videos(labels)
    folder = Path(path).parent
    places = _image_places(listed, Path(path))
    with replacing(path) as temporary, created(temporary) as (file, _):
        for video, group in places.values():
            copy_images(video, file, group, folder)
        entries = [
            videos.encode(video, dataset=_dataset_in(places, number), folder=folder)
            for number, video in enumerate(listed)
        ]
        write_labels(file, labels, entries)
    kept.remember_place(labels, Path(path))


def all_videos(labels: Labels) -> list[Video]:
    """Return the videos of labels, and behind them those that only suggestions name."""
    listed = list(labels.videos)
    known = {id(video) for video in listed}
    for suggestion in labels.suggestions:
        if id(suggestion.video) not in known:
            known.add(id(suggestion.video))
            listed.append(suggestion.video)
    return listed


def write_labels(file: h5py.File, labels: Labels, entries: Sequence[Any]) -> None:
    """Write all of the labels but the images.

    Args:
        file: The new file.
        labels: What to write.
        entries: The entries of ``all_videos(labels)``.
    """
    tables = labels.to_tables()
    fits = kept.choose_true(labels, tables)
    write_header(
        file,
        skeletons=labels.skeletons,
        videos=entries,
        tracks=labels.tracks,
        suggestions=_suggestions(labels),
        provenance=labels.provenance,
        negative_anchors={str(key): value for key, value in labels.negative_anchors.items()},
        unknown=labels.metadata.get("json") or {},
    )
    for name, rows in zip(spec.TABLES, tables, strict=True):
        file.create_dataset(name, data=kept.with_columns(rows, fits.columns.get(name)))
    kept.write_parts(file, fits.parts)


def write_header(
    file: h5py.File,
    *,
    skeletons: Sequence[Skeleton],
    videos: Sequence[Any],
    tracks: Sequence[Track],
    suggestions: Sequence[Any] = (),
    provenance: Mapping[str, Any] | None = None,
    negative_anchors: Mapping[str, Any] | None = None,
    unknown: Mapping[str, Any] | None = None,
) -> None:
    """Write the metadata and the JSON lists.

    Args:
        file: The new file.
        skeletons: The skeletons.
        videos: Entries of the videos.
        tracks: The tracks.
        suggestions: Entries of the suggestions.
        provenance: Where the labels come from.
        negative_anchors: By number of the video, as a text.
        unknown: Further entries of the metadata.
    """
    graphs, nodes = skeleton_json.encode_all(skeletons)
    header = {
        "version": spec.JSON_VERSION,
        "skeletons": graphs,
        "nodes": nodes,
        # Other readers look for these keys; the lists themselves lie in datasets.
        "videos": [],
        "tracks": [],
        "suggestions": [],
        "negative_anchors": negative_anchors or {},
        "provenance": provenance or {},
    }
    text = spec.to_json({**(unknown or {}), **header})
    group = file.create_group(spec.METADATA)
    group.attrs["format_id"] = spec.FORMAT_ID
    # A text of variable length lies outside of the attribute and has no limit, but programs of
    # the first years read only the fixed one.
    group.attrs["json"] = np.bytes_(text) if len(text) <= spec.MAX_ATTRIBUTE else text.decode()
    write_json_list(file, spec.VIDEOS, videos)
    write_json_list(file, spec.TRACKS, [[track.spawned_on, track.name] for track in tracks])
    write_json_list(file, spec.SUGGESTIONS, suggestions)


def write_json_list(file: h5py.File, name: str, items: Sequence[Any]) -> None:
    """Write a list of JSON texts; an empty one as the original did, as float64 of shape (0,)."""
    if not items:
        file.create_dataset(name, shape=(0,), maxshape=(None,), dtype="f8")
        return
    texts = [spec.to_json(item) for item in items]
    longest = max(len(text) for text in texts)
    if len(texts) * longest - sum(len(text) for text in texts) > MAX_WASTE:
        file.create_dataset(name, data=texts, dtype=h5py.string_dtype(), maxshape=(None,))
    else:
        file.create_dataset(name, data=np.array(texts, dtype=f"S{longest}"), maxshape=(None,))


def copy_images(video: Video, file: h5py.File, group: str, folder: Path | None = None) -> None:
    """Copy the embedded images of a video, as they are, from the file that holds them.

    Args:
        video: The embedded video.
        file: The new file.
        group: Name of its group there.
        folder: Folder of the new file, from which relative paths count; None to note none.

    Raises:
        FormatError: If the images cannot be read.
    """
    with hdf5.opened(str(video.filename)) as source:
        old = hdf5.find_group(source, str(video.dataset).rpartition("/")[0])
        new = file.create_group(group)
        for name in (spec.IMAGES, spec.FRAME_NUMBERS):
            dataset = None if old is None else hdf5.find_dataset(old, name)
            if dataset is not None:
                source.copy(dataset, new, name)
    write_source(new, video, folder)


def write_source(group: h5py.Group, video: Video, folder: Path | None = None) -> None:
    """Write which video the images of a group were taken from, if that is known."""
    if video.source is not None:
        text = spec.to_json(videos.encode(video.source, folder=folder)).decode()
        group.create_group(spec.SOURCE_VIDEO).attrs["json"] = text


def _image_places(listed: Sequence[Video], path: Path) -> dict[int, tuple[Video, str]]:
    """Choose which images come along, and the names of their groups, by number of the video."""
    target = path.absolute()
    inside = {
        number: str(video.dataset).strip("/").split("/")[0]
        for number, video in enumerate(listed)
        if video.is_embedded and _is_same_file(str(video.filename), target)
    }
    groups = dict(inside)
    if path.name.endswith(PACKAGE_SUFFIX):
        taken = set(inside.values())
        free = (name for number in range(len(listed) * 2) if (name := spec.image_group(number)))
        for number, video in enumerate(listed):
            if video.is_embedded and number not in inside:
                wanted = spec.image_group(number)
                name = wanted if wanted not in taken else next(n for n in free if n not in taken)
                taken.add(name)
                groups[number] = name
    return {number: (listed[number], group) for number, group in groups.items()}


def _is_same_file(name: str, target: Path) -> bool:
    path = Path(name)
    try:
        return path.samefile(target)
    except OSError:
        return path.absolute() == target


def _dataset_in(places: dict[int, tuple[Video, str]], number: int) -> str | None:
    return f"{places[number][1]}/{spec.IMAGES}" if number in places else None


def _suggestions(labels: Labels) -> list[Any]:
    numbers = {id(video): number for number, video in enumerate(all_videos(labels))}
    entries = []
    for suggestion in labels.suggestions:
        place = {"video": str(numbers[id(suggestion.video)]), "frame_idx": suggestion.frame_idx}
        group = {} if suggestion.group is None else {"group": suggestion.group}
        entries.append({"group": None, **suggestion.metadata, **place, **group})
    return entries
