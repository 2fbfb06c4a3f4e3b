"""Where to go next: labeled frames, suggestions, beginnings of tracks, ends of runs."""

import numpy as np

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.gui.session import Session

Place = tuple[Video, int]


def labeled(session: Session, direction: int, kind: str = "all") -> int | None:
    """Return the next labeled frame of the video, past the end the first; None if there is none.

    Args:
        session: Where from.
        direction: 1 for the next, -1 for the one before.
        kind: "all", or "user" for those with instances of the user.
    """
    if session.video is None:
        return None
    return _beside(
        session.labels.labeled_indices(session.video, kind), session.frame_idx, direction
    )


def suggestion(session: Session, direction: int) -> Place | None:
    """Return the next suggestion in the order of the list, past its end the first.

    From a frame that is not suggested, it is the next in the order of videos and frames.
    """
    suggestions = session.labels.suggestions
    if not suggestions or session.video is None:
        return None
    here = [
        place
        for place, one in enumerate(suggestions)
        if one.frame_idx == session.frame_idx and one.video is session.video
    ]
    if here:
        one = suggestions[(here[0] + direction) % len(suggestions)]
        return one.video, one.frame_idx
    numbers = {id(video): number for number, video in enumerate(session.labels.videos)}
    places = sorted({(numbers.get(id(one.video), -1), one.frame_idx) for one in suggestions})
    current = session.video_number, session.frame_idx
    after = [place for place in places if (place > current) == (direction > 0)]
    chosen = (after or places)[0 if direction > 0 else -1]
    return session.labels.videos[chosen[0]], chosen[1]


def track_spawn(session: Session) -> int | None:
    """Return the next frame of the video on which a track appears first; None if there is none."""
    store = session.labels.store
    rows = choose_instances(store, session.video_number)
    tracks = store.instances.rows["track"][rows].astype(np.int64)
    rows, tracks = rows[tracks >= 0], tracks[tracks >= 0]
    if not len(rows):
        return None
    indices = store.frames.rows["frame_idx"][frames_of(store, rows)].astype(np.int64)
    first = np.full(int(tracks.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, tracks, indices)
    later = first[(first > session.frame_idx) & (first < np.iinfo(np.int64).max)]
    return int(later.min()) if len(later) else None


def run_end(session: Session, direction: int) -> int | None:
    """Return the last, or first, of the frames labeled without a gap around the current one.

    From an unlabeled frame, or from that end itself, it is the end of the next run.
    """
    if session.video is None:
        return None
    indices = session.labels.labeled_indices(session.video)
    if not len(indices):
        return None
    breaks = np.flatnonzero(np.diff(indices) > 1)
    starts = indices[np.concatenate([[0], breaks + 1])]
    ends = indices[np.concatenate([breaks, [len(indices) - 1]])]
    edges = ends if direction > 0 else starts
    if direction > 0:
        beyond = edges[edges > session.frame_idx]
        return int(beyond[0]) if len(beyond) else None
    beyond = edges[edges < session.frame_idx]
    return int(beyond[-1]) if len(beyond) else None


def _beside(indices: IntArray, frame_idx: int, direction: int) -> int | None:
    """Return the index before or after one, going round; indices ascending."""
    if not len(indices):
        return None
    if direction > 0:
        place = int(np.searchsorted(indices, frame_idx, side="right")) % len(indices)
    else:
        place = int(np.searchsorted(indices, frame_idx, side="left")) - 1
    return int(indices[place])
