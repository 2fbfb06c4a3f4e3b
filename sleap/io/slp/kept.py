"""What a file holds beyond poses (masks, identities, events, ...), kept for the next save.

This program does not know what it means, but it knows how it refers to the tables: by number of
video, of track, of row. It is written back as long as those numbers are still true; otherwise the
log names what was left out.
"""

import hashlib
import logging
from collections.abc import Sequence
from typing import Any

import h5py
import numpy as np
from attrs import define, field, frozen

from sleap.core.compact import Tables
from sleap.core.tables import Rows
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.slp import hdf5, spec

logger = logging.getLogger(__name__)

MAX_KEPT = 1 << 26
"""Bytes kept in memory, at most; larger parts are reported and stay in the old file only."""

_VIDEOS_ONLY = {"negative_frames", "event_types"}
"""Parts that name videos and frames by number, and no rows of a table."""


@frozen
class Part:
    """A dataset or group: its attributes, and its values or members."""

    attrs: dict[str, Any] = field(factory=dict)
    values: Any = None
    dtype: Any = None
    members: "dict[str, Part] | None" = None


@define(eq=False)
class Kept:
    """Unknown parts of a file, and what the tables were when they were read.

    Args:
        parts: By name.
        columns: By table: the columns that are not known, as (n,) structured arrays.
        videos: The videos then.
        tracks: The tracks then.
        digest: Fingerprint of frames and instances then.
    """

    parts: dict[str, Part] = field(factory=dict)
    columns: dict[str, Rows] = field(factory=dict)
    videos: list[Video] = field(factory=list)
    tracks: list[Track] = field(factory=list)
    digest: bytes = b""

    def __bool__(self) -> bool:
        """Tell whether anything is kept."""
        return bool(self.parts or self.columns)

    def still_true(
        self, videos: Sequence[Video], tracks: Sequence[Track], tables: Tables
    ) -> "Kept":
        """Return what may be written with the tables as they are now; log what may not."""
        same_videos = _begins_with(videos, self.videos)
        same_rows = (
            same_videos and _begins_with(tracks, self.tracks) and fingerprint(tables) == self.digest
        )
        fits = {
            name: part
            for name, part in self.parts.items()
            if same_rows or (same_videos and _names_videos_only(name, part))
        }
        columns = self.columns if same_rows else {}
        lost = sorted({*self.parts} - {*fits}) + [
            f"{table}.{name}"
            for table, rows in self.columns.items()
            if not columns
            for name in rows.dtype.names or ()
        ]
        if lost:
            logger.warning(
                "Not saved, as the frames, instances, tracks or videos that it refers to by number "
                "have changed: %s.",
                ", ".join(lost),
            )
        return Kept(fits, columns)


def read_parts(file: h5py.File, known: set[str]) -> dict[str, Part]:
    """Read what is not known at the top of a file.

    Args:
        file: The file.
        known: Names to leave out.
    """
    parts: dict[str, Part] = {}
    left = MAX_KEPT
    for name in file:
        if name in known:
            continue
        part, size = _read(file, name, left)
        if part is None:
            logger.warning("'%s' of %s is not kept: it is too large.", name, file.filename)
        elif name == spec.SESSIONS and not np.size(part.values):
            continue  # an empty list says nothing
        elif part.values is not None or part.members or part.attrs:
            parts[name] = part
            left -= size
    return parts


def read_columns(rows: Rows, dtype: np.dtype[Any]) -> Rows | None:
    """Return the columns of a table that are not known, or None."""
    names = [name for name in rows.dtype.names or () if name not in (dtype.names or ())]
    if not names or not len(rows):
        return None
    extra = np.empty(len(rows), [(name, rows.dtype[name]) for name in names])
    for name in names:
        extra[name] = rows[name]
    return extra


def write_parts(parent: h5py.Group, parts: dict[str, Part]) -> None:
    """Write kept parts into a group; what is there already stays."""
    for name, part in parts.items():
        if name in parent:
            continue
        if part.members is not None:
            made: Any = parent.create_group(name)
            write_parts(made, part.members)
        else:
            made = parent.create_dataset(name, data=part.values, dtype=part.dtype)
        for key, value in part.attrs.items():
            made.attrs[key] = value


def with_columns(rows: Rows, extra: Rows | None) -> Rows:
    """Return a table with the kept columns behind its own."""
    if extra is None or len(extra) != len(rows):
        return rows
    wide = np.empty(len(rows), [*rows.dtype.descr, *extra.dtype.descr])
    for source in (rows, extra):
        for name in source.dtype.names or ():
            wide[name] = source[name]
    return wide


def fingerprint(tables: Tables) -> bytes:
    """Return a digest of which instances there are: of what rows are referred to by number."""
    frames, instances = tables[:2]
    digest = hashlib.blake2b(digest_size=16)
    for table, names in (
        (frames, ("video", "frame_idx", "instance_id_start", "instance_id_end")),
        (instances, ("instance_type", "skeleton")),
    ):
        for name in names:
            digest.update(np.ascontiguousarray(table[name]).tobytes())
    return digest.digest()


def _read(parent: h5py.Group, name: str, left: int, depth: int = 0) -> tuple[Part | None, int]:
    found = hdf5.find(parent, name)
    if found is None or depth > hdf5.MAX_DEPTH:
        return Part(), 0
    attrs = dict(found.attrs)
    if isinstance(found, h5py.Group):
        members: dict[str, Part] = {}
        total = 0
        for child in found:
            part, size = _read(found, child, left - total, depth + 1)
            if part is None:
                return None, 0
            members[child] = part
            total += size
        return Part(attrs, members=members), total
    dataset = hdf5.find_dataset(parent, name)
    assert dataset is not None
    size = max(dataset.nbytes, dataset.id.get_storage_size())
    if size > left:
        return None, 0
    if dataset.shape is None:
        return Part(attrs, h5py.Empty(dataset.dtype)), 0
    return Part(attrs, dataset[()], dataset.dtype), size


def _names_videos_only(name: str, part: Part) -> bool:
    if name != spec.SESSIONS or part.values is None:
        return name in _VIDEOS_ONLY
    sessions = [hdf5.parse_json(item, name) for item in np.asarray(part.values).reshape(-1)]
    return not any(
        isinstance(session, dict)
        and (session.get("frame_group_dicts") or session.get("fg_start") != session.get("fg_end"))
        for session in sessions
    )


def _begins_with(now: Sequence[Any], then: Sequence[Any]) -> bool:
    return len(now) >= len(then) and all(a is b for a, b in zip(now, then, strict=False))
