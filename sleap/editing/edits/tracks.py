"""Tracks: who is who, from a frame on or on one frame only.

A user instance and the prediction it was made from are one animal: they change tracks together.
"""

from collections.abc import Iterable

import numpy as np

from sleap.core.instance import Instance
from sleap.core.occupancy import FRAME_BITS
from sleap.core.renumber import used_tracks
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.editing.edits.lookup import instance_row, place_of, rows_with_tracks
from sleap.editing.transaction import Transaction
from sleap.errors import LabelsError

Range = tuple[int, int]


def set_track(
    tx: Transaction,
    instance: Instance,
    track: Track | None,
    *,
    propagate: bool = True,
    frame_range: Range | None = None,
) -> None:
    """Give an instance a track; where another instance has it, the two exchange their tracks.

    If the instance has another track already, that and the new one are exchanged from its frame
    on. An instance without a track gets one, or one loses its track, on this frame only.

    Args:
        tx: The transaction.
        instance: An instance of the labels.
        track: The track, added to the list if it is new; None for none.
        propagate: Whether to change other frames, too.
        frame_range: The first and the last of these; None: from this one on to the end.

    Raises:
        LabelsError: If the instance is not in the labels.
    """
    row = instance_row(tx.store, instance)
    new = -1 if track is None else tx.add_track(track)
    old = int(tx.store.instances.rows["track"][row])
    if old == new:
        return
    if old < 0 or new < 0:
        _set_here(tx, row, new)
    else:
        _, video, frame_idx = place_of(tx.store, row)
        _exchange(tx, old, new, video, _range(frame_idx, propagate, frame_range))


def add_track(tx: Transaction, name: str | None = None, spawned_on: int = 0) -> Track:
    """Add a track to the list.

    Args:
        tx: The transaction.
        name: Its name; None: the next free integer.
        spawned_on: Index of the frame on which it first appears.

    Returns:
        The track.
    """
    track = Track(next_name(tx.labels.tracks) if name is None else name, int(spawned_on))
    tx.add_track(track)
    return track


def set_new_track(
    tx: Transaction,
    instance: Instance,
    *,
    propagate: bool = True,
    frame_range: Range | None = None,
) -> Track:
    """Give an instance a track of its own, named by the next free integer.

    Args:
        tx: The transaction.
        instance: An instance of the labels.
        propagate: Whether its track of until now becomes the new one on other frames, too.
        frame_range: The first and the last of these; None: from this one on to the end.

    Returns:
        The new track.

    Raises:
        LabelsError: If the instance is not in the labels.
    """
    _, _, frame_idx = place_of(tx.store, instance_row(tx.store, instance))
    track = add_track(tx, spawned_on=frame_idx)
    set_track(tx, instance, track, propagate=propagate, frame_range=frame_range)
    return track


def transpose_tracks(
    tx: Transaction,
    a: Instance,
    b: Instance,
    *,
    propagate: bool = True,
    frame_range: Range | None = None,
) -> None:
    """Let two instances of a frame exchange their tracks, from that frame on.

    If one of them has no track, they do so on this frame only.

    Args:
        tx: The transaction.
        a: An instance.
        b: Another one on the same frame.
        propagate: Whether to change other frames, too.
        frame_range: The first and the last of these; None: from this one on to the end.

    Raises:
        LabelsError: If they are one instance, or are not on one frame of the labels.
    """
    row, other = instance_row(tx.store, a), instance_row(tx.store, b)
    frame, video, frame_idx = place_of(tx.store, row)
    if row == other or place_of(tx.store, other)[0] != frame:
        raise LabelsError(
            "Tracks are transposed between two instances of one frame: select another pair."
        )
    column = tx.store.instances.rows["track"]
    mine, theirs = int(column[row]), int(column[other])
    if mine >= 0 and theirs >= 0:
        _exchange(tx, mine, theirs, video, _range(frame_idx, propagate, frame_range))
    elif mine != theirs:
        ours, yours = _family(tx, row), _family(tx, other)
        tx.set_tracks(ours + yours, [theirs] * len(ours) + [mine] * len(yours))


def delete_instance_and_track(tx: Transaction, instance: Instance) -> int:
    """Delete an instance and all others of its track in its video, and the frames left empty.

    The track goes off the list unless it has instances in another video.

    Args:
        tx: The transaction.
        instance: An instance of the labels; one without a track goes alone.

    Returns:
        How many instances were deleted.

    Raises:
        LabelsError: If the instance is not in the labels.
    """
    row = instance_row(tx.store, instance)
    track = int(tx.store.instances.rows["track"][row])
    rows = np.array([row], np.int64)
    if track >= 0:
        _, video, _ = place_of(tx.store, row)
        rows = _in_video(tx, rows_with_tracks(tx.store, [track]), video)
    tx.remove_instances(rows, with_frames=True)
    if track >= 0 and not len(rows_with_tracks(tx.store, [track])):
        tx.remove_tracks([track])
    return len(rows)


def delete_tracks(tx: Transaction, tracks: Iterable[Track], *, with_instances: bool = False) -> int:
    """Take tracks off the list.

    Args:
        tx: The transaction.
        tracks: Which.
        with_instances: Whether their instances go, too, with the frames left empty; else they
            stay without a track.

    Returns:
        How many instances had one of them.

    Raises:
        LabelsError: If the labels do not have one of them.
    """
    numbers = sorted({tx.number_of(track) for track in tracks})
    n_instances = 0
    if with_instances and numbers:
        rows = tx.store.live_instances
        rows = rows[np.isin(tx.store.instances.rows["track"][rows], numbers)]
        tx.remove_instances(rows, with_frames=True)
        n_instances = len(rows)
    return n_instances + tx.remove_tracks(numbers)


def delete_unused_tracks(tx: Transaction) -> int:
    """Take the tracks that no instance has off the list; return how many there were."""
    numbers = np.flatnonzero(~used_tracks(tx.store))
    tx.remove_tracks(numbers)
    return len(numbers)


def delete_all_tracks(tx: Transaction, *, with_instances: bool = False) -> int:
    """Take all tracks off the list, as ``delete_tracks``."""
    return delete_tracks(tx, list(tx.labels.tracks), with_instances=with_instances)


def rename_track(tx: Transaction, track: Track, name: str) -> None:
    """Give a track another name; two tracks may have the same.

    Args:
        tx: The transaction.
        track: A track of the labels.
        name: Its new name.

    Raises:
        LabelsError: If the labels do not have the track, or the name is empty.
    """
    tx.number_of(track)
    if not name.strip():
        raise LabelsError("A track needs a name of at least one letter or digit.")
    tx.set_attributes(track, name=name.strip())


def next_name(tracks: Iterable[Track]) -> str:
    """Return the name of the next new track: one more than the largest that is an integer."""
    numbers = [int(track.name) for track in tracks if track.name.isdecimal()]
    return str(max(numbers, default=0) + 1)


def _range(frame_idx: int, propagate: bool, frame_range: Range | None) -> Range:
    """Return the first and the last frame to change."""
    if not propagate:
        return frame_idx, frame_idx
    return frame_range or (frame_idx, 1 << FRAME_BITS)


def _set_here(tx: Transaction, row: int, new: int) -> None:
    """Give an instance a track on its frame only, and who has it there none."""
    store = tx.store
    frame, _, _ = place_of(store, row)
    ours = _family(tx, row)
    column = store.instances.rows["track"]
    if new >= 0:
        origin = int(store.instances.rows["from_predicted"][row])
        others = [one for one in store.members(frame) if column[one] == new and one != origin]
        tx.set_tracks(others, -1)
    tx.set_tracks(ours, new)


def _family(tx: Transaction, row: int) -> list[int]:
    """Return an instance, with the prediction it was made from if that has the same track."""
    store = tx.store
    records = store.instances.rows
    origin = int(records["from_predicted"][row])
    if origin < 0 or store.dead_instances.rows[origin]:
        return [row]
    same = records[["track", "frame_id"]][origin] == records[["track", "frame_id"]][row]
    return [row, origin] if same else [row]


def _exchange(tx: Transaction, a: int, b: int, video: int, frame_range: Range) -> None:
    """Let all instances of two tracks exchange their tracks on a stretch of a video."""
    store, (first, last) = tx.store, frame_range
    if first == last:
        frame = store.occupancy.find(video, first)
        members = np.array(store.members(frame) if frame >= 0 else [], np.int64)
        tracks = store.instances.rows["track"][members]
        rows = members[(tracks == a) | (tracks == b)]
    else:
        rows = _in_video(tx, rows_with_tracks(store, [a, b]), video)
        indices = store.frames.rows["frame_idx"][store.instances.rows["frame_id"][rows]]
        rows = rows[(indices >= first) & (indices <= last)]
    tracks = store.instances.rows["track"][rows]
    tx.set_tracks(rows, np.where(tracks == a, b, a))


def _in_video(tx: Transaction, rows: IntArray, video: int) -> IntArray:
    if len(tx.labels.videos) == 1:
        return rows
    frames = tx.store.instances.rows["frame_id"][rows]
    chosen: IntArray = rows[tx.store.frames.rows["video"][frames] == video]
    return chosen
