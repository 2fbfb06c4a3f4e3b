"""One pass over the tables of labels: what is on each frame of a video, and where tracks are."""

from collections.abc import Iterator

import numpy as np

from sleap.core.arrays import superseded
from sleap.core.occupancy import FRAME_BITS
from sleap.core.store import Store
from sleap.core.tables import USER, IntArray, Rows
from sleap.gui.timeline.marks import Flag, FlagArray
from sleap.gui.timeline.runs import Runs

N_BLOCK = 1 << 16
"""Instances read at a time, so that their columns stay in the cache of a processor."""

N_CELLS = 1 << 26
"""Tracks times frames for which a byte each is laid out; with more, places are sorted."""


def scan(store: Store, video: int) -> tuple[IntArray, FlagArray, Runs]:
    """Read all instances of a video.

    Args:
        store: The tables.
        video: Number of the video.

    Returns:
        (n,) indices of the labeled frames, ascending; (n,) the ``Flag`` of each; and the runs of
        the tracks.
    """
    rows, indices = _frames(store, video)
    is_first = np.r_[True, indices[1:] != indices[:-1]][: len(indices)]
    labeled = indices[is_first]
    place = np.full(len(store.frames.rows), -1, np.int64)
    place[rows] = np.cumsum(is_first) - 1
    flags = np.zeros(len(labeled), np.uint8)
    sheet = _sheet(len(store.tracks), labeled)
    for places, instances in _blocks(store, place):
        found = flags_of(instances)
        if len(found) and found.min() == found.max():
            flags[places] |= found[0]
        else:
            for flag in np.flatnonzero(np.bincount(found)).tolist():
                flags[places[found == flag]] |= np.uint8(flag)
        tracks = instances["track"].astype(np.int64)
        if len(tracks) and tracks.min() < 0:
            places, tracks = places[tracks >= 0], tracks[tracks >= 0]
        sheet.add(tracks, labeled[places])
    flags[flags == 0] = Flag.NEGATIVE
    return labeled, flags, sheet.runs()


def scan_frame(store: Store, video: int, frame_idx: int) -> tuple[int | None, set[int]]:
    """Read the instances of one frame.

    Returns:
        Its ``Flag``, None if it is not labeled; and the numbers of the tracks on it.
    """
    row = store.occupancy.find(video, frame_idx)
    if row < 0:
        return None, set()
    members = np.array(store.members(row), np.int64)
    instances = store.instances.rows[members]
    origins = instances["from_predicted"][instances["instance_type"] == USER]
    instances = instances[~np.isin(members, origins)]
    tracks = instances["track"]
    flags = flags_of(instances)
    joined = int(np.bitwise_or.reduce(flags)) if len(flags) else int(Flag.NEGATIVE)
    return joined, set(tracks[tracks >= 0].tolist())


def flags_of(instances: Rows) -> FlagArray:
    """Return (n,) the ``Flag`` that each instance puts on its frame."""
    is_user = instances["instance_type"] == USER
    flags = np.where(is_user, np.uint8(Flag.USER), np.uint8(Flag.PREDICTED))
    flags |= (instances["track"] < 0).astype(np.uint8) * np.uint8(Flag.UNTRACKED)
    return flags


def _frames(store: Store, video: int) -> tuple[IntArray, IntArray]:
    """Return rows and indices of the living frames of a video, by time."""
    table = store.frames.rows
    is_here = table["video"] == video
    if store.n_dead_frames:
        is_here &= ~store.dead_frames.rows[: len(table)]
    rows = np.flatnonzero(is_here)
    indices = table["frame_idx"].astype(np.int64)
    if len(rows) < len(indices):
        indices = indices[rows]
    if (indices[1:] < indices[:-1]).any():
        order = np.argsort(indices, kind="stable")
        rows, indices = rows[order], indices[order]
    return rows, indices


def _blocks(store: Store, place: IntArray) -> Iterator[tuple[IntArray, Rows]]:
    """Read the instances that are shown, some at a time.

    Args:
        store: The tables.
        place: (n_frames,) what to give for each row of frames; -1: leave its instances out.

    Yields:
        (n,) the place of the frame of each instance, and (n,) their rows.
    """
    table = store.instances.rows
    hidden = store.dead_instances.rows[: len(table)]
    is_any_hidden = bool(store.n_dead_instances)
    if len(store.points):  # only what a user set can hide predictions
        hidden = hidden | superseded(store)[: len(hidden)]
        is_any_hidden = True
    for begin in range(0, len(table), N_BLOCK):
        instances = table[begin : begin + N_BLOCK]
        places = place[instances["frame_id"].astype(np.int64)]
        kept = places >= 0
        if is_any_hidden:
            kept &= ~hidden[begin : begin + len(kept)]
        if kept.all():
            yield places, instances
        else:
            yield places[kept], instances[kept]


class _Sheet:
    """Places of tracks as a byte for each track and frame."""

    def __init__(self, n_tracks: int, n_frames: int) -> None:
        # A column that stays empty on both sides, so that every run begins and ends in its row.
        self._width = n_frames + 2
        self._cells = np.zeros(n_tracks * self._width, np.bool_)

    def add(self, tracks: IntArray, frames: IntArray) -> None:
        self._cells[tracks * self._width + frames + 1] = True

    def runs(self) -> Runs:
        edges = np.flatnonzero(self._cells[1:] != self._cells[:-1])
        tracks, frames = np.divmod(edges, self._width)
        keys = (tracks << FRAME_BITS) | frames
        return Runs(keys[::2].copy(), keys[1::2].copy())


class _List:
    """Places of tracks as a list to sort, for many tracks over many frames."""

    def __init__(self, n_tracks: int) -> None:
        self._is_small = n_tracks <= np.iinfo(np.uint16).max
        self._keys: list[IntArray] = []

    def add(self, tracks: IntArray, frames: IntArray) -> None:
        self._keys.append((tracks << FRAME_BITS) | frames)

    def runs(self) -> Runs:
        keys = np.concatenate([np.empty(0, np.int64), *self._keys])
        if self._is_small:  # a radix sort, and mostly all there is to do
            order = np.argsort((keys >> FRAME_BITS).astype(np.uint16), kind="stable")
            keys = keys[order]
        if (keys[1:] < keys[:-1]).any():
            keys.sort()
        return Runs.of_keys(keys)


def _sheet(n_tracks: int, labeled: IntArray) -> _Sheet | _List:
    n_frames = int(labeled[-1]) + 1 if len(labeled) else 0
    fits = n_tracks * n_frames <= min(N_CELLS, 64 + 4 * n_tracks * len(labeled))
    return _Sheet(n_tracks, n_frames) if fits else _List(n_tracks)
