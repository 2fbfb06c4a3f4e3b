"""Where to go next: labeled frames, beginnings of tracks, ends of runs."""

from sleap.core import landmarks
from sleap.gui.session import Session


def labeled(session: Session, direction: int, kind: str = "all") -> int | None:
    """Return the next labeled frame of the video, past the end the first; None if there is none.

    Args:
        session: Where from.
        direction: 1 for the next, -1 for the one before.
        kind: "all", or "user" for those with instances of the user.
    """
    if session.video is None:
        return None
    find = landmarks.next_labeled if direction > 0 else landmarks.previous_labeled
    return find(session.labels, session.video, session.frame_idx, kind)


def track_spawn(session: Session) -> int | None:
    """Return the next frame of the video on which a track appears first; None if there is none."""
    if session.video is None:
        return None
    return landmarks.next_spawn(session.labels, session.video, session.frame_idx)


def run_end(session: Session, direction: int) -> int | None:
    """Return the last, or first, of the frames labeled without a gap around the current one.

    From an unlabeled frame, or from that end itself, it is the end of the next run.
    """
    if session.video is None:
        return None
    return landmarks.run_end(
        session.labels.labeled_indices(session.video), session.frame_idx, direction
    )
