"""Identities exchanged over a stretch of a video: what proofreading a swap does."""

import numpy as np

from sleap.core.arrays import choose_instances, frame_indices_of
from sleap.core.store import Store
from sleap.core.tables import IntArray


def transpose_tracks(
    store: Store, a: int, b: int, video: int, first: int = 0, last: int | None = None
) -> IntArray:
    """Let the instances of two tracks exchange their tracks.

    Args:
        store: The tables.
        a: Number of a track; -1: instances without a track.
        b: Number of the other.
        video: Number of the video.
        first: Index of the first frame that is changed.
        last: Index of the last one; None: to the end.

    Returns:
        (n,) the rows of the instances that were changed, ascending.
    """
    rows = choose_instances(store, video)
    tracks = store.instances.rows["track"][rows]
    concerned = (tracks == a) | (tracks == b)
    rows, tracks = rows[concerned], tracks[concerned]
    indices = frame_indices_of(store, rows)
    within = indices >= first
    if last is not None:
        within &= indices <= last
    changed: IntArray = rows[within]
    tracks = tracks[within]
    if a != b and len(changed):
        store.instances.writable["track"][changed] = np.where(tracks == a, b, a)
    return changed
