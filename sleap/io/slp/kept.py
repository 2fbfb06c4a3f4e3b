"""What a file holds beyond poses (masks, identities, events, ...), kept for the next save.

This program does not know what it means, but it knows how it refers to the tables: by number of
video, of track, of row. It is written back as long as those numbers are still true; otherwise the
log names what was left out, and ``find_unsaved`` tells it before. What is too large for the memory
stays in the file, and is copied from there into the next one.
"""

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
from attrs import define, evolve, field, frozen

from sleap.core.compact import Tables
from sleap.core.tables import Rows
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError, SleapError
from sleap.io.slp import hdf5, spec

if TYPE_CHECKING:
    from sleap.core.labels import Labels

logger = logging.getLogger(__name__)

MAX_KEPT = 1 << 26
"""Bytes kept in memory, at most; larger parts are copied from file to file."""

_VIDEOS_ONLY = {"negative_frames", "event_types"}
"""Parts that name videos and frames by number, and no rows of a table."""


@frozen
class Part:
    """A dataset or group: its attributes, and its values or members; or the file it stayed in.

    Args:
        attrs: Attributes.
        values: Of a dataset.
        dtype: Type of the values in the file.
        members: Of a group.
        file: Where a part is that is too large for the memory; it has none of the above.
        n_bytes: Size of a part that stayed in its file, to know it again.
    """

    attrs: dict[str, Any] = field(factory=dict)
    values: Any = None
    dtype: Any = None
    members: "dict[str, Part] | None" = None
    file: Path | None = None
    n_bytes: int = 0

    @property
    def exists(self) -> bool:
        """Whether this is anything at all, and not a link to nowhere."""
        return self.values is not None or self.members is not None or bool(self.attrs)


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
        """Return what may be written with the tables as they are now."""
        same_videos = _begins_with(videos, self.videos)
        same_rows = (
            same_videos and _begins_with(tracks, self.tracks) and fingerprint(tables) == self.digest
        )
        fits = {
            name: part
            for name, part in self.parts.items()
            if same_rows or (same_videos and _names_videos_only(name, part))
        }
        return Kept(fits, self.columns if same_rows else {})

    @property
    def names(self) -> set[str]:
        """What is kept: names of parts, and of columns as ``table.column``."""
        columns = {
            f"{table}.{name}"
            for table, rows in self.columns.items()
            for name in rows.dtype.names or ()
        }
        return {*self.parts} | columns


def choose_true(labels: "Labels", tables: Tables) -> Kept:
    """Return what may be written with labels; log what may not.

    Args:
        labels: The labels.
        tables: The same, as ``to_tables`` gives them.
    """
    extra = labels.metadata.get("hdf5")
    if not isinstance(extra, Kept):
        return Kept()
    fits = extra.still_true(labels.videos, labels.tracks, tables)
    if lost := extra.names - fits.names:
        logger.warning(
            "Not saved, as the frames, instances, tracks or videos that it refers to by number "
            "have changed: %s.",
            ", ".join(sorted(lost)),
        )
    return fits


def find_unsaved(labels: "Labels") -> list[str]:
    """Name what a file held beyond poses and the next save would leave out.

    Its rows, tracks or videos have changed since, or the file that holds it is gone.

    Args:
        labels: Labels as they are now.

    Returns:
        Names of datasets, groups, and columns as ``table.column``; mostly none.
    """
    extra = labels.metadata.get("hdf5")
    if not isinstance(extra, Kept):
        return []
    fits = extra.still_true(labels.videos, labels.tracks, labels.to_tables())
    gone = {
        name
        for name, part in fits.parts.items()
        if part.file is not None and not part.file.is_file()
    }
    return sorted((extra.names - fits.names) | gone)


def remember_place(labels: "Labels", path: Path) -> None:
    """Note that labels were written to a file: large parts are read from there from now on."""
    extra = labels.metadata.get("hdf5")
    if not isinstance(extra, Kept) or not any(part.file for part in extra.parts.values()):
        return
    with hdf5.opened(path) as file:
        for name, part in extra.parts.items():
            if part.file is not None and name in file and _measure(file, name) == part.n_bytes:
                extra.parts[name] = evolve(part, file=path.absolute())


def read_parts(file: h5py.File, known: set[str]) -> dict[str, Part]:
    """Read what is not known at the top of a file; what is too large is only noted.

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
            parts[name] = Part(file=Path(file.filename).absolute(), n_bytes=_measure(file, name))
        elif name == spec.SESSIONS and not np.size(part.values):
            continue  # an empty list says nothing
        elif part.exists:
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
        if part.file is not None:
            _copy_from_file(part, name, parent)
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


def _read(
    parent: h5py.Group, name: str, left: int, seen: set[int] | None = None
) -> tuple[Part | None, int]:
    """Read a part and tell its size; None in its place if it is too large."""
    seen = set() if seen is None else seen
    found = _enter(parent, name, seen)
    if found is None:
        return Part(), 0
    attrs = dict(found.attrs)
    if isinstance(found, h5py.Group):
        members: dict[str, Part] = {}
        total = 0
        for child in found:
            part, size = _read(found, child, left - total, seen)
            if part is None:
                return None, 0
            if part.exists:
                members[child] = part
            total += size
        return Part(attrs, members=members), total
    size = _size_in_memory(found)
    if size > left:
        return None, 0
    if found.shape is None:
        return Part(attrs, h5py.Empty(found.dtype)), 0
    return Part(attrs, found[()], found.dtype), size


def _enter(parent: h5py.Group, name: str, seen: set[int]) -> h5py.Group | h5py.Dataset | None:
    """Find an object; a group seen before is left out, as it may be inside of itself."""
    found = hdf5.find(parent, name)
    if isinstance(found, h5py.Group):
        address = int(h5py.h5o.get_info(found.id).addr)
        if address in seen:
            logger.warning("Group '%s' of %s is a second name and not kept.", name, found.name)
            return None
        seen.add(address)
        return found
    return None if found is None else hdf5.find_dataset(parent, name)


def _size_in_memory(dataset: h5py.Dataset) -> int:
    """Return an upper bound of the bytes of all values."""
    if dataset.dtype.kind == "O" and dataset.size:
        # Values of varying length lie on a heap of the file that does not tell whose they are.
        return int(dataset.file.id.get_filesize())
    return max(int(dataset.nbytes), int(dataset.id.get_storage_size()))


def _copy_from_file(part: Part, name: str, parent: h5py.Group) -> None:
    """Copy a large part; if that is not possible any more, say so and save the rest."""
    assert part.file is not None
    try:
        with hdf5.opened(part.file) as source:
            if _measure(source, name) != part.n_bytes:
                raise FormatError("it has changed since it was read.")
            _copy(source, name, parent)
    except SleapError as error:
        logger.error("Not saved, as it cannot be copied any more: '%s'. %s", name, error)


def _copy(source: h5py.Group, name: str, target: h5py.Group, seen: set[int] | None = None) -> None:
    """Copy what lies inside the file; the values go through a small buffer of the library."""
    seen = set() if seen is None else seen
    found = _enter(source, name, seen)
    if isinstance(found, h5py.Group):
        made = target.create_group(name)
        for key, value in found.attrs.items():
            made.attrs[key] = value
        for child in found:
            _copy(found, child, made, seen)
    elif found is not None:
        found.file.copy(found, target, name)


def _measure(parent: h5py.Group, name: str, seen: set[int] | None = None) -> int:
    """Return the bytes of all values of a dataset or group, those of varying length as pointers."""
    seen = set() if seen is None else seen
    found = _enter(parent, name, seen)
    if isinstance(found, h5py.Group):
        return sum(_measure(found, child, seen) for child in found)
    return 0 if found is None or found.shape is None else int(found.nbytes)


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
