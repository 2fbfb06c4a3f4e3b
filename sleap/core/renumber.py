"""Videos, skeletons and tracks taken off their lists: rows name them by place, and follow.

Rows that were removed before are renumbered, too, so that an undo may still bring them back.
"""

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from sleap.core.arrays import frames_of
from sleap.core.store import Store
from sleap.core.tables import BoolArray, IntArray
from sleap.errors import LabelsError

T = TypeVar("T")

NO_VIDEO = (1 << 23) - 1
"""The video of frames removed with their video; a key made of it still sorts behind all others."""


def used_videos(store: Store) -> BoolArray:
    """Return (n_videos,) bool: which have a frame."""
    return _mask(store.frames.rows["video"][store.live_frames], len(store.videos))


def used_skeletons(store: Store) -> BoolArray:
    """Return (n_skeletons,) bool: which an instance has."""
    return _mask(store.instances.rows["skeleton"][store.live_instances], len(store.skeletons))


def used_tracks(store: Store) -> BoolArray:
    """Return (n_tracks,) bool: which an instance has."""
    tracks = store.instances.rows["track"][store.live_instances]
    return _mask(tracks[tracks >= 0], len(store.tracks))


def remove_tracks(store: Store, numbers: Iterable[int]) -> IntArray:
    """Take tracks off the list; instances that have them are left without.

    Args:
        store: The tables.
        numbers: Of the tracks.

    Returns:
        (n_tracks + 1,) the new number of each track, -1 if it is gone; the last entry is -1, for
        no track.
    """
    new = np.append(_renumbering(len(store.tracks), numbers), -1)
    if (new[:-1] < 0).any():
        column = store.instances.rows["track"]
        store.instances.writable["track"] = new[column]
        store.tracks[:] = _kept(store.tracks, new)
    return new


def remove_skeletons(store: Store, numbers: Iterable[int]) -> IntArray:
    """Take skeletons that no instance has off the list.

    Args:
        store: The tables.
        numbers: Of the skeletons.

    Returns:
        (n_skeletons,) the new number of each skeleton, -1 if it is gone.

    Raises:
        LabelsError: If an instance has one of them.
    """
    new = _renumbering(len(store.skeletons), numbers)
    blocked = np.flatnonzero(used_skeletons(store) & (new < 0))
    if len(blocked):
        raise LabelsError(
            f"Cannot remove {store.skeletons[blocked[0]]}: there are instances of it. "
            "Remove them first."
        )
    if (new < 0).any():
        column = store.instances.rows["skeleton"]
        store.instances.writable["skeleton"] = np.maximum(new[column], 0)
        store.skeletons[:] = _kept(store.skeletons, new)
    return new


def remove_videos(store: Store, numbers: Iterable[int]) -> IntArray:
    """Take videos off the list, with their frames and instances.

    Args:
        store: The tables.
        numbers: Of the videos.

    Returns:
        (n_videos,) the new number of each video, -1 if it is gone.
    """
    new = _renumbering(len(store.videos), numbers)
    if (new < 0).any():
        column = store.frames.rows["video"].astype(np.int64)
        # Frames that lost their video earlier have a number beyond the list.
        column = np.where(column < len(new), np.append(new, -1)[np.minimum(column, len(new))], -1)
        rows = store.live_frames
        store.remove_frames(rows[column[rows] < 0])
        store.frames.writable["video"] = np.where(column < 0, NO_VIDEO, column)
        store.videos[:] = _kept(store.videos, new)
        store.occupancy.forget()
    return new


def merge_tracks(store: Store, into: int, others: Iterable[int]) -> IntArray:
    """Make several tracks one, and take the others off the list.

    Args:
        store: The tables.
        into: Number of the track that stays; it keeps the earliest ``spawned_on``.
        others: Numbers of the tracks that become it.

    Returns:
        (n_tracks + 1,) the new number of each track; the last entry is -1, for no track.

    Raises:
        LabelsError: If two of them are on one frame: then they are not one animal.
    """
    chosen = sorted({into, *others})
    is_one = _mask(np.array(chosen, np.int64), len(store.tracks) + 1)  # the last is for no track
    column = store.instances.rows["track"]
    rows = store.live_instances[is_one[column[store.live_instances]]]
    _check_apart(store, rows)
    store.instances.writable["track"][is_one[column]] = into
    track = store.tracks[into]
    track.spawned_on = min(store.tracks[number].spawned_on for number in chosen)
    new = remove_tracks(store, [number for number in chosen if number != into])
    new[chosen] = new[into]
    return new


def _check_apart(store: Store, rows: IntArray) -> None:
    """Refuse two instances of one kind but of different tracks on one frame."""
    records = store.instances.rows[rows]
    order = np.lexsort((records["track"], records["instance_type"], frames_of(store, rows)))
    records = records[order]
    same = (records["frame_id"][1:] == records["frame_id"][:-1]) & (
        records["instance_type"][1:] == records["instance_type"][:-1]
    )
    clash = np.flatnonzero(same & (records["track"][1:] != records["track"][:-1]))
    if len(clash):
        first = records[clash[0] : clash[0] + 2]
        frame = store.frames.rows[int(first["frame_id"][0])]
        names = [repr(store.tracks[number].name) for number in first["track"].tolist()]
        raise LabelsError(
            f"Tracks {' and '.join(names)} are both on frame {int(frame['frame_idx'])} of "
            f"{store.videos[int(frame['video'])].name!r}"
            f"{f', and on {len(clash) - 1} more' if len(clash) > 1 else ''}: they are two animals. "
            "Transpose or remove them there first."
        )


def _mask(numbers: IntArray, n: int) -> BoolArray:
    mask = np.zeros(n, bool)
    mask[numbers] = True
    return mask


def _renumbering(n: int, gone: Iterable[int]) -> IntArray:
    kept = ~_mask(np.fromiter(gone, np.int64), n)
    return np.where(kept, np.cumsum(kept) - 1, -1)


def _kept(items: list[T], new: IntArray) -> list[T]:
    return [item for item, number in zip(items, new.tolist(), strict=False) if number >= 0]
