"""Everything but the images that a damaged labels file or journal still holds, and what it lacks.

What is lost and cannot be done without gets a placeholder, so that the numbers in the tables keep
their meaning: a video without its name, nodes without theirs.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from attrs import define, field

from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.backups import list_backups
from sleap.io.slp import (
    carving,
    damaged,
    fragments,
    lost_frames,
    mending,
    rescued_images,
    rescued_journal,
    spec,
    videos,
)
from sleap.io.slp.mending import Parts
from sleap.io.slp.pieces import Pieces
from sleap.io.slp.rescued_images import RescuedImages
from sleap.io.slp.upgrade import upgrade_points

MAX_PLACEHOLDERS = 10_000
"""Videos or tracks made up because the tables number them, at most."""


@define
class Found:
    """What was found in a damaged file, before it is made to fit together.

    Args:
        parts: The tables.
        header: What can be read of the metadata.
        format_id: Version of the file; None for partial predictions.
        skeletons: The skeletons, placeholders for lost ones.
        videos: The videos, placeholders for lost ones.
        tracks: The tracks, placeholders for lost ones.
        n_frames: How many frames the damaged file had, as far as it says.
        images: Whole embedded images, by number of the video.
        suggestions: Entries of the suggestions.
        notes: What was wrong, sentences for a person.
        lost: How many of each kind of thing are lost.
    """

    parts: Parts = field(factory=Parts)
    header: dict[str, Any] = field(factory=dict)
    format_id: float | None = None
    skeletons: list[Skeleton] = field(factory=list)
    videos: list[Video] = field(factory=list)
    tracks: list[Track] = field(factory=list)
    n_frames: int = 0
    images: dict[int, RescuedImages] = field(factory=dict)
    suggestions: list[Any] = field(factory=list)
    notes: list[str] = field(factory=list)
    lost: Counter[str] = field(factory=Counter)


def find_in_labels(pieces: Pieces) -> Found:
    """Take what is left of a labels file."""
    found = Found(notes=pieces.notes)
    if pieces.file is None:
        found.notes.append("The index of the file is lost; its tables were searched in the file.")
        found.lost["index"] = 1
        found.parts = carving.find_tables(pieces.damaged.raw)
    else:
        for name, dtype in spec.TABLES.items():
            setattr(found.parts, name, pieces.read_table(name, dtype))
        _search_missing_tables(pieces, found)
    _read_header(pieces, found)
    if found.format_id is not None:
        part = found.parts.points
        found.parts.points = mending.Part(upgrade_points(part.rows, found.format_id), part.is_there)
    _read_skeletons(pieces, found)
    _read_videos(pieces, found)
    _restore_frames(found)
    _read_tracks(pieces, found)
    for item in _read_list(pieces, found, spec.SUGGESTIONS, "suggestions"):
        if isinstance(item, dict):
            found.suggestions.append(item)
        else:
            found.lost["suggestions"] += 1
    return found


def _search_missing_tables(pieces: Pieces, found: Found) -> None:
    missing = [name for name in spec.TABLES if not len(getattr(found.parts, name).rows)]
    if not any(f"The table '{name}' is missing." in found.notes for name in missing):
        return
    carved = carving.find_tables(pieces.damaged.raw)
    for name in missing:
        part: mending.Part = getattr(carved, name)
        if len(part.rows) and f"The table '{name}' is missing." in found.notes:
            setattr(found.parts, name, part)
            found.notes.remove(f"The table '{name}' is missing.")
            found.notes.append(f"The table '{name}' was searched in the file.")
            found.lost["index"] = 1


def find_in_journal(pieces: Pieces) -> Found:
    """Take what is left of partial predictions."""
    found = Found(notes=pieces.notes)
    rescued = rescued_journal.rescue(pieces.damaged.raw)
    found.parts = rescued.parts
    if rescued.n_lost:
        found.notes.append(f"{rescued.n_lost} pieces of the file are damaged.")
        found.lost["pieces"] = rescued.n_lost
    found.header = {
        "skeletons": [rescued.header.get("skeleton")],
        "provenance": rescued.header.get("provenance"),
    }
    _read_skeletons(pieces, found)
    found.n_frames = len(found.parts.frames.rows)
    entry = _video(rescued.header.get("video"), pieces.damaged.path)
    if entry is None:
        found.notes.append("The name of the video is lost.")
    found.videos = [entry or _placeholder(0)]
    for item in rescued.tracks:
        found.tracks.append(_track(item) or Track(f"track_{len(found.tracks)}"))
    _add_tracks(found)
    return found


def _read_header(pieces: Pieces, found: Found) -> None:
    group = pieces.find(spec.METADATA)
    text = None if group is None else pieces.read_attribute(group, "json")
    version = None if group is None else pieces.read_attribute(group, "format_id")
    try:
        # A file that lost its version most likely had the one that all files have today.
        found.format_id = spec.FORMAT_ID if version is None else spec.parse_format_id(version)
        if group is not None and version is None and "format_id" not in group.attrs:
            found.format_id = spec.parse_format_id(None)
    except Exception:
        found.format_id = spec.FORMAT_ID
    if isinstance(text, np.ndarray):
        text = text.reshape(-1)[0] if text.dtype.kind in "OSU" else text.tobytes()
    if isinstance(text, str | bytes):
        found.header, is_whole = fragments.parse_header(text)
        if not is_whole:
            found.notes.append("The metadata are damaged; what is whole of them is saved.")
            found.lost["metadata"] = 1
    if not found.header.get("skeletons") and not found.header.get("nodes"):
        copies = list(fragments.find_headers(pieces.damaged.raw))
        if copies:
            found.header = {**copies[-1], **found.header}
        found.notes.append("The metadata cannot be reached; they were searched in the file.")
        found.lost["metadata"] = 1


def _read_skeletons(pieces: Pieces, found: Found) -> None:
    built = fragments.build_skeletons(found.header)
    counts = mending.count_nodes(found.parts)
    if not any(built):
        for name, header in _other_copies(pieces, found):
            others = fragments.build_skeletons(header)
            if others and all(others) and _fit(others, counts):
                built = others
                found.notes.append(f"The skeleton was taken from '{name}'.")
                break
    for number in range(max(len(built), len(counts))):
        known = built[number] if number < len(built) else None
        if known is None:
            n_nodes = counts[number] if number < len(counts) else 1
            names = [f"node_{place + 1}" for place in range(n_nodes)]
            known = Skeleton(names, name=f"Skeleton-{number}")
            found.notes.append(
                f"Skeleton {number} is lost: its {n_nodes} nodes are called node_1, node_2, ... "
                "Rename them."
            )
            found.lost["skeletons"] += 1
        found.skeletons.append(known)
    if added := mending.add_missing_nodes(found.parts, found.skeletons):
        found.notes.append(
            f"{added} nodes were added: there are instances with more points than nodes."
        )
    if not len(found.parts.instances.rows) and len(found.skeletons) == 1:
        rebuilt = mending.rebuild_instances(found.parts, found.skeletons[0].n_nodes)
        if rebuilt is not None:
            found.parts.instances = mending.Part(rebuilt, np.ones(len(rebuilt), bool))
            found.notes.append("Instances were rebuilt from their points, without tracks.")


def _other_copies(pieces: Pieces, found: Found) -> list[tuple[str, dict[str, Any]]]:
    """Read the metadata of files that may have the same skeleton: backups, and the origin."""
    path = pieces.damaged.path
    candidates = [backup.path for backup in list_backups(path)[:5]]
    provenance = found.header.get("provenance")
    values = provenance.values() if isinstance(provenance, dict) else ()
    for value in values:
        if isinstance(value, str) and value.lower().endswith((".slp", ".h5")):
            named = Path(value)
            candidates += [named, path.parent / named.name]
    copies = []
    for candidate in dict.fromkeys(candidates):
        if not candidate.is_file() or candidate.samefile(path):
            continue

        def look(candidate: Path = candidate) -> Any:
            with damaged.opened(candidate) as (_, file):
                if file is None:
                    return None
                return fragments.parse_header(file[spec.METADATA].attrs["json"])[0]

        header = pieces.try_piece(f"the skeleton of '{candidate}'", look)
        if header:
            copies.append((str(candidate), header))
    return copies


def _fit(skeletons: Sequence[Skeleton | None], counts: Sequence[int]) -> bool:
    return len(skeletons) >= len(counts) and all(
        skeleton is not None and skeleton.n_nodes == count
        for skeleton, count in zip(skeletons, counts, strict=False)
    )


def _read_list(pieces: Pieces, found: Found, name: str, key: str) -> list[Any]:
    """Read a list of JSON; None for what is damaged."""
    texts = pieces.read_texts(name)
    if texts is None:
        items = found.header.get(key)
        return items if isinstance(items, list) else []
    # An empty list is stored as numbers.
    return [fragments.parse_item(text) for text in texts[0] if not isinstance(text, float)]


def _read_videos(pieces: Pieces, found: Found) -> None:
    path = pieces.damaged.path
    items = _read_list(pieces, found, spec.VIDEOS, "videos")
    if not any(items):
        searched = fragments.find_videos(pieces.damaged.raw)
        if searched and len(items) in (0, len(searched)):
            items = searched
            found.notes.append(
                "The list of videos is lost; names were found in the file. Check them."
            )
    for number, item in enumerate(items):
        video = _video(item, path)
        if video is None:
            found.notes.append(f"The name of video {number} is lost.")
            found.lost["videos"] += 1
        found.videos.append(video or _placeholder(number))
    if not items:
        rows = found.parts.frames.rows[found.parts.frames.is_there]
        numbers = rows["video"][rows["video"] < MAX_PLACEHOLDERS].astype(np.int64)
        n_used = int(numbers.max(initial=-1)) + 1
        found.videos += [_placeholder(number) for number in range(n_used)]
        found.lost["videos"] += n_used
        if n_used:
            found.notes.append(f"The names of {n_used} videos are lost.")
    for number, video in enumerate(found.videos):
        if not spec.is_image_dataset(video.dataset) or video.filename != str(path):
            continue
        images = rescued_images.rescue(pieces, str(video.dataset), _frames_of(found, number))
        if images is not None and len(images):
            found.images[number] = images
            video.is_embedded, video.frame_numbers = True, images.numbers
            video.source = video.source or _video(images.source, path)
        if images is None or images.n_lost:
            n_lost = images.n_lost if images is not None else 0
            found.lost["images"] += n_lost
            found.notes.append(
                f"{n_lost or 'All'} images of video {number} are lost; their labels are kept."
            )
        if number not in found.images:
            found.videos[number] = video.source or _placeholder(number)


def _restore_frames(found: Found) -> None:
    found.n_frames = len(found.parts.frames.rows)
    restored = lost_frames.restore(found.parts, found.videos)
    if restored is None:
        return
    found.parts.frames = restored.part
    if restored.n_certain:
        found.notes.append(f"{restored.n_certain} lost frames were found again by their instances.")
    if restored.video is not None:
        found.videos.append(restored.video)
        found.lost["numbers of frames"] += restored.n_unknown
        found.notes.append(
            f"The numbers of {restored.n_unknown} frames are lost: their instances are kept, in "
            f"order, on frames of a video '{restored.video.filename}' that does not exist."
        )


def _frames_of(found: Found, number: int) -> Any:
    part = found.parts.frames
    rows = part.rows[part.is_there]
    return np.unique(rows["frame_idx"][rows["video"] == number]).astype(np.int64)


def _read_tracks(pieces: Pieces, found: Found) -> None:
    for number, item in enumerate(_read_list(pieces, found, spec.TRACKS, "tracks")):
        track = _track(item)
        found.lost["tracks"] += track is None
        found.tracks.append(track or Track(f"track_{number}"))
    if not found.tracks:
        _add_tracks(found)


def _add_tracks(found: Found) -> None:
    """Make up the tracks that instances number and no list names."""
    part = found.parts.instances
    numbers = part.rows["track"][part.is_there]
    numbers = numbers[(numbers >= 0) & (numbers < min(MAX_PLACEHOLDERS, 1 + len(part.rows)))]
    first = len(found.tracks)
    n_used = int(numbers.max(initial=-1)) + 1
    found.tracks += [Track(f"track_{number}") for number in range(first, n_used)]
    if n_used > first:
        found.lost["tracks"] += n_used - first
        found.notes.append(f"The names of {n_used - first} tracks are lost.")


def _video(item: Any, path: Path) -> Video | None:
    try:
        return videos.decode(item, path)
    except Exception:  # whatever the damage made of it
        return None


def _placeholder(number: int) -> Video:
    return Video(f"unknown_video_{number}.mp4")


def _track(item: Any) -> Track | None:
    try:
        if isinstance(item, dict):
            return Track(str(item["name"]), int(item.get("spawned_on") or 0))
        return Track(str(item[1]), int(item[0] or 0))
    except (LookupError, TypeError, ValueError):
        return None
